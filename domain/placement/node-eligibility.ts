import type { EligibilityRule } from './eligibility-rule.ts'
import type { NodeFilter } from './node-filter.ts'
import type { Topology } from './topology.ts'

/** The nodes that count for a constraint and the domains that they make. Kept once for all counts with the same rule. */
export class NodeEligibility {
  readonly rule: EligibilityRule
  readonly #topology: Topology
  readonly #filter: NodeFilter
  readonly #labelled: Topology | null
  #size = 0

  /** @param labelled the domains of all nodes with the topology key, where excluded nodes count; else null */
  constructor(rule: EligibilityRule, topology: Topology, filter: NodeFilter, labelled: Topology | null) {
    this.rule = rule
    this.#topology = topology
    this.#filter = filter
    this.#labelled = labelled
    for (const domain of topology.domains) if (this.#has(domain, null)) this.#size += 1
  }

  /** Domains with at least one eligible node. */
  get size(): number {
    return this.#size
  }

  /** Domains with at least one eligible node, sorted by their value. */
  get domains(): readonly string[] {
    const { domains } = this.#topology
    return this.#size === domains.length ? domains : domains.filter((domain) => this.#has(domain, null))
  }

  /** The domain for which pods on the node count, if it is one. Undefined: they don't count. */
  countedIn(slot: number): string | undefined {
    return this.#labelled ? this.#labelled.domainOf(slot) : this.eligibleIn(slot)
  }

  /** The domain that the node makes. Undefined: it isn't eligible. */
  eligibleIn(slot: number): string | undefined {
    return this.#filter.passes(slot) ? this.#topology.domainOf(slot) : undefined
  }

  /**
   * Takes note that a node makes another domain than before; undefined stands for none. To be
   * told after topology and filter. Returns whether a domain came or went with it.
   */
  moveNode(slot: number, from: string | undefined, to: string | undefined): boolean {
    const size = this.#size
    const left = from !== undefined && !this.#has(from, slot)
    const come = to !== undefined && !this.#has(to, slot)
    this.#size = size + (come ? 1 : 0) - (left ? 1 : 0)
    return left || come
  }

  /** Whether any node but one makes the domain. */
  #has(domain: string, but: number | null): boolean {
    for (const slot of this.#topology.nodesIn(domain)) if (slot !== but && this.#filter.passes(slot)) return true
    return false
  }
}
