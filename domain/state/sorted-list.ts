/**
 * Items in the order of a comparator that never calls two different items equal. Adding and
 * removing finds the place by halves and moves the tail: microseconds at 150,000 items.
 */
export class SortedList<T> {
  #items: T[]
  readonly #compare: (a: T, b: T) => number

  constructor(compare: (a: T, b: T) => number, items: Iterable<T> = []) {
    this.#compare = compare
    this.#items = [...items].sort(compare)
  }

  get length(): number {
    return this.#items.length
  }

  add(item: T): void {
    this.#items.splice(this.#place(item), 0, item)
  }

  /** Removes the item that the comparator calls equal to this one; false when there is none. */
  remove(item: T): boolean {
    const at = this.#place(item)
    const found = this.#items[at]
    if (found === undefined || this.#compare(found, item) !== 0) return false
    this.#items.splice(at, 1)
    return true
  }

  slice(from: number, to: number): T[] {
    return this.#items.slice(from, to)
  }

  [Symbol.iterator](): IterableIterator<T> {
    return this.#items.values()
  }

  /** The index of the first item that is not before `item`. */
  #place(item: T): number {
    let low = 0
    let high = this.#items.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#compare(this.#items[middle] as T, item) < 0) low = middle + 1
      else high = middle
    }
    return low
  }
}
