import type { LabelSelector } from '../model/labels.ts'
import type { Pod } from '../model/pod.ts'
import { type EligibilityRule, eligibilityRule, honoursAffinity, type SpreadRules } from './eligibility-rule.ts'
import { mergeMatchLabelKeys, parseSelector, selectorKey } from './label-selector.ts'
import { isTiedToOneNode } from './node-affinity.ts'

/** The topmost controller of a pod; for bare pods kind Pod and its own name. */
export interface WorkloadName {
  readonly kind: string
  readonly name: string
}

/** A constraint as it binds the pods of one workload: everything that its answer depends on. */
export interface SpreadSignature {
  /** Stable from run to run. */
  readonly id: string
  readonly namespace: string
  readonly workload: WorkloadName
  readonly topologyKey: string
  readonly maxSkew: number
  /** As it stands in the constraint. */
  readonly minDomains: number | null
  readonly whenUnsatisfiable: string
  /** With matchLabelKeys merged in. */
  readonly selector: LabelSelector | null
  /** The values of matchLabelKeys; empty without them. */
  readonly revision: string
  readonly eligibility: EligibilityRule
  /** Whether the pod that carries it counts itself. */
  readonly matchesItself: boolean
  /** What is counted: signatures with equal keys share their counts. */
  readonly countsKey: string
}

/**
 * The signatures of a pod's spread constraints, in their order. A constraint whose only eligible
 * node is the pod's own has none: with one domain its skew is 0, whatever happens. A DaemonSet of
 * 5,000 pods would make 5,000 such groups.
 */
export function spreadSignatures(pod: Pod, workload: WorkloadName, rules: SpreadRules): readonly SpreadSignature[] {
  const { namespace, spec, labels } = pod
  const signatures = new Map<string, SpreadSignature>()
  for (const constraint of spec.topologySpreadConstraints) {
    const { topologyKey, maxSkew, minDomains, whenUnsatisfiable, labelSelector, matchLabelKeys } = constraint
    if ((minDomains ?? 1) <= 1 && honoursAffinity(constraint) && isTiedToOneNode(spec)) continue
    const selector = mergeMatchLabelKeys(labelSelector, matchLabelKeys, labels)
    const eligibility = eligibilityRule(constraint, spec, rules)
    const countsKey = JSON.stringify([namespace, selectorKey(selector), eligibility.key])
    const { kind, name } = workload
    const what = JSON.stringify([kind, name, maxSkew, minDomains, whenUnsatisfiable, countsKey])
    const id = `${namespace}/${kind}/${name}/${topologyKey}/${digest(what)}`
    signatures.set(id, {
      id,
      namespace,
      workload: { kind, name },
      topologyKey,
      maxSkew,
      minDomains,
      whenUnsatisfiable,
      selector,
      revision: matchLabelKeys.flatMap((key) => labels[key] ?? []).join(),
      eligibility,
      matchesItself: parseSelector(selector)(labels),
      countsKey,
    })
  }
  return [...signatures.values()]
}

/**
 * FNV-1a with two primes, as 14 digits and letters. It has to tell apart the few constraints of one
 * workload and topology key, and to be the same from run to run.
 */
function digest(text: string): string {
  let low = 0x811c9dc5
  let high = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    low = Math.imul(low ^ code, 0x01000193)
    high = Math.imul(high ^ code, 0x85ebca6b)
  }
  return [low, high].map((part) => (part >>> 0).toString(36).padStart(7, '0')).join('')
}
