import type { LabelSelector } from '../model/labels.ts'
import type { Pod } from '../model/pod.ts'
import type { PodSpec, TopologySpreadConstraint } from '../model/pod-spec.ts'
import { mergeMatchLabelKeys } from './label-selector.ts'

/** A constraint as it binds the pods of one workload: everything that its counting depends on. */
export interface SpreadSignature {
  readonly id: string
  readonly namespace: string
  readonly workload: { readonly kind: string; readonly name: string }
  readonly constraint: TopologySpreadConstraint
  /** With matchLabelKeys merged in. */
  readonly selector: LabelSelector | null
  /** The values of matchLabelKeys; empty without them. */
  readonly revision: string
  readonly eligibility: EligibilityRule
}

/** Which nodes count, and into which domains. Groups with equal keys share the answer. */
export interface EligibilityRule {
  readonly key: string
  readonly topologyKey: string
  /** A node must have the keys of all constraints of the same action (podtopologyspread common.go). */
  readonly topologyKeys: readonly string[]
  readonly honorAffinity: boolean
  readonly honorTaints: boolean
  readonly spec: PodSpec
}

/** The signatures of all spread constraints of a pod, in their order. */
export function spreadSignatures(pod: Pod, workload: { kind: string; name: string }): readonly SpreadSignature[] {
  const { spec } = pod
  return spec.topologySpreadConstraints.map((constraint) => {
    const topologyKeys = [
      ...new Set(
        spec.topologySpreadConstraints
          .filter((each) => each.whenUnsatisfiable === constraint.whenUnsatisfiable)
          .map((each) => each.topologyKey),
      ),
    ].sort()
    const selector = mergeMatchLabelKeys(constraint.labelSelector, constraint.matchLabelKeys, pod.labels)
    const eligibility = eligibilityRule(constraint, topologyKeys, spec)
    const { maxSkew, minDomains, whenUnsatisfiable } = constraint
    const what = JSON.stringify([maxSkew, minDomains, whenUnsatisfiable, selector, eligibility.key])
    return {
      id: `${pod.namespace}/${workload.kind}/${workload.name}/${constraint.topologyKey}/${hash(what)}`,
      namespace: pod.namespace,
      workload: { kind: workload.kind, name: workload.name },
      constraint,
      selector,
      revision: constraint.matchLabelKeys.flatMap((key) => pod.labels[key] ?? []).join(','),
      eligibility,
    }
  })
}

function eligibilityRule(
  constraint: TopologySpreadConstraint,
  topologyKeys: readonly string[],
  spec: PodSpec,
): EligibilityRule {
  const honorAffinity = constraint.nodeAffinityPolicy !== 'Ignore'
  const honorTaints = constraint.nodeTaintsPolicy === 'Honor'
  return {
    key: JSON.stringify([
      constraint.topologyKey,
      topologyKeys,
      honorAffinity ? [spec.nodeSelector, spec.nodeAffinity?.required ?? null] : null,
      honorTaints ? spec.tolerations : null,
    ]),
    topologyKey: constraint.topologyKey,
    topologyKeys,
    honorAffinity,
    honorTaints,
    spec,
  }
}

/** FNV-1a, twice with different seeds: short ids that stay the same from run to run. */
function hash(text: string): string {
  let low = 0x811c9dc5
  let high = 0x01000193
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    low = Math.imul(low ^ code, 0x01000193)
    high = Math.imul(high ^ code, 0x85ebca6b)
  }
  return (low >>> 0).toString(36) + (high >>> 0).toString(36)
}
