import type { Fact } from '../../domain/history/fact.ts'
import { HistoryUnavailable } from './history-unavailable.ts'
import type { InitStepsOf } from './init-step-query.ts'
import type * as story from './pod-history.ts'
import { damageNotice } from './quarantine.ts'
import type { PodRange, Range } from './queries.ts'
import { type Present, type Reconciled, reconcile } from './reconcile.ts'
import { Recorder, type RecorderCounters } from './recorder.ts'
import type { Prune } from './retention.ts'
import type { StoreSize } from './store.ts'
import { StoreThread } from './store-thread.ts'

export interface OpenHistoryOptions {
  /** The SQLite file; made where there is none. */
  readonly file: string
  /** The cluster's own identity, such as the uid of namespace kube-system: one file may serve several. */
  readonly clusterId: string
  /** Wall clock, ms since the Unix epoch. */
  readonly now: () => number
  /** One line for the operator each time something changes for the worse or the better. */
  readonly log: (line: string) => void
  readonly retentionDays?: number
  /** Where the file holds more than this, what is oldest goes before its time. */
  readonly mostBytes?: number
  /** Facts that may wait; about 300 bytes each. The first list of 150,000 pods makes 600,000. */
  readonly maxQueued?: number
  /** Facts were lost and writing works again: call `resume` with what is now. */
  readonly onRecovered?: () => void
}

export interface HistoryCounters extends RecorderCounters, StoreSize {}

const day = 86_400_000
const beatEvery = 10_000
const pruneEvery = 600_000
const pruneRows = 2_000
/** A -wal file larger than this is emptied, or else someone reads without an end. */
const largeWal = 256 * 1024 * 1024

/**
 * Opens the history for this process.
 *
 * @throws {HistoryUnavailable} where someone has to do something first: `locked`, `read-only`,
 * `unwritable`, `newer-schema`, `changed-migration` or `foreign`. What may pass by itself (disk full)
 * gives a history that is paused and tries again.
 */
export async function openHistory(options: OpenHistoryOptions): Promise<History> {
  const { file, clusterId, now, log } = options
  const store = new StoreThread({ file, clusterId, busyTimeout: 2_000 })
  try {
    const aside = await store.open(now())
    if (aside !== null) log(damageNotice(file, aside))
    return new History(options, store, { notice: aside === null ? '' : damageNotice(file, aside) })
  } catch (error) {
    if (error instanceof HistoryUnavailable && error.passes && error.reason !== 'busy') {
      return new History(options, store, error)
    }
    await store.end()
    if (error instanceof HistoryUnavailable && error.reason === 'busy') {
      throw new HistoryUnavailable(
        'locked',
        `${file} is locked by another program; end that one, or name another file with --database`,
      )
    }
    throw error
  }
}

/** What is kept of the past. Everything here may be called at any time and blocks nobody. */
export class History {
  readonly #options: OpenHistoryOptions
  readonly #store: StoreThread
  readonly #recorder: Recorder
  readonly #timers: NodeJS.Timeout[]
  #size: StoreSize = { bytes: 0, walBytes: 0 }
  #droppedAtResume = 0
  #pruning = false
  #closing: Promise<void> | null = null
  readonly queries: HistoryReader

  constructor(
    options: OpenHistoryOptions,
    store: StoreThread,
    opened: { readonly notice: string } | HistoryUnavailable,
  ) {
    this.#options = options
    this.#store = store
    this.queries = new HistoryReader(store)
    this.#recorder = new Recorder(
      {
        store,
        file: options.file,
        now: options.now,
        log: options.log,
        maxQueued: options.maxQueued ?? 600_000,
        batchFacts: 2_000,
        gatherFor: 300,
        retryFirst: 1_000,
        retryMost: 30_000,
        makeRoom: () => this.#makeRoom(),
        onRecovered: () => options.onRecovered?.(),
      },
      opened,
    )
    this.#timers = [
      setInterval(() => void this.#beat(), beatEvery),
      setInterval(() => void this.#prune(), pruneEvery),
      setTimeout(() => void this.#prune(), 60_000),
    ]
  }

  record(facts: readonly Fact[]): void {
    this.#recorder.record(facts)
  }

  /**
   * Compares history with the cluster as it is: to be called after the first sync, and whenever
   * `onRecovered` says so. Waits while history is paused; never throws.
   */
  async resume(present: Present): Promise<Reconciled> {
    const { dropped } = this.#recorder.counters
    const again = dropped > this.#droppedAtResume
    this.#droppedAtResume = dropped
    try {
      return await reconcile(this.#recorder, this.#store, present, again)
    } catch (error) {
      if (!this.#closing) this.#options.log(`History could not be compared with the cluster: ${messageOf(error)}`)
      return { violatedSince: new Map(), runs: 0, pods: 0, violations: 0 }
    }
  }

  state(): { readonly state: 'ok' | 'paused' | 'off'; readonly message: string } {
    if (this.#closing) return { state: 'off', message: 'history is closed' }
    const { state, message } = this.#recorder.state
    if (state === 'ok' && message === '' && this.#size.walBytes > largeWal) {
      const size = Math.round(this.#size.walBytes / 1024 / 1024)
      return { state, message: `${this.#options.file}-wal has grown to ${size} MiB: another program reads the history` }
    }
    return { state, message }
  }

  counters(): HistoryCounters {
    return { ...this.#recorder.counters, ...this.#size }
  }

  /** Writes what waits. @returns whether all of it is written */
  flush(): Promise<boolean> {
    return this.#recorder.flush()
  }

  /** Writes what waits, for at most `within` ms, and lets go of the file. */
  close(within = 4_000): Promise<void> {
    this.#closing ??= this.#close(within)
    return this.#closing
  }

  async #close(within: number): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer)
    const written = await this.#recorder.close(within)
    const closed = this.#store.close(this.#options.now(), written).catch(() => {})
    await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 1_000).unref())])
    await this.#store.end()
  }

  async #beat(): Promise<void> {
    this.#recorder.beat()
    const size = await this.#store.size().catch(() => null)
    if (!size) return
    this.#size = size
    if (size.walBytes > largeWal) await this.#store.checkpoint().catch(() => {})
  }

  /** Some of what is too old, then a pause for others, until there is no more. */
  async #prune(): Promise<void> {
    if (this.#pruning || this.#closing) return
    this.#pruning = true
    try {
      while (!this.#closing && (await this.#store.prune(this.#old()))) {
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
    } catch {
      // The recorder meets the same trouble and tells of it.
    } finally {
      this.#pruning = false
    }
  }

  async #makeRoom(): Promise<void> {
    await this.#store.checkpoint().catch(() => {})
    await this.#store.prune(this.#old())
    await this.#store.checkpoint()
  }

  #old(): Prune {
    const { now, retentionDays = 30, mostBytes = 8 * 1024 ** 3 } = this.#options
    return { keepFrom: now() - retentionDays * day, now: now(), mostBytes, limit: pruneRows }
  }
}

/** Questions to the history. They throw HistoryUnavailable where it can't be read. */
export class HistoryReader {
  readonly #store: Pick<StoreThread, 'query'>

  constructor(store: Pick<StoreThread, 'query'>) {
    this.#store = store
  }

  /** One pod's story; null where nothing is kept of it. */
  async podHistory(uid: string, limit = 500): Promise<story.PodHistory | null> {
    return (await this.#store.query('podHistory', { uid, limit })) as story.PodHistory | null
  }

  /** The story of the youngest pod of this name. */
  async podHistoryByName(namespace: string, name: string, limit = 500): Promise<story.PodHistory | null> {
    return (await this.#store.query('podHistory', { namespace, name, limit })) as story.PodHistory | null
  }

  /** How long the init containers of a workload's pods have taken. */
  async initSteps(which: InitStepsOf): Promise<story.InitStepDurations[]> {
    return (await this.#store.query('initSteps', which)) as story.InitStepDurations[]
  }

  /** Runs of containers that ended within the range. */
  async containerRuns(range: PodRange): Promise<(story.ContainerRun & { readonly pod: story.PodOf })[]> {
    return (await this.#store.query('containerRuns', range)) as (story.ContainerRun & { readonly pod: story.PodOf })[]
  }

  /** Violations of spread constraints that touch the range. */
  async skewViolations(range: PodRange): Promise<story.SkewViolation[]> {
    return (await this.#store.query('skewViolations', range)) as story.SkewViolation[]
  }

  /** Times, touching the range, of which something is not known. */
  async gaps(range: Range): Promise<story.Gap[]> {
    return (await this.#store.query('gaps', range)) as story.Gap[]
  }

  /** What happened last before an instant, the newest first. */
  async recent(ask: {
    readonly before: number
    readonly limit: number
    readonly namespace?: string
  }): Promise<story.RecentFact[]> {
    return (await this.#store.query('recent', ask)) as story.RecentFact[]
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
