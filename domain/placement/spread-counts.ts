import type { NodeEligibility } from './node-eligibility.ts'
import type { SpreadSignature } from './spread-constraint-group.ts'
import type { SpreadGroupResult } from './spread-group.ts'

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

/** The counts of one constraint group. Only domains that hold pods are kept; the empty ones are the eligibility's. */
export class SpreadCounts {
  readonly signature: SpreadSignature
  readonly eligibility: NodeEligibility
  /** Pods that carry the constraint. */
  readonly carriers = new Set<string>()
  /** Matching pods by node, whether the node counts or not: it may come to count. */
  readonly #byNode = new Map<string, number>()
  readonly #byDomain = new Map<string, number>()
  /** From a count to the number of domains that have it: minimum and maximum without a walk. */
  readonly #histogram = new Map<number, number>()

  constructor(signature: SpreadSignature, eligibility: NodeEligibility) {
    this.signature = signature
    this.eligibility = eligibility
  }

  get id(): string {
    return this.signature.id
  }

  /** One matching pod more or less on a node. Returns whether it counts. */
  addPod(node: string, amount: 1 | -1): boolean {
    const count = (this.#byNode.get(node) ?? 0) + amount
    if (count === 0) this.#byNode.delete(node)
    else this.#byNode.set(node, count)
    const domain = this.eligibility.domainOf(node)
    if (domain === undefined) return false
    this.#addToDomain(domain, amount)
    return true
  }

  /** A node with its pods moves from one domain to another; undefined stands for none. */
  moveNode(node: string, from: string | undefined, to: string | undefined): boolean {
    const count = this.#byNode.get(node) ?? 0
    if (count === 0 || from === to) return false
    if (from !== undefined) this.#addToDomain(from, -count)
    if (to !== undefined) this.#addToDomain(to, count)
    return true
  }

  /** Smallest count over eligible domains; 0 while there are fewer than minDomains (filtering.go minMatchNum). */
  get globalMinimum(): number {
    const { size } = this.eligibility
    if (size < (this.signature.constraint.minDomains ?? 1) || this.#byDomain.size < size) return 0
    let least = Number.POSITIVE_INFINITY
    for (const count of this.#histogram.keys()) least = Math.min(least, count)
    return least === Number.POSITIVE_INFINITY ? 0 : least
  }

  get skew(): number {
    let most = 0
    for (const count of this.#histogram.keys()) most = Math.max(most, count)
    return most - this.globalMinimum
  }

  summary(): SpreadSummary {
    const { id, namespace, workload, constraint } = this.signature
    const { topologyKey, maxSkew, whenUnsatisfiable } = constraint
    const { skew } = this
    return { id, namespace, workload, topologyKey, maxSkew, whenUnsatisfiable, skew, violated: skew > maxSkew }
  }

  result(): SpreadGroupResult {
    const domains = [...this.eligibility.domains()]
      .sort()
      .map((value) => ({ value, count: this.#byDomain.get(value) ?? 0 }))
    return {
      ...this.summary(),
      minDomains: this.signature.constraint.minDomains,
      domains,
      globalMinimum: this.globalMinimum,
      pods: this.carriers.size,
      revision: this.signature.revision,
    }
  }

  #addToDomain(domain: string, amount: number): void {
    const before = this.#byDomain.get(domain) ?? 0
    const after = before + amount
    if (after === 0) this.#byDomain.delete(domain)
    else this.#byDomain.set(domain, after)
    this.#addToHistogram(before, -1)
    this.#addToHistogram(after, 1)
  }

  #addToHistogram(count: number, amount: 1 | -1): void {
    if (count === 0) return
    const domains = (this.#histogram.get(count) ?? 0) + amount
    if (domains === 0) this.#histogram.delete(count)
    else this.#histogram.set(count, domains)
  }
}
