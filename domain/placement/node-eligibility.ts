import type { Node } from '../model/node.ts'
import type { PodSpec, Toleration, TopologySpreadConstraint } from '../model/pod-spec.ts'
import { demandsNothing, type NodeDemand, type NodePredicate, parseNodeDemand } from './node-affinity.ts'
import { toleratesTaints } from './taints.ts'

/** Which nodes count, and into which domains. Rules with equal keys give equal answers. */
export interface EligibilityRule {
  readonly key: string
  readonly topologyKey: string
  /** The keys of all constraints of the same action: a node counts only if it has every one (podtopologyspread common.go). */
  readonly topologyKeys: readonly string[]
  /** Null: nodeAffinityPolicy is Ignore, or nothing is demanded. */
  readonly demand: NodeDemand | null
  /** Null: nodeTaintsPolicy is Ignore. */
  readonly tolerations: readonly Toleration[] | null
}

export function eligibilityRule(
  constraint: TopologySpreadConstraint,
  topologyKeys: readonly string[],
  spec: PodSpec,
): EligibilityRule {
  const { topologyKey } = constraint
  const demand = honoursAffinity(constraint) && !demandsNothing(spec) ? spec : null
  const tolerations = honoursTaints(constraint) ? spec.tolerations : null
  const key = JSON.stringify([
    topologyKey,
    topologyKeys,
    demand && [
      Object.keys(demand.nodeSelector)
        .sort()
        .map((each) => [each, demand.nodeSelector[each]]),
      demand.nodeAffinity?.required?.map(({ matchExpressions, matchFields }) => [
        matchExpressions.map((each) => [each.key, each.operator, each.values]),
        matchFields.map((each) => [each.key, each.operator, each.values]),
      ]) ?? null,
    ],
    // How long a taint is tolerated doesn't matter to whether it is.
    tolerations &&
      [...new Set(tolerations.map((each) => JSON.stringify([each.key, each.operator, each.value, each.effect])))].sort(),
  ])
  return { key, topologyKey, topologyKeys, demand, tolerations }
}

/** nodeAffinityPolicy is Honor where it isn't given. */
export function honoursAffinity({ nodeAffinityPolicy }: TopologySpreadConstraint): boolean {
  return (nodeAffinityPolicy ?? 'Honor') === 'Honor'
}

/** nodeTaintsPolicy is Ignore where it isn't given. */
export function honoursTaints({ nodeTaintsPolicy }: TopologySpreadConstraint): boolean {
  return nodeTaintsPolicy === 'Honor'
}

/** The nodes that count for a rule, and their domains. Kept once for all counts with this rule. */
export class NodeEligibility {
  readonly rule: EligibilityRule
  readonly #meetsDemand: NodePredicate | null
  /** From a node's name to its domain. */
  readonly #domainOf = new Map<string, string>()
  /** From a domain to the number of its eligible nodes. */
  readonly #domains = new Map<string, number>()
  #sorted: readonly string[] | null = null

  constructor(rule: EligibilityRule, nodes: Iterable<Node>) {
    this.rule = rule
    this.#meetsDemand = rule.demand && parseNodeDemand(rule.demand)
    for (const node of nodes) this.set(node.name, node)
  }

  /** Domains with at least one eligible node. */
  get size(): number {
    return this.#domains.size
  }

  /** Domains with at least one eligible node, sorted by their value. */
  get domains(): readonly string[] {
    this.#sorted ??= [...this.#domains.keys()].sort()
    return this.#sorted
  }

  /** Undefined: the node doesn't count. */
  domainOf(node: string): string | undefined {
    return this.#domainOf.get(node)
  }

  /** Takes in a node, changed or gone (null); tells how it moved, and whether a domain came or went with it. */
  set(name: string, node: Node | null): { from: string | undefined; to: string | undefined; domainsChanged: boolean } {
    const from = this.#domainOf.get(name)
    const to = node ? this.#domain(node) : undefined
    if (from === to) return { from, to, domainsChanged: false }
    let domainsChanged = false
    if (from !== undefined) {
      const left = (this.#domains.get(from) ?? 0) - 1
      if (left > 0) this.#domains.set(from, left)
      else {
        this.#domains.delete(from)
        domainsChanged = true
      }
    }
    if (to === undefined) this.#domainOf.delete(name)
    else {
      this.#domainOf.set(name, to)
      const known = this.#domains.get(to) ?? 0
      this.#domains.set(to, known + 1)
      if (known === 0) domainsChanged = true
    }
    if (domainsChanged) this.#sorted = null
    return { from, to, domainsChanged }
  }

  #domain(node: Node): string | undefined {
    const { topologyKey, topologyKeys, tolerations } = this.rule
    for (const key of topologyKeys) if (node.labels[key] === undefined) return undefined
    if (this.#meetsDemand && !this.#meetsDemand(node)) return undefined
    if (tolerations && !toleratesTaints(tolerations, node.taints)) return undefined
    return node.labels[topologyKey]
  }
}
