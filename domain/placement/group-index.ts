import type { Labels } from '../model/labels.ts'
import type { SpreadCounts } from './spread-counts.ts'

/**
 * The groups of one namespace by one pair of their selector, so that a pod meets only those that may
 * count it: a namespace with hundreds of workloads costs no more than one with a few.
 */
export class GroupIndex {
  readonly #byPair = new Map<string, Set<SpreadCounts>>()
  /** Selectors without matchLabels. */
  readonly #others = new Set<SpreadCounts>()
  #size = 0

  get size(): number {
    return this.#size
  }

  add(group: SpreadCounts): void {
    const pair = pairOf(group)
    this.#size += 1
    if (pair === null) this.#others.add(group)
    else {
      const set = this.#byPair.get(pair)
      if (set) set.add(group)
      else this.#byPair.set(pair, new Set([group]))
    }
  }

  delete(group: SpreadCounts): void {
    const pair = pairOf(group)
    this.#size -= 1
    if (pair === null) this.#others.delete(group)
    else {
      const set = this.#byPair.get(pair)
      set?.delete(group)
      if (set?.size === 0) this.#byPair.delete(pair)
    }
  }

  *mayMatch(labels: Labels): Generator<SpreadCounts> {
    yield* this.#others
    if (this.#byPair.size === 0) return
    for (const key of Object.keys(labels)) {
      const groups = this.#byPair.get(`${key}=${labels[key]}`)
      if (groups) yield* groups
    }
  }
}

function pairOf(group: SpreadCounts): string | null {
  const labels = group.signature.selector?.matchLabels
  const key = labels && Object.keys(labels)[0]
  return key === undefined ? null : `${key}=${labels?.[key]}`
}
