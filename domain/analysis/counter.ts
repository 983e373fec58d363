/** Counts by name; a name whose count falls to zero is forgotten. */
export class Counter {
  readonly #counts = new Map<string, number>()

  add(name: string, amount: number): void {
    const count = (this.#counts.get(name) ?? 0) + amount
    if (count === 0) this.#counts.delete(name)
    else this.#counts.set(name, count)
  }

  get(name: string): number {
    return this.#counts.get(name) ?? 0
  }

  get size(): number {
    return this.#counts.size
  }

  /** Sorted by name. */
  entries(): (readonly [string, number])[] {
    return [...this.#counts].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  }
}
