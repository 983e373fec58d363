/** Why a request was made. `start`: the first list; `resume`: the next watch; `expired`, `regressed`: a relist that the server forced. */
export type RequestReason =
  | 'start'
  | 'discovery'
  | 'resume'
  | 'expired'
  | 'regressed'
  | 'retry'
  | 'verify'
  | 'permission'
  | 'heartbeat'

export type RequestVerb = 'list' | 'watch' | 'get'

export interface RequestCount {
  readonly kind: string
  readonly verb: RequestVerb
  readonly reason: RequestReason
  readonly count: number
}

/** Lists that may be begun at once after a quiet time: two for each kind at start (streamed lists may be refused), and some to spare. */
const listBurst = 28
/** After the burst one list begins every ten seconds: a storm of 410s can't turn into a storm of lists. */
const listRefillMs = 10_000
/** Lists in flight at once. */
const listConcurrency = 3

/**
 * What Plumbline may ask of the API server, and what it asked. Lists are the expensive requests:
 * they pass through a token bucket and three slots; watches are one for each kind.
 */
export class RequestBudget {
  readonly #counts = new Map<string, { kind: string; verb: RequestVerb; reason: RequestReason; count: number }>()
  readonly #now: () => number
  #tokens = listBurst
  #filledAt: number
  #inFlight = 0
  readonly #waiting: (() => void)[] = []

  /** @param now monotonic milliseconds */
  constructor(now: () => number) {
    this.#now = now
    this.#filledAt = now()
  }

  count(kind: string, verb: RequestVerb, reason: RequestReason): void {
    const key = `${kind} ${verb} ${reason}`
    const entry = this.#counts.get(key)
    if (entry) entry.count += 1
    else this.#counts.set(key, { kind, verb, reason, count: 1 })
  }

  counts(): RequestCount[] {
    return [...this.#counts.values()].map((entry) => ({ ...entry }))
  }

  /** Waits for a slot, and for a token, then runs `list`; rejects when `signal` aborts while it waits. */
  async withListSlot<T>(signal: AbortSignal, list: () => Promise<T>): Promise<T> {
    while (this.#inFlight >= listConcurrency) {
      await this.#slotFreed(signal)
      signal.throwIfAborted()
    }
    this.#inFlight += 1
    try {
      await this.#takeToken(signal)
      return await list()
    } finally {
      this.#inFlight -= 1
      this.#waiting.shift()?.()
    }
  }

  /** Resolves when a slot is free for whoever waits longest, or `signal` aborts. */
  #slotFreed(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        signal.removeEventListener('abort', abandon)
        resolve()
      }
      const abandon = () => {
        const place = this.#waiting.indexOf(done)
        if (place >= 0) this.#waiting.splice(place, 1)
        resolve()
      }
      signal.addEventListener('abort', abandon)
      this.#waiting.push(done)
    })
  }

  async #takeToken(signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted()
      const now = this.#now()
      const refilled = Math.floor((now - this.#filledAt) / listRefillMs)
      if (refilled > 0) {
        this.#tokens = Math.min(listBurst, this.#tokens + refilled)
        this.#filledAt += refilled * listRefillMs
      }
      if (this.#tokens > 0) {
        this.#tokens -= 1
        return
      }
      const wait = Math.max(50, this.#filledAt + listRefillMs - now)
      await new Promise((resolve) => setTimeout(resolve, Math.min(wait, 1000)))
    }
  }
}
