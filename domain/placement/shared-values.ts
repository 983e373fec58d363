/** Values that several hold together, by key: made for the first holder and forgotten with the last. */
export class SharedValues<T> {
  readonly #shared = new Map<string, { readonly value: T; holders: number }>()

  /** To be released as often as it is taken. */
  take(key: string, make: () => T): T {
    let shared = this.#shared.get(key)
    if (!shared) {
      shared = { value: make(), holders: 0 }
      this.#shared.set(key, shared)
    }
    shared.holders += 1
    return shared.value
  }

  release(key: string): void {
    const shared = this.#shared.get(key)
    if (!shared) return
    shared.holders -= 1
    if (shared.holders === 0) this.#shared.delete(key)
  }

  *values(): Generator<T> {
    for (const { value } of this.#shared.values()) yield value
  }
}
