/** Gathers the instants at which an answer may change by itself, and keeps the first that is still to come. */
export class NextCheck {
  readonly now: number
  #at: number | null = null

  constructor(now: number) {
    this.now = now
  }

  get at(): number | null {
    return this.#at
  }

  /** Whether the instant has come; where it hasn't, the answer is to be looked at again then. */
  reached(at: number): boolean {
    if (this.now >= at) return true
    if (this.#at === null || at < this.#at) this.#at = at
    return false
  }
}
