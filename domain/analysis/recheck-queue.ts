/**
 * What must be looked at again at a later time although nothing changes in the cluster (a back-off
 * that ends, a container that has been stable for ten minutes). Buckets of one second.
 */
export class RecheckQueue {
  readonly #buckets = new Map<number, Set<string>>()
  readonly #due = new Map<string, number>()
  #from = Number.POSITIVE_INFINITY

  /** @param at ms since the Unix epoch; null: nothing to wait for any more */
  set(uid: string, at: number | null): void {
    const bucket = at === null ? null : Math.ceil(at / 1000)
    const before = this.#due.get(uid)
    if (before === (bucket ?? undefined)) return
    if (before !== undefined) {
      const set = this.#buckets.get(before)
      set?.delete(uid)
      if (set?.size === 0) this.#buckets.delete(before)
      this.#due.delete(uid)
    }
    if (bucket === null) return
    this.#due.set(uid, bucket)
    const set = this.#buckets.get(bucket)
    if (set) set.add(uid)
    else this.#buckets.set(bucket, new Set([uid]))
    if (bucket < this.#from) this.#from = bucket
  }

  /** Takes out all that is due by `now`. */
  take(now: number): string[] {
    const until = Math.floor(now / 1000)
    if (until < this.#from || this.#buckets.size === 0) return []
    const due: string[] = []
    // After a long sleep there are fewer buckets than seconds: walk whichever is shorter.
    const passed =
      until - this.#from > this.#buckets.size
        ? [...this.#buckets.keys()].filter((bucket) => bucket <= until)
        : Array.from({ length: until - this.#from + 1 }, (_, index) => this.#from + index)
    for (const bucket of passed) {
      for (const uid of this.#buckets.get(bucket) ?? []) {
        due.push(uid)
        this.#due.delete(uid)
      }
      this.#buckets.delete(bucket)
    }
    this.#from = until + 1
    return due
  }
}
