import type { Fact } from '../../domain/history/fact.ts'

/** Facts that were thrown away, and between which instants they had been learned. */
export interface Dropped {
  readonly count: number
  readonly from: number
  readonly to: number
}

/** Facts that wait to be written, at most `most` of them: when it is full the oldest are dropped. */
export class FactQueue {
  readonly #most: number
  #facts: Fact[] = []
  #head = 0
  /** Position of the fact at #head, counted over the queue's whole life. */
  #position = 0
  #dropped: Dropped | null = null

  constructor(most: number) {
    this.#most = Math.max(1, most)
  }

  get length(): number {
    return this.#facts.length - this.#head
  }

  /** Position of the next fact to be pushed: all that are here lie before it. */
  get end(): number {
    return this.#position + this.length
  }

  /** Position of the next fact to be taken. */
  get start(): number {
    return this.#position
  }

  push(facts: readonly Fact[]): void {
    for (const fact of facts) this.#facts.push(fact)
    const over = this.length - this.#most
    if (over > 0) this.#drop(over)
  }

  /** Takes the oldest facts out, at most `count`. */
  take(count: number): Fact[] {
    const taken = this.#facts.slice(this.#head, this.#head + count)
    this.#advance(taken.length)
    return taken
  }

  /** What was dropped since the last call. */
  takeDropped(): Dropped | null {
    const dropped = this.#dropped
    this.#dropped = null
    return dropped
  }

  #drop(count: number): void {
    const first = this.#facts[this.#head]
    const last = this.#facts[this.#head + count - 1]
    if (!first || !last) return
    const known = this.#dropped
    this.#dropped = {
      count: (known?.count ?? 0) + count,
      from: Math.min(known?.from ?? first.at, first.at),
      to: Math.max(known?.to ?? last.at, last.at),
    }
    this.#advance(count)
  }

  #advance(count: number): void {
    this.#head += count
    this.#position += count
    if (this.#head > 10_000 && this.#head * 2 > this.#facts.length) {
      this.#facts = this.#facts.slice(this.#head)
      this.#head = 0
    }
  }
}
