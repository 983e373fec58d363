import type { SpreadCounts } from './spread-counts.ts'
import type { SpreadGroupResult } from './spread-group.ts'
import type { SpreadSignature } from './spread-signature.ts'

/** What can be said of a group without walking its domains. */
export interface SpreadSummary {
  readonly id: string
  readonly namespace: string
  readonly workload: { readonly kind: string; readonly name: string }
  readonly topologyKey: string
  readonly maxSkew: number
  readonly whenUnsatisfiable: string
  readonly skew: number
  readonly violated: boolean
}

/** The living pods of one workload that carry the same constraint, and where its counts are. */
export class ConstraintGroup {
  readonly signature: SpreadSignature
  readonly counts: SpreadCounts
  /** Pods that carry the constraint. */
  pods = 0
  /** Those of them that count themselves. */
  selfMatching = 0

  constructor(signature: SpreadSignature, counts: SpreadCounts) {
    this.signature = signature
    this.counts = counts
  }

  get id(): string {
    return this.signature.id
  }

  /**
   * Smallest count over eligible domains; 0 while there are fewer than minDomains (filtering.go
   * minMatchNum), which only DoNotSchedule knows.
   */
  get globalMinimum(): number {
    const { minDomains, whenUnsatisfiable } = this.signature
    const tooFew = whenUnsatisfiable === 'DoNotSchedule' && this.counts.eligibility.size < (minDomains ?? 1)
    return tooFew ? 0 : this.counts.least
  }

  summary(): SpreadSummary {
    const { id, namespace, workload, topologyKey, maxSkew, whenUnsatisfiable } = this.signature
    const skew = this.counts.most - this.globalMinimum
    return { id, namespace, workload, topologyKey, maxSkew, whenUnsatisfiable, skew, violated: skew > maxSkew }
  }

  /** Costs a walk over the domains. */
  result(): SpreadGroupResult {
    const { minDomains, revision } = this.signature
    const { counts, globalMinimum, pods } = this
    const domains = counts.eligibility.domains.map((value) => ({ value, count: counts.in(value) }))
    const most = globalMinimum + this.signature.maxSkew
    const self = this.selfMatching > 0 ? 1 : 0
    return {
      ...this.summary(),
      minDomains,
      domains,
      globalMinimum,
      nextPodDomains: domains.flatMap(({ value, count }) => (count + self <= most ? value : [])),
      surplus: domains.flatMap(({ value, count }) => (count > most ? { value, pods: count - most } : [])),
      pods,
      revision,
    }
  }
}
