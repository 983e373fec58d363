import type { Pod } from '../model/pod.ts'
import type { PodSpec } from '../model/pod-spec.ts'
import type { ConstraintGroup } from './constraint-group.ts'
import type { SpreadRules } from './eligibility-rule.ts'
import type { LabelPredicate } from './label-requirement.ts'
import { parseSelector } from './label-selector.ts'
import { type SpreadSignature, spreadSignatures, type WorkloadName } from './spread-signature.ts'

/** What the pods of one template have in common as to spread: worked out once for all of them. */
export class SpreadTemplate {
  readonly signatures: readonly SpreadSignature[]
  /** Empty while no pod holds the template. */
  groups: readonly ConstraintGroup[] = []
  /** Living pods that hold it. */
  pods = 0
  readonly #namespace: string
  readonly #workload: WorkloadName
  readonly #spec: PodSpec
  /** For each signature: whether its selector matches. */
  readonly #selects: readonly LabelPredicate[]
  /** The labels on which matchLabelKeys depend, with their values. */
  readonly #values: readonly (readonly [key: string, value: string | undefined])[]

  constructor(pod: Pod, workload: WorkloadName, rules: SpreadRules) {
    this.signatures = spreadSignatures(pod, workload, rules)
    this.#selects = this.signatures.map(({ selector }) => parseSelector(selector))
    this.#namespace = pod.namespace
    this.#workload = { kind: workload.kind, name: workload.name }
    this.#spec = pod.spec
    const keys = pod.spec.topologySpreadConstraints.flatMap(({ matchLabelKeys }) => matchLabelKeys)
    this.#values = keys.map((key) => [key, pod.labels[key]] as const)
  }

  /** Whether it is this pod's too. False for one that only looks equal is no harm: its signatures have the same ids. */
  fits(pod: Pod, workload: WorkloadName): boolean {
    const { spec } = pod
    return (
      (spec === this.#spec ||
        (spec.topologySpreadConstraints === this.#spec.topologySpreadConstraints &&
          spec.nodeSelector === this.#spec.nodeSelector &&
          spec.nodeAffinity === this.#spec.nodeAffinity &&
          spec.tolerations === this.#spec.tolerations)) &&
      workload.name === this.#workload.name &&
      workload.kind === this.#workload.kind &&
      pod.namespace === this.#namespace &&
      this.#values.every(([key, value]) => pod.labels[key] === value) &&
      this.signatures.every(({ matchesItself }, index) => this.#selects[index]?.(pod.labels) === matchesItself)
    )
  }
}

/** Finds the template of a pod. Templates go with the specs that they belong to. */
export class SpreadTemplates {
  readonly #rules: SpreadRules
  readonly #known = new WeakMap<PodSpec['topologySpreadConstraints'], SpreadTemplate[]>()

  constructor(rules: SpreadRules) {
    this.#rules = rules
  }

  /** Null: the pod carries no constraint that could ever say anything. */
  of(pod: Pod, workload: WorkloadName): SpreadTemplate | null {
    const { topologySpreadConstraints } = pod.spec
    if (topologySpreadConstraints.length === 0) return null
    const known = this.#known.get(topologySpreadConstraints)
    const found = known?.find((template) => template.fits(pod, workload)) ?? null
    if (found) return found.signatures.length > 0 ? found : null
    const made = new SpreadTemplate(pod, workload, this.#rules)
    if (made.signatures.length === 0) return null
    // What no pod holds any longer (an earlier name of the workload) needn't be found again.
    this.#known.set(topologySpreadConstraints, [...(known?.filter(({ pods }) => pods > 0) ?? []), made])
    return made
  }
}
