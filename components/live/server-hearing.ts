import type { ServerStatus } from '../../domain/live/protocol.ts'
import { type Freshness, freshnessAt, type Hearing, sameFreshness } from './freshness.ts'
import type { ServerClock } from './server-clock.ts'

type Listener = () => void

/** Keeps the last status and judges once a second how fresh it is. Listeners hear of changes only. */
export class ServerHearing {
  readonly #clock: ServerClock
  readonly #listeners = new Set<Listener>()
  #hearing: Hearing
  #freshness: Freshness = { state: 'connecting', reason: 'server' }
  #firstBuild: string | null = null

  constructor(clock: ServerClock, startedAt: number) {
    this.#clock = clock
    this.#hearing = { status: null, statusAt: null, lostAt: null, startedAt }
    clock.subscribe(() => this.#judge(Date.now()))
  }

  get status(): ServerStatus | null {
    return this.#hearing.status
  }

  get freshness(): Freshness {
    return this.#freshness
  }

  /** The server was replaced by another build than the one this page was loaded from. */
  get outdated(): boolean {
    return this.#firstBuild !== null && this.#hearing.status?.build !== this.#firstBuild
  }

  hear(status: ServerStatus, browserTime: number): void {
    this.#clock.hear(status.serverTime, browserTime)
    this.#firstBuild ??= status.build
    this.#hearing = { ...this.#hearing, status, statusAt: browserTime, lostAt: null }
    this.#judge(browserTime)
    for (const listener of [...this.#listeners]) listener()
  }

  lose(browserTime: number): void {
    this.#hearing = { ...this.#hearing, lostAt: this.#hearing.lostAt ?? browserTime }
  }

  readonly subscribe = (listener: Listener): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #judge(browserTime: number): void {
    const freshness = freshnessAt(this.#hearing, browserTime)
    if (sameFreshness(freshness, this.#freshness)) return
    this.#freshness = freshness
    for (const listener of [...this.#listeners]) listener()
  }
}
