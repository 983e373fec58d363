type Listener = () => void

const tickMilliseconds = 1_000
const samplesKept = 8

/**
 * The server's clock as far as the browser can tell, and the one ticker that all ages share. The
 * browser's own clock may be minutes off; only differences between it and `serverTime` count.
 */
export class ServerClock {
  /** serverTime minus the browser's clock at arrival; the largest had the shortest way. */
  #offsets: number[] = []
  #now = 0
  #timer: ReturnType<typeof setInterval> | null = null
  readonly #listeners = new Set<Listener>()

  /** The server's time as of the last tick: equal for everything drawn between two ticks. 0 before the first status. */
  get now(): number {
    return this.#now
  }

  hear(serverTime: number, browserTime: number): void {
    const first = this.#offsets.length === 0
    this.#offsets = [...this.#offsets.slice(1 - samplesKept), serverTime - browserTime]
    if (first) this.#tick(browserTime)
  }

  readonly subscribe = (listener: Listener): (() => void) => {
    this.#listeners.add(listener)
    this.#timer ??= setInterval(() => this.#tick(Date.now()), tickMilliseconds)
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size > 0 || !this.#timer) return
      clearInterval(this.#timer)
      this.#timer = null
    }
  }

  #tick(browserTime: number): void {
    if (this.#offsets.length > 0) this.#now = browserTime + Math.max(...this.#offsets)
    for (const listener of [...this.#listeners]) listener()
  }
}
