import type { Node } from '../model/node.ts'
import { matchesNodeAffinity } from './node-affinity.ts'
import type { EligibilityRule } from './spread-constraint-group.ts'
import { toleratesNode } from './taints.ts'

/** The nodes that count for a rule, and their domains. Kept once for all constraints with this rule. */
export class NodeEligibility {
  readonly rule: EligibilityRule
  /** From a node's name to its domain. */
  readonly #domainOf = new Map<string, string>()
  /** From a domain to the number of its eligible nodes. */
  readonly #domains = new Map<string, number>()

  constructor(rule: EligibilityRule, nodes: Iterable<Node>) {
    this.rule = rule
    for (const node of nodes) this.set(node.name, node)
  }

  /** Domains with at least one eligible node. */
  get size(): number {
    return this.#domains.size
  }

  domains(): IterableIterator<string> {
    return this.#domains.keys()
  }

  /** Undefined: the node doesn't count. */
  domainOf(node: string): string | undefined {
    return this.#domainOf.get(node)
  }

  /** Takes in a node, changed or gone; tells how it moved, and whether a domain came or went with it. */
  set(name: string, node: Node | null): { from: string | undefined; to: string | undefined; domainsChanged: boolean } {
    const from = this.#domainOf.get(name)
    const to = node ? this.#domain(node) : undefined
    if (from === to) return { from, to, domainsChanged: false }
    const size = this.#domains.size
    let domainsChanged = false
    if (from !== undefined) {
      const left = (this.#domains.get(from) ?? 1) - 1
      if (left === 0) this.#domains.delete(from)
      else this.#domains.set(from, left)
      domainsChanged = left === 0
    }
    if (to === undefined) this.#domainOf.delete(name)
    else {
      this.#domainOf.set(name, to)
      const known = this.#domains.get(to) ?? 0
      this.#domains.set(to, known + 1)
      domainsChanged ||= known === 0
    }
    return { from, to, domainsChanged: domainsChanged || size !== this.#domains.size }
  }

  #domain(node: Node): string | undefined {
    const { rule } = this
    if (rule.topologyKeys.some((key) => node.labels[key] === undefined)) return undefined
    if (rule.honorAffinity && !matchesNodeAffinity(rule.spec, node)) return undefined
    if (rule.honorTaints && !toleratesNode(rule.spec.tolerations, node)) return undefined
    return node.labels[rule.topologyKey]
  }
}
