import type { Pod } from '../model/pod.ts'
import type { AffinityTerm } from './affinity-term.ts'

/** A label without which nothing matches; null: there is none. */
export type TermPlace = { readonly key: string; readonly values: readonly string[] } | null

/** Which pods some of many affinity terms may match: a quick answer, and never a wrong no. */
export class AffinityReach {
  /** Null: any. */
  #namespaces: Set<string> | null = new Set()
  /** Values by label key; null: any labels. */
  #places: Map<string, Set<string>> | null = new Map()

  add({ namespaces }: Pick<AffinityTerm, 'namespaces'>, place: TermPlace): void {
    if (!namespaces) this.#namespaces = null
    for (const namespace of namespaces ?? []) this.#namespaces?.add(namespace)
    if (!place) this.#places = null
    if (!place || !this.#places) return
    const values = this.#places.get(place.key) ?? new Set()
    this.#places.set(place.key, values)
    for (const value of place.values) values.add(value)
  }

  /** Whether some term goes by namespaces' labels. */
  get goesByNamespaceLabels(): boolean {
    return this.#namespaces === null
  }

  mayMatch({ namespace, labels }: Pick<Pod, 'namespace' | 'labels'>): boolean {
    if (this.#namespaces && !this.#namespaces.has(namespace)) return false
    if (!this.#places) return true
    for (const [key, values] of this.#places) {
      const value = labels[key]
      if (value !== undefined && values.has(value)) return true
    }
    return false
  }
}
