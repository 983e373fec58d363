import type { KindStatus } from '../../domain/live/protocol.ts'
import type { ClusterObject, ClusterObjectKind } from '../../domain/model/cluster-object.ts'
import { readClusterObject } from '../../domain/read/cluster-object.ts'
import type { Interner } from '../../domain/read/interner.ts'
import type { Outcome } from './api-status.ts'
import type { Connection } from './connection.ts'
import { listPages } from './list.ts'
import { type Attempt, atStart, nextStep, type Progress } from './reflector-step.ts'
import type { RequestBudget, RequestReason } from './request-budget.ts'
import { isOlder } from './resource-version.ts'
import { type WatchEvent, watchOnce } from './watch.ts'
import type { WatchedKind } from './watched-kind.ts'

/** Where a reflector puts what it reads. Calls are synchronous and in the stream's order. */
export interface ReflectorSink {
  /** The object is new or has changed. */
  apply(object: ClusterObject): void
  /** The object is gone. `object` is its last state, where the server told it. */
  remove(kind: ClusterObjectKind, uid: string, object: ClusterObject | null): void
  /** A whole collection has been read: whatever else is kept of this kind is gone. Returns how many were. */
  retain(kind: ClusterObjectKind, uids: ReadonlySet<string>): number
  /** The resourceVersion kept for an object; undefined where it isn't known. */
  version(kind: ClusterObjectKind, uid: string): string | undefined
  /** The kind is complete for the first time, or again after an interruption that began at `lostAt`. */
  synced(kind: ClusterObjectKind, lostAt: number | null): void
  /** The permission to read this kind was withdrawn: forget it. */
  withdrawn(kind: ClusterObjectKind): void
  /** The server's versions went backwards: its storage was restored from a backup. */
  rewound(kind: ClusterObjectKind): void
}

export interface ReflectorOptions {
  readonly watched: WatchedKind
  /** The kind's paths that this cluster serves, best first; empty: it serves none. */
  readonly apis: readonly string[]
  readonly connection: Connection
  readonly budget: RequestBudget
  readonly sink: ReflectorSink
  readonly interner: Interner
  /** Whether the server can stream the initial list (WatchList). */
  readonly streamingLists: boolean
  /** A watch that is silent for this long, ms, is begun anew; bookmarks come about once a minute. */
  readonly silentAfter: number
  readonly random: () => number
  /** Wall clock, ms since the Unix epoch. */
  readonly now: () => number
  readonly onStatus: () => void
  /** The kind is in step again after a fault: the server may not be the one that it was. */
  readonly onRecovered: () => void
}

export interface ReflectorCounters {
  /** Objects without uid or name. */
  unreadable: number
  corrupt: number
  regressions: number
  duplicates: number
  /** Objects that a verifying list found missing or different without a reason. */
  drift: number
}

/** A permission that was there is taken for withdrawn after this, ms. */
const denialGrace = 30_000

/** Keeps one kind in step with the API server: list, then watch, for as long as it runs. */
export class Reflector {
  readonly kind: ClusterObjectKind
  readonly counters: ReflectorCounters = { unreadable: 0, corrupt: 0, regressions: 0, duplicates: 0, drift: 0 }
  /** While a verification runs: the uids that the watch has removed since it began. */
  removals: Set<string> | null = null
  readonly #options: ReflectorOptions
  #progress: Progress = atStart
  #api = 0
  #streaming: boolean
  #status: { state: KindStatus['state']; message: string } = { state: 'waiting', message: '' }
  #objects = 0
  #heardAt: number | null = null
  #lostAt: number | null = null
  #synced = false
  #resourceVersion = ''
  #wake: (() => void) | null = null
  #wakeable = false
  #restart = new AbortController()
  #knowsBookmarks = false
  #deniedSince: number | null = null

  constructor(options: ReflectorOptions) {
    this.#options = options
    this.kind = options.watched.kind
    this.#streaming = options.streamingLists
  }

  get status(): KindStatus {
    return { kind: this.kind, ...this.#status, objects: this.#objects, lastHeardAt: this.#heardAt }
  }

  /** Has been read completely at least once. */
  get hasSynced(): boolean {
    return this.#synced
  }

  /** Since when the kind is out of step, ms since the Unix epoch; null while it is live. */
  get lostAt(): number | null {
    return this.#lostAt
  }

  get resourceVersion(): string {
    return this.#resourceVersion
  }

  get path(): string {
    return `/${this.#options.apis[this.#api]}/${this.#options.watched.resource}`
  }

  /** The server is known to answer again: cuts a back-off short, though never one that the server asked for. */
  wake(): void {
    if (this.#wakeable) this.#wake?.()
  }

  /** What is kept can't be trusted any more: read everything anew. */
  relist(): void {
    this.#restart.abort()
  }

  async run(signal: AbortSignal): Promise<void> {
    let refusal: Outcome | null = null
    while (!signal.aborted) {
      if (this.#options.apis.length === 0) {
        this.#setStatus('absent', 'not served by this cluster')
        return
      }
      const began = performance.now()
      const attempt = { received: 0 }
      this.#restart = new AbortController()
      const attempted = await this.#attempt(AbortSignal.any([signal, this.#restart.signal]), attempt)
      if (signal.aborted) return
      const outcome = this.#judge(attempted)
      const done: Attempt = {
        lasted: performance.now() - began,
        received: attempt.received,
        resourceVersion: this.#resourceVersion,
        knowsBookmarks: this.#knowsBookmarks,
      }
      if (outcome.type === 'forbidden' || outcome.type === 'absent') {
        // Another API may serve, or allow, the same objects; only when none does is the first refusal told.
        refusal ??= outcome
        if (this.#api + 1 < this.#options.apis.length) {
          this.#api += 1
          this.#progress = atStart
          continue
        }
        this.#api = 0
        this.#note(refusal)
      } else {
        this.#note(outcome)
      }
      refusal = null
      if (outcome.type === 'unsupported') this.#streaming = false
      const next = nextStep(this.#progress, outcome, done, this.#options.random)
      this.#progress = next.progress
      this.#wakeable = outcome.type === 'fault' || outcome.type === 'silent'
      await this.#pause(next.delay, signal)
    }
  }

  /**
   * An API server that has just started refuses for some seconds what its RBAC allows, until it has
   * read the roles: what was readable before is forgotten only when it stays refused.
   */
  #judge(outcome: Outcome): Outcome {
    if (outcome.type === 'stopped') return { type: 'regressed', message: 'the server’s versions went backwards' }
    if (outcome.type !== 'forbidden' || !this.#synced) return outcome
    this.#deniedSince ??= performance.now()
    if (performance.now() - this.#deniedSince > denialGrace) return outcome
    return { type: 'fault', message: outcome.message, retryAfter: null }
  }

  async #attempt(signal: AbortSignal, attempt: { received: number }): Promise<Outcome> {
    const { position } = this.#progress
    if (position.at === 'watch') return this.#watch(signal, position.reason, false, attempt)
    this.#setStatus(this.#synced ? 'retrying' : 'waiting', this.#status.message)
    return this.#options.budget
      .withListSlot(signal, () =>
        this.#streaming
          ? this.#streamList(signal, position.reason, attempt)
          : this.#list(signal, position.reason, attempt),
      )
      .then(
        // A streamed list goes on as a watch, which must not keep its list slot.
        async (outcome) => (outcome === 'listed' ? this.#watch(signal, 'resume', false, attempt) : outcome),
        (): Outcome => ({ type: 'stopped' }),
      )
  }

  async #list(signal: AbortSignal, reason: RequestReason, attempt: { received: number }): Promise<Outcome | 'listed'> {
    this.#setStatus(this.#synced ? 'retrying' : 'listing', this.#status.message)
    const seen = new Set<string>()
    const { budget, connection } = this.#options
    const result = await listPages(
      connection,
      this.path,
      signal,
      () => budget.count(this.kind, 'list', reason),
      (items) => {
        attempt.received += items.length
        this.#heard()
        for (const item of items) this.#applyListed(item, seen)
        this.#objects = Math.max(this.#objects, seen.size)
        this.#options.onStatus()
      },
    )
    if (result.type !== 'listed') return result
    this.#completeList(seen, result.resourceVersion)
    return 'listed'
  }

  /** WatchList (KEP-3157): the collection arrives as ADDED events, ended by a marked bookmark. */
  async #streamList(
    signal: AbortSignal,
    reason: RequestReason,
    attempt: { received: number },
  ): Promise<Outcome | 'listed'> {
    this.#setStatus(this.#synced ? 'retrying' : 'listing', this.#status.message)
    const outcome = await this.#watch(signal, reason, true, attempt)
    return outcome.type === 'ended' && this.#progress.position.at === 'watch' ? 'listed' : outcome
  }

  #applyListed(item: unknown, seen: Set<string>): void {
    const object = this.#read(item)
    if (!object) return
    seen.add(object.uid)
    this.#options.sink.apply(object)
  }

  #completeList(seen: ReadonlySet<string>, resourceVersion: string): void {
    const { sink } = this.#options
    if (this.#resourceVersion !== '' && isOlder(resourceVersion, this.#resourceVersion)) sink.rewound(this.kind)
    sink.retain(this.kind, seen)
    this.#objects = seen.size
    this.#resourceVersion = resourceVersion
    this.#progress = { ...atStart, position: { at: 'watch', resourceVersion, reason: 'resume' } }
    this.#live()
  }

  async #watch(
    signal: AbortSignal,
    reason: RequestReason,
    initial: boolean,
    attempt: { received: number },
  ): Promise<Outcome> {
    const { budget, connection, silentAfter, random } = this.#options
    budget.count(this.kind, initial ? 'list' : 'watch', reason)
    const seen = initial ? new Set<string>() : null
    let listing = initial
    return watchOnce({
      connection,
      path: this.path,
      signal,
      silentAfter,
      parameters: {
        ...(initial
          ? { sendInitialEvents: 'true', resourceVersionMatch: 'NotOlderThan' }
          : { resourceVersion: this.#resourceVersion }),
        // client-go spreads its watches over 5 to 10 minutes so that a dead stream can't live for ever.
        timeoutSeconds: String(Math.floor(300 + random() * 300)),
      },
      onOpen: () => {
        this.#heard()
        if (!listing) this.#live()
      },
      onHeard: () => this.#heard(),
      onTaken: () => this.#options.onStatus(),
      onEvent: (event) => {
        attempt.received += 1
        if (!listing || !seen) return this.#applyEvent(event)
        if (event.type === 'BOOKMARK') {
          if (!event.initialEventsEnd) return null
          listing = false
          this.#completeList(seen, event.resourceVersion)
          // The rest of this stream would be a watch; it is opened anew so that the list slot is free.
          return { type: 'ended' }
        }
        if (event.type !== 'DELETED') this.#applyListed(event.object, seen)
        return null
      },
    })
  }

  #applyEvent(event: WatchEvent): Outcome | null {
    const { sink } = this.#options
    if (isOlder(event.resourceVersion, this.#resourceVersion)) {
      // Within one watch versions only grow. Applying this could bring back the dead.
      this.counters.regressions += 1
      return {
        type: 'regressed',
        message: `an event of version ${event.resourceVersion} came after ${this.#resourceVersion}`,
      }
    }
    this.#resourceVersion = event.resourceVersion
    if (event.type === 'BOOKMARK') {
      this.#knowsBookmarks = true
      return null
    }
    const object = this.#read(event.object)
    if (!object) return null
    const known = sink.version(this.kind, object.uid)
    if (event.type === 'DELETED') {
      this.removals?.add(object.uid)
      if (known === undefined) return null
      this.#objects -= 1
      sink.remove(this.kind, object.uid, object)
    } else if (known === object.resourceVersion) {
      this.counters.duplicates += 1
    } else {
      if (known === undefined) this.#objects += 1
      sink.apply(object)
    }
    return null
  }

  #read(raw: unknown): ClusterObject | null {
    const object = readClusterObject(this.kind, raw, this.#options.interner)
    if (!object) this.counters.unreadable += 1
    return object
  }

  #heard(): void {
    this.#heardAt = this.#options.now()
  }

  #live(): void {
    const lostAt = this.#lostAt
    const first = !this.#synced
    this.#synced = true
    this.#lostAt = null
    this.#deniedSince = null
    this.#setStatus('live', '')
    if (first || lostAt !== null) this.#options.sink.synced(this.kind, lostAt)
    if (lostAt !== null) this.#options.onRecovered()
  }

  #note(outcome: Outcome): void {
    if (outcome.type === 'ended' || outcome.type === 'stopped') return
    if (outcome.type === 'corrupt') this.counters.corrupt += 1
    if (outcome.type === 'forbidden' || outcome.type === 'absent') {
      if (this.#synced) this.#options.sink.withdrawn(this.kind)
      this.#synced = false
      this.#lostAt = null
      this.#objects = 0
      this.#resourceVersion = ''
      this.#setStatus(outcome.type, outcome.message)
      return
    }
    if (this.#synced && this.#lostAt === null) this.#lostAt = this.#heardAt ?? this.#options.now()
    this.#setStatus('retrying', outcome.message)
  }

  #setStatus(state: KindStatus['state'], message: string): void {
    if (this.#status.state === state && this.#status.message === message) return
    this.#status = { state, message }
    this.#options.onStatus()
  }

  #pause(delay: number, signal: AbortSignal): Promise<void> {
    if (delay <= 0) return Promise.resolve()
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', done)
        this.#wake = null
        resolve()
      }
      const timer = setTimeout(done, delay)
      signal.addEventListener('abort', done)
      this.#wake = () => setTimeout(done, this.#options.random() * 500)
    })
  }
}
