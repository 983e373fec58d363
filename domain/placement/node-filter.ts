import type { Node } from '../model/node.ts'
import type { EligibilityRule } from './eligibility-rule.ts'
import { type NodePredicate, parseNodeDemand } from './node-affinity.ts'
import type { NodeDirectory } from './node-directory.ts'
import { toleratesTaints } from './taints.ts'

/** Which nodes a constraint's inclusion policies let count (podtopologyspread common.go matchNodeInclusionPolicies). */
export class NodeFilter {
  /** Null: every node passes. */
  readonly #test: NodePredicate | null
  /** By slot: 1 where the node passes. */
  #passes = new Uint8Array(0)

  constructor({ demand, tolerations }: EligibilityRule, nodes: NodeDirectory) {
    const meetsDemand = demand && parseNodeDemand(demand)
    this.#test =
      demand || tolerations
        ? (node) =>
            (meetsDemand === null || meetsDemand(node)) &&
            (tolerations === null || toleratesTaints(tolerations, node.taints))
        : null
    if (this.#test) for (const [slot, node] of nodes.entries()) this.set(slot, node)
  }

  /** To be asked only of slots that are a node's. */
  passes(slot: number): boolean {
    return this.#test === null || this.#passes[slot] === 1
  }

  /** Takes in a node, changed or gone (null). */
  set(slot: number, node: Node | null): void {
    if (this.#test === null) return
    if (slot >= this.#passes.length) {
      const longer = new Uint8Array(Math.max(64, 2 * slot))
      longer.set(this.#passes)
      this.#passes = longer
    }
    this.#passes[slot] = node && this.#test(node) ? 1 : 0
  }
}
