import type { Node } from '../model/node.ts'
import type { EligibilityRule } from './eligibility-rule.ts'
import { NodeDirectory } from './node-directory.ts'
import { NodeEligibility } from './node-eligibility.ts'
import { NodeFilter } from './node-filter.ts'
import { sameLabels } from './same-labels.ts'
import { SharedValues } from './shared-values.ts'
import { sameTaints } from './taints.ts'
import { Topology } from './topology.ts'

/** From where to where the pods of a node have moved for one eligibility; undefined stands for nowhere. */
export interface NodeMove {
  readonly from: string | undefined
  readonly to: string | undefined
  /** A domain came or went with it. */
  readonly domainsChanged: boolean
}

/** All eligibilities in use. Constraints share topologies and filters, so a node is looked at once for each of these. */
export class Eligibilities {
  readonly #nodes = new NodeDirectory()
  readonly #eligibilities = new SharedValues<NodeEligibility>()
  readonly #topologies = new SharedValues<Topology>()
  readonly #filters = new SharedValues<NodeFilter>()

  /** To be released as often as it is taken. */
  take(rule: EligibilityRule): NodeEligibility {
    const topology = this.#topologies.take(rule.domainsKey, () => new Topology(rule, this.#nodes))
    const filter = this.#filters.take(rule.filterKey, () => new NodeFilter(rule, this.#nodes))
    const labelled = rule.countsExcludedNodes
      ? this.#topologies.take(labelledKey(rule), () => new Topology(labelledRule(rule), this.#nodes))
      : null
    return this.#eligibilities.take(rule.key, () => new NodeEligibility(rule, topology, filter, labelled))
  }

  release({ rule }: NodeEligibility): void {
    this.#eligibilities.release(rule.key)
    this.#filters.release(rule.filterKey)
    this.#topologies.release(rule.domainsKey)
    if (rule.countsExcludedNodes) this.#topologies.release(labelledKey(rule))
  }

  /** The domain for which pods on a node count. Undefined: the node isn't known, or they don't. */
  countedIn(eligibility: NodeEligibility, node: string): string | undefined {
    const slot = this.#nodes.slotOf(node)
    return slot === undefined ? undefined : eligibility.countedIn(slot)
  }

  /**
   * The domains that nodes make by their label alone and none that counts does. Costs a walk over the
   * domains, and over the nodes where no other constraint is over the same topology key alone.
   */
  excludedDomains(eligibility: NodeEligibility): { readonly has: (domain: string) => boolean; readonly all: string[] } {
    const { rule, size } = eligibility
    const topology = this.#topologies.take(labelledKey(rule), () => new Topology(labelledRule(rule), this.#nodes))
    const { domains } = topology
    this.#topologies.release(labelledKey(rule))
    const counted = size === domains.length ? null : new Set(eligibility.domains)
    const all = counted ? domains.filter((domain) => !counted.has(domain)) : []
    const excluded = new Set(all)
    return { has: (domain) => excluded.has(domain), all }
  }

  /** The value of a node's label; undefined where the node isn't known or hasn't got it. */
  labelOf(node: string, key: string): string | undefined {
    return this.#nodes.get(node)?.labels[key]
  }

  /** Takes in a node, new, changed or gone. Returns the eligibilities for which it moved: for most updates (heartbeats) none. */
  applyNode(previous: Node | null, next: Node | null): ReadonlyMap<NodeEligibility, NodeMove> {
    const known = this.#nodes.get((next ?? previous)?.name ?? '')
    if (!next) {
      // What is gone may be an older node, whose successor of the same name is already here.
      if (!known || known.uid !== previous?.uid) return noMoves
    } else if (known && sameLabels(known.labels, next.labels) && sameTaints(known, next)) {
      this.#nodes.set(next)
      return noMoves
    }
    const slot = next ? this.#nodes.set(next) : this.#nodes.delete(known?.name ?? '')
    const before = Array.from(this.#eligibilities.values(), (each) => ({
      each,
      from: known ? each.countedIn(slot) : undefined,
      eligibleFrom: known ? each.eligibleIn(slot) : undefined,
    }))
    for (const topology of this.#topologies.values()) topology.set(slot, next)
    for (const filter of this.#filters.values()) filter.set(slot, next)
    const moves = new Map<NodeEligibility, NodeMove>()
    for (const { each, from, eligibleFrom } of before) {
      const to = next ? each.countedIn(slot) : undefined
      const eligibleTo = next ? each.eligibleIn(slot) : undefined
      const domainsChanged = eligibleFrom !== eligibleTo && each.moveNode(slot, eligibleFrom, eligibleTo)
      if (from !== to || domainsChanged) moves.set(each, { from, to, domainsChanged })
    }
    return moves
  }
}

function labelledRule({ topologyKey }: EligibilityRule): Pick<EligibilityRule, 'topologyKey' | 'topologyKeys'> {
  return { topologyKey, topologyKeys: [topologyKey] }
}

function labelledKey({ topologyKey }: EligibilityRule): string {
  return JSON.stringify([topologyKey, [topologyKey]])
}

const noMoves: ReadonlyMap<NodeEligibility, NodeMove> = new Map()
