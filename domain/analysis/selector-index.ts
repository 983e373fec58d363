import type { Labels } from '../model/labels.ts'

/** The selectors of one namespace that stand under one label, by its value. */
type ByValue = Map<string, Set<string>>

/**
 * Which of many selectors pick a set of labels, without asking each. A selector (every pair must be
 * among the labels) stands under one of its pairs, the one that fewest others of its namespace stand under.
 */
export class SelectorIndex {
  readonly #byNamespace = new Map<string, Map<string, ByValue>>()
  readonly #selectors = new Map<string, { selector: Labels; namespace: string; key: string; value: string }>()

  /** @param selector an empty one picks nothing */
  set(id: string, namespace: string, selector: Labels): void {
    this.delete(id)
    let best: { key: string; value: string } | null = null
    let fewest = Number.POSITIVE_INFINITY
    for (const [key, value = ''] of Object.entries(selector)) {
      const standing = this.#byNamespace.get(namespace)?.get(key)?.get(value)?.size ?? 0
      if (standing >= fewest) continue
      best = { key, value }
      fewest = standing
    }
    if (!best) return
    const byKey = made(this.#byNamespace, namespace, () => new Map<string, ByValue>())
    const byValue = made(byKey, best.key, () => new Map<string, Set<string>>())
    made(byValue, best.value, () => new Set<string>()).add(id)
    this.#selectors.set(id, { selector, namespace, ...best })
  }

  delete(id: string): void {
    const known = this.#selectors.get(id)
    if (!known) return
    this.#selectors.delete(id)
    const byKey = this.#byNamespace.get(known.namespace)
    const byValue = byKey?.get(known.key)
    const ids = byValue?.get(known.value)
    ids?.delete(id)
    if (ids?.size === 0) byValue?.delete(known.value)
    if (byValue?.size === 0) byKey?.delete(known.key)
    if (byKey?.size === 0) this.#byNamespace.delete(known.namespace)
  }

  /** Ids of the selectors that pick these labels. */
  picking(namespace: string, labels: Labels): readonly string[] {
    const byKey = this.#byNamespace.get(namespace)
    if (!byKey) return none
    let found: string[] | null = null
    for (const [key, byValue] of byKey) {
      const value = labels[key]
      if (value === undefined) continue
      for (const id of byValue.get(value) ?? none) {
        const selector = this.#selectors.get(id)?.selector
        if (!selector || !holds(selector, labels)) continue
        if (found) found.push(id)
        else found = [id]
      }
    }
    return found ?? none
  }
}

const none: readonly never[] = []

function holds(selector: Labels, labels: Labels): boolean {
  for (const key in selector) if (labels[key] !== selector[key]) return false
  return true
}

function made<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const known = map.get(key)
  if (known !== undefined) return known
  const value = make()
  map.set(key, value)
  return value
}
