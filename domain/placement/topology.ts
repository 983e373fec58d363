import type { Node } from '../model/node.ts'
import type { EligibilityRule } from './eligibility-rule.ts'
import type { NodeDirectory } from './node-directory.ts'

/**
 * The domains that the values of one node label make. A node has one only if it has the keys of all
 * constraints of the same action (podtopologyspread common.go nodeLabelsMatchSpreadConstraints).
 */
export class Topology {
  readonly #topologyKey: string
  readonly #topologyKeys: readonly string[]
  /** By slot. */
  readonly #domainOf: (string | undefined)[] = []
  readonly #nodesIn = new Map<string, Set<number>>()
  #sorted: readonly string[] | null = null

  constructor(
    { topologyKey, topologyKeys }: Pick<EligibilityRule, 'topologyKey' | 'topologyKeys'>,
    nodes: NodeDirectory,
  ) {
    this.#topologyKey = topologyKey
    this.#topologyKeys = topologyKeys
    for (const [slot, node] of nodes.entries()) this.set(slot, node)
  }

  /** All domains, sorted by their value. */
  get domains(): readonly string[] {
    this.#sorted ??= [...this.#nodesIn.keys()].sort()
    return this.#sorted
  }

  domainOf(slot: number): string | undefined {
    return this.#domainOf[slot]
  }

  /** The slots of a domain's nodes. */
  nodesIn(domain: string): ReadonlySet<number> {
    return this.#nodesIn.get(domain) ?? noNodes
  }

  /** Takes in a node, changed or gone (null). */
  set(slot: number, node: Node | null): void {
    const from = this.#domainOf[slot]
    const to = node ? this.#domain(node) : undefined
    if (from === to) return
    if (from !== undefined) this.#leave(slot, from)
    if (to !== undefined) this.#enter(slot, to)
    this.#domainOf[slot] = to
  }

  #domain({ labels }: Node): string | undefined {
    for (const key of this.#topologyKeys) if (labels[key] === undefined) return undefined
    return labels[this.#topologyKey]
  }

  #leave(slot: number, domain: string): void {
    const nodes = this.#nodesIn.get(domain)
    if (!nodes?.delete(slot) || nodes.size > 0) return
    this.#nodesIn.delete(domain)
    this.#sorted = null
  }

  #enter(slot: number, domain: string): void {
    const nodes = this.#nodesIn.get(domain)
    if (nodes) nodes.add(slot)
    else {
      this.#nodesIn.set(domain, new Set([slot]))
      this.#sorted = null
    }
  }
}

const noNodes: ReadonlySet<number> = new Set()
