/**
 * A cache of bounded size. When the young half is full it becomes the old half and the old half is
 * dropped; what is asked for in the old half moves over. So what is in use stays and what belonged
 * to deleted objects goes, without a list of uses to keep.
 */
export class GenerationalMap<K, V> {
  readonly #limit: number
  #young = new Map<K, V>()
  #old = new Map<K, V>()

  /** @param limit entries of one half; at most twice as many are kept */
  constructor(limit: number) {
    this.#limit = limit
  }

  get size(): number {
    return this.#young.size + this.#old.size
  }

  get(key: K): V | undefined {
    const young = this.#young.get(key)
    if (young !== undefined) return young
    const old = this.#old.get(key)
    if (old !== undefined) this.set(key, old)
    return old
  }

  set(key: K, value: V): void {
    if (this.#young.size >= this.#limit && !this.#young.has(key)) {
      this.#old = this.#young
      this.#young = new Map()
    }
    this.#young.set(key, value)
  }
}
