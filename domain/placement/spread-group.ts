/**
 * Pods that one topology spread constraint binds together, and how they lie: the answer of one
 * constraint of one workload. Counting follows kube-scheduler's podtopologyspread plugin.
 */
export interface SpreadGroupResult {
  /** Stable while namespace, workload and constraint stay the same. */
  readonly id: string
  readonly namespace: string
  /** The workload whose pods carry the constraint, or the bare pod itself (kind Pod). */
  readonly workload: { readonly kind: string; readonly name: string }
  readonly topologyKey: string
  readonly maxSkew: number
  readonly minDomains: number | null
  readonly whenUnsatisfiable: string
  /** Eligible domains, sorted by value; a domain that holds no matching pod is here with count 0. */
  readonly domains: readonly { readonly value: string; readonly count: number }[]
  /** Smallest count over eligible domains; 0 where there are fewer than minDomains. */
  readonly globalMinimum: number
  /**
   * The domains that this constraint lets the next pod go to; its other constraints and the nodes may
   * not. Where some of the pods count themselves and others don't, it is one that does.
   */
  readonly nextPodDomains: readonly string[]
  /** The domains with too many pods, and how many are too many there as long as the others stay. */
  readonly surplus: readonly { readonly value: string; readonly pods: number }[]
  /** Largest count minus globalMinimum; 0 where there is no eligible domain. */
  readonly skew: number
  /** skew > maxSkew: the scheduler would refuse to put some of these pods where they are. */
  readonly violated: boolean
  /** The values of matchLabelKeys that tell this group from its workload's others; empty without them. */
  readonly revision: string
  /** Pods that carry this constraint now. */
  readonly pods: number
}
