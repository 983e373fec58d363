import type { Node } from '../model/node.ts'

/**
 * The nodes by name, each with a small number of its own (its slot), under which others keep what
 * they know of it in arrays: with thousands of different affinities a map for each would take gigabytes.
 */
export class NodeDirectory {
  readonly #slots = new Map<string, number>()
  readonly #nodes: (Node | null)[] = []
  readonly #free: number[] = []

  /** Undefined: there is no such node, or none that is known. */
  slotOf(name: string): number | undefined {
    return this.#slots.get(name)
  }

  get(name: string): Node | null {
    const slot = this.#slots.get(name)
    return slot === undefined ? null : (this.#nodes[slot] ?? null)
  }

  /** Returns the node's slot. */
  set(node: Node): number {
    const slot = this.#slots.get(node.name) ?? this.#free.pop() ?? this.#nodes.length
    this.#slots.set(node.name, slot)
    this.#nodes[slot] = node
    return slot
  }

  /** Returns the slot that the node had; it will be another's. */
  delete(name: string): number {
    const slot = this.#slots.get(name)
    if (slot === undefined) throw new Error(`no node ${name} is known`)
    this.#slots.delete(name)
    this.#nodes[slot] = null
    this.#free.push(slot)
    return slot
  }

  *entries(): Generator<readonly [slot: number, node: Node]> {
    for (const [slot, node] of this.#nodes.entries()) if (node) yield [slot, node]
  }
}
