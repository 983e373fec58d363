import type { DemoClock } from '../clock.ts'

interface Entry {
  readonly at: number
  readonly order: number
  run: (() => void) | null
}

/** Calls off what was planned; calling it twice does no harm. */
export type Cancel = () => void

/**
 * A discrete-event simulation: work is planned for instants and done in their order, each at its own
 * time. It runs ahead at once over the past (to age a world) and then follows a clock.
 */
export class Simulation {
  #now: number
  #order = 0
  /** A binary heap, earliest first. */
  readonly #heap: Entry[] = []
  #following: { readonly clock: DemoClock; cancel: Cancel; at: number } | null = null
  #running = false

  /** @param start ms since the Unix epoch */
  constructor(start: number) {
    this.#now = start
  }

  get now(): number {
    return this.#now
  }

  /** Work that is planned and not called off. */
  get planned(): number {
    return this.#heap.length
  }

  at(time: number, run: () => void): Cancel {
    const entry: Entry = { at: Math.max(time, this.#now), order: this.#order++, run }
    this.#push(entry)
    if (!this.#running) this.#arm()
    return () => {
      entry.run = null
    }
  }

  after(ms: number, run: () => void): Cancel {
    return this.at(this.#now + ms, run)
  }

  /** Again and again, the first time after `ms`; for as long as the simulation lives. */
  every(ms: number, run: () => void): void {
    const again = () => {
      run()
      this.after(ms, again)
    }
    this.after(ms, again)
  }

  runUntil(time: number): void {
    this.#running = true
    try {
      for (let first = this.#heap[0]; first && first.at <= time; first = this.#heap[0]) {
        this.#pop()
        if (!first.run) continue
        this.#now = first.at
        first.run()
      }
      this.#now = Math.max(this.#now, time)
    } finally {
      this.#running = false
    }
  }

  /** From now on everything planned happens when the clock says so. Returns a function that ends it. */
  follow(clock: DemoClock): Cancel {
    this.#following = { clock, cancel: () => {}, at: Number.POSITIVE_INFINITY }
    this.#arm()
    return () => {
      this.#following?.cancel()
      this.#following = null
    }
  }

  #arm(): void {
    const following = this.#following
    const first = this.#heap[0]
    if (!following || !first || first.at === following.at) return
    following.cancel()
    following.at = first.at
    following.cancel = following.clock.schedule(first.at, () => {
      following.at = Number.POSITIVE_INFINITY
      this.runUntil(following.clock.now())
      this.#arm()
    })
  }

  #push(entry: Entry): void {
    const heap = this.#heap
    let index = heap.push(entry) - 1
    while (index > 0) {
      const parent = (index - 1) >> 1
      const above = heap[parent]
      if (!above || !earlier(entry, above)) break
      heap[index] = above
      index = parent
    }
    heap[index] = entry
  }

  #pop(): void {
    const heap = this.#heap
    const last = heap.pop()
    if (!last || heap.length === 0) return
    let index = 0
    for (;;) {
      let child = 2 * index + 1
      const left = heap[child]
      const right = heap[child + 1]
      if (!left) break
      if (right && earlier(right, left)) child += 1
      const least = heap[child]
      if (!least || !earlier(least, last)) break
      heap[index] = least
      index = child
    }
    heap[index] = last
  }
}

function earlier(a: Entry, b: Entry): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order)
}
