const none: ReadonlySet<string> = new Set()

/** From a key to the uids of the objects that have it. Empty keys are not kept. */
export class MultiIndex {
  readonly #uids = new Map<string, Set<string>>()

  get(key: string): ReadonlySet<string> {
    return this.#uids.get(key) ?? none
  }

  get size(): number {
    return this.#uids.size
  }

  /** Moves `uid` from one key to another; '' stands for no key. */
  move(uid: string, from: string, to: string): void {
    if (from === to) return
    if (from !== '') {
      const set = this.#uids.get(from)
      if (set?.delete(uid) && set.size === 0) this.#uids.delete(from)
    }
    if (to === '') return
    const set = this.#uids.get(to)
    if (set) set.add(uid)
    else this.#uids.set(to, new Set([uid]))
  }
}
