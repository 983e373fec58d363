import type { Labels } from '../model/labels.ts'

/**
 * Which of many selectors pick a set of labels, without asking each. A selector (every pair must be
 * among the labels) stands under one of its pairs, the one that fewest others of its namespace stand under.
 */
export class SelectorIndex {
  readonly #byPair = new Map<string, Set<string>>()
  readonly #selectors = new Map<string, { readonly selector: Labels; readonly pair: string }>()

  /** @param selector an empty one picks nothing */
  set(id: string, namespace: string, selector: Labels): void {
    this.delete(id)
    let best: string | null = null
    let fewest = Number.POSITIVE_INFINITY
    for (const [key, value] of Object.entries(selector)) {
      const pair = pairKey(namespace, key, value ?? '')
      const standing = this.#byPair.get(pair)?.size ?? 0
      if (standing >= fewest) continue
      best = pair
      fewest = standing
    }
    if (best === null) return
    const ids = this.#byPair.get(best)
    if (ids) ids.add(id)
    else this.#byPair.set(best, new Set([id]))
    this.#selectors.set(id, { selector, pair: best })
  }

  delete(id: string): void {
    const known = this.#selectors.get(id)
    if (!known) return
    this.#selectors.delete(id)
    const ids = this.#byPair.get(known.pair)
    if (ids?.delete(id) && ids.size === 0) this.#byPair.delete(known.pair)
  }

  /** Ids of the selectors that pick these labels. */
  *picking(namespace: string, labels: Labels): Generator<string> {
    if (this.#selectors.size === 0) return
    for (const key of Object.keys(labels)) {
      for (const id of this.#byPair.get(pairKey(namespace, key, labels[key] ?? '')) ?? []) {
        const selector = this.#selectors.get(id)?.selector
        if (selector && Object.keys(selector).every((each) => labels[each] === selector[each])) yield id
      }
    }
  }
}

function pairKey(namespace: string, key: string, value: string): string {
  return `${namespace}\n${key}\n${value}`
}
