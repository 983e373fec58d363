import type { Connection } from './connection.ts'
import type { RequestBudget } from './request-budget.ts'

/** After this much silence on every stream the server is asked whether it is still there, ms. */
const askAfter = 4_000
const answerWithin = 3_000

/**
 * Tells silence from loss. A quiet cluster sends nothing for a minute, and so does one behind a cut
 * cable; one `GET /version` (no objects, no storage behind it) after four silent seconds tells them
 * apart, so that a screen can be called stale within ten seconds. Nothing is asked while any stream speaks.
 */
export class Heartbeat {
  readonly #connection: Connection
  readonly #budget: RequestBudget
  readonly #now: () => number
  readonly #onChange: (reachable: boolean) => void
  /** Wall clock, ms: the last instant at which the server was heard. */
  heardAt: number | null = null
  reachable = false

  constructor(options: {
    connection: Connection
    budget: RequestBudget
    now: () => number
    onChange: (reachable: boolean) => void
  }) {
    this.#connection = options.connection
    this.#budget = options.budget
    this.#now = options.now
    this.#onChange = options.onChange
  }

  /** Some stream brought something. */
  heard(at: number): void {
    if (this.heardAt === null || at > this.heardAt) this.heardAt = at
    this.#set(true)
  }

  /** Asks where there has been silence; call it about once a second. */
  async check(signal: AbortSignal): Promise<void> {
    if (this.heardAt !== null && this.#now() - this.heardAt < askAfter && this.reachable) return
    this.#budget.count('', 'get', 'heartbeat')
    try {
      const response = await this.#connection.get({
        path: '/version',
        signal: AbortSignal.any([signal, AbortSignal.timeout(answerWithin)]),
        headersTimeout: answerWithin,
      })
      response.body.resume()
      // Any answer, even a refusal, is a sign of life, save those that a proxy gives for a dead server.
      if (response.status < 500) this.heard(this.#now())
      else this.#set(false)
    } catch {
      if (!signal.aborted) this.#set(false)
    }
  }

  #set(reachable: boolean): void {
    if (this.reachable === reachable) return
    this.reachable = reachable
    this.#onChange(reachable)
  }
}
