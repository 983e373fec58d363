import type { Fact } from '../../domain/history/fact.ts'
import { factsDropped } from '../../domain/history/gap-facts.ts'
import { encodeFacts, type FactBatch } from './fact-batch.ts'
import { type Dropped, FactQueue } from './fact-queue.ts'
import { HistoryUnavailable } from './history-unavailable.ts'
import { damageNotice } from './quarantine.ts'

/** What the recorder writes to. Store, in its thread, is one. */
export interface RecorderStore {
  open(now: number): Promise<string | null>
  check(now: number): Promise<string | null>
  write(batch: FactBatch): Promise<void>
}

export interface RecorderOptions {
  readonly store: RecorderStore
  readonly file: string
  readonly now: () => number
  readonly log: (line: string) => void
  /** Facts that may wait; the oldest of more are dropped. About 300 bytes each. */
  readonly maxQueued: number
  /** Facts in one transaction. */
  readonly batchFacts: number
  /** A fact waits at most this long, ms, for others to be written with. */
  readonly gatherFor: number
  /** Pause, ms, after the first failure; it doubles up to `retryMost`. */
  readonly retryFirst: number
  readonly retryMost: number
  /** Tries to free space in the file or on its disk. */
  readonly makeRoom: () => Promise<void>
  /** It is written again after facts were lost: what is now should be told anew. */
  readonly onRecovered: () => void
}

export interface RecorderCounters {
  readonly rowsWritten: number
  readonly queued: number
  readonly dropped: number
  /** Facts that the database refused for what they hold. */
  readonly rejected: number
  readonly batches: number
  /** The longest that one batch took, ms. */
  readonly slowestBatch: number
  readonly lastError: string
}

interface Barrier {
  readonly position: number
  readonly work: () => Promise<void>
  readonly fail: (error: unknown) => void
}

/**
 * The only writer. Takes facts at any rate without ever failing or blocking its caller, and writes
 * them in order, many at a time. While the file can't be written it is paused: it tries again and
 * again, keeps as much as it may, drops the oldest of what is more and records that as a gap.
 */
export class Recorder {
  readonly #options: RecorderOptions
  readonly #queue: FactQueue
  readonly #barriers: Barrier[] = []
  /** Taken out of the queue and not written yet. */
  #batch: Fact[] = []
  #batchLimit: number
  #timer: NodeJS.Timeout | null = null
  #running: Promise<void> | null = null
  #open: boolean
  #checked = false
  #beatDue = false
  #taking = true
  #closed = false
  #failures = 0
  #unavailable: HistoryUnavailable | null = null
  #notice: string
  #lost: Dropped | null = null
  /** The loss written last. A gap is known by its beginning: one that begins with it again is the same, grown. */
  #toldLost: Dropped | null = null
  #recovery = false
  #counters = { rowsWritten: 0, dropped: 0, rejected: 0, batches: 0, slowestBatch: 0, lastError: '' }

  /** `opened`: how opening the store went; a failure that may pass is tried again. */
  constructor(options: RecorderOptions, opened: { readonly notice: string } | HistoryUnavailable) {
    this.#options = options
    this.#queue = new FactQueue(options.maxQueued)
    this.#batchLimit = options.batchFacts
    this.#open = !(opened instanceof HistoryUnavailable)
    this.#notice = opened instanceof HistoryUnavailable ? '' : opened.notice
    if (opened instanceof HistoryUnavailable) this.#pause(opened)
    else this.#run()
  }

  get state(): { readonly state: 'ok' | 'paused'; readonly message: string } {
    return this.#unavailable
      ? { state: 'paused', message: this.#unavailable.message }
      : { state: 'ok', message: this.#notice }
  }

  get counters(): RecorderCounters {
    return { ...this.#counters, queued: this.#queue.length + this.#batch.length }
  }

  record(facts: readonly Fact[]): void {
    if (!this.#taking || facts.length === 0) return
    this.#queue.push(facts)
    const dropped = this.#queue.takeDropped()
    if (dropped) this.#countDropped(dropped)
    if (this.#unavailable || this.#running) return
    if (this.#queue.length >= this.#options.batchFacts) this.#run()
    else this.#timer ??= setTimeout(() => this.#run(), this.#options.gatherFor)
  }

  /** Does `work` when all facts recorded so far are written and none of the later ones. */
  after<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closed) return Promise.reject(new HistoryUnavailable('off', 'history is closed'))
    return new Promise<T>((resolve, fail) => {
      this.#barriers.push({ position: this.#queue.end, work: async () => resolve(await work()), fail })
      if (!this.#unavailable) this.#run()
    })
  }

  /** Writes the session's sign of life when all else is written. */
  beat(): void {
    this.#beatDue = true
    if (!this.#unavailable && !this.#closed) this.#run()
  }

  /** Writes everything recorded so far, now. @returns whether that could be done */
  async flush(): Promise<boolean> {
    let written = false
    // What is recorded meanwhile is not waited for.
    const reached = this.after(async () => {
      written = true
    }).catch(() => {})
    do {
      await Promise.race([reached, this.#running ?? this.#run()])
    } while (!written && !this.#unavailable && !this.#closed)
    return written
  }

  /** Takes nothing more, and tries for `within` ms to write what there is. @returns whether all is written */
  async close(within: number): Promise<boolean> {
    this.#taking = false
    let timer: NodeJS.Timeout | undefined
    const timeout = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), within)
    })
    const written = await Promise.race([this.flush(), timeout])
    clearTimeout(timer)
    this.#closed = true
    if (this.#timer) clearTimeout(this.#timer)
    for (const { fail } of this.#barriers.splice(0)) fail(new HistoryUnavailable('off', 'history is closed'))
    return written
  }

  get #waiting(): boolean {
    return this.#queue.length + this.#batch.length + this.#barriers.length > 0
  }

  /** One run at a time; ends when nothing waits or the file can't be written. Never rejects. */
  #run(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    this.#running ??= this.#work()
      .then(
        () => this.#resumeAfterPause(),
        (error: unknown) => this.#handle(error),
      )
      .finally(() => {
        this.#running = null
        // Something may have come after the last look at what waits.
        if (!this.#unavailable && !this.#closed && (this.#waiting || this.#beatDue)) {
          this.#timer ??= setTimeout(() => this.#run(), this.#options.gatherFor)
        }
      })
    return this.#running
  }

  async #work(): Promise<void> {
    const { store, now } = this.#options
    if (!this.#open) {
      this.#told(await store.open(now()))
      this.#open = true
    }
    if (!this.#checked) {
      this.#told(await store.check(now()))
      this.#checked = true
    }
    while (this.#waiting || this.#beatDue) {
      const barrier = this.#barriers[0]
      if (barrier && this.#batch.length === 0 && this.#queue.start >= barrier.position) await this.#pass(barrier)
      else await this.#writeSome(barrier ? barrier.position - this.#queue.start : Number.POSITIVE_INFINITY)
    }
  }

  async #pass(barrier: Barrier): Promise<void> {
    try {
      await barrier.work()
    } catch (error) {
      if (error instanceof HistoryUnavailable && error.passes) throw error
      barrier.fail(error)
    }
    this.#barriers.shift()
  }

  async #writeSome(most: number): Promise<void> {
    const { store, now } = this.#options
    if (this.#batch.length === 0) this.#batch = this.#queue.take(Math.min(most, this.#batchLimit))
    // After a refusal the batch is tried in ever smaller parts, to find what is wrong in it.
    const facts = this.#batch.slice(0, this.#batchLimit)
    const lost = this.#lost
    const gap = lost ? [factsDropped(lost.count, lost.from, lost.to)] : []
    const at = now()
    const last = facts.length === this.#batch.length && this.#queue.length === 0
    const batch = encodeFacts([...gap, ...facts], last ? at : null, (error) => this.#reject(error))
    const began = performance.now()
    try {
      await store.write(batch)
    } catch (error) {
      if (error instanceof HistoryUnavailable) throw error
      if (facts.length <= 1) this.#dropRefused(error)
      else this.#batchLimit = Math.ceil(facts.length / 2)
      return
    }
    const took = performance.now() - began
    this.#batch = this.#batch.slice(facts.length)
    if (this.#batch.length === 0) this.#batchLimit = this.#options.batchFacts
    if (last) this.#beatDue = false
    if (lost) this.#toldLost = lost
    if (this.#lost === lost) this.#lost = null
    this.#counters.rowsWritten += batch.facts - gap.length
    this.#counters.batches += 1
    this.#counters.slowestBatch = Math.max(this.#counters.slowestBatch, took)
  }

  /** The database refuses this one fact, or the statement as such. */
  #dropRefused(error: unknown): void {
    this.#reject(error instanceof Error ? error : new Error(String(error)))
    this.#batch = this.#batch.slice(1)
    this.#beatDue = false
  }

  #reject(error: Error): void {
    this.#counters.rejected += 1
    this.#counters.lastError = error.message
  }

  #countDropped(dropped: Dropped): void {
    const known = this.#lost ?? (this.#toldLost?.from === dropped.from ? this.#toldLost : null)
    this.#lost = {
      count: (known?.count ?? 0) + dropped.count,
      from: Math.min(known?.from ?? dropped.from, dropped.from),
      to: Math.max(known?.to ?? dropped.to, dropped.to),
    }
    this.#counters.dropped += dropped.count
    this.#recovery = true
  }

  #resumeAfterPause(): void {
    if (this.#unavailable) this.#options.log(`History is written again: ${this.#options.file}`)
    this.#unavailable = null
    this.#failures = 0
    if (!this.#recovery || this.#closed) return
    this.#recovery = false
    this.#options.onRecovered()
  }

  #handle(error: unknown): void {
    const failure =
      error instanceof HistoryUnavailable
        ? error
        : new HistoryUnavailable('io', `history can't be written: ${error instanceof Error ? error.message : error}`)
    this.#pause(failure)
  }

  #pause(failure: HistoryUnavailable): void {
    if (this.#unavailable?.message !== failure.message) this.#options.log(`History is paused: ${failure.message}`)
    this.#unavailable = failure
    this.#counters.lastError = failure.message
    // What was kept may be gone with the file or the thread; see what is there when it goes on.
    if (failure.reason === 'corrupt' || failure.reason === 'io') {
      this.#open = false
      this.#recovery = true
    }
    if (failure.reason === 'corrupt') this.#checked = false
    const { retryFirst, retryMost, makeRoom } = this.#options
    const pause = Math.min(retryMost, retryFirst * 2 ** this.#failures)
    this.#failures += 1
    if (this.#timer) clearTimeout(this.#timer)
    if (this.#closed) return
    this.#timer = setTimeout(() => {
      const room = failure.reason === 'disk-full' ? makeRoom().catch(() => {}) : Promise.resolve()
      void room.then(() => this.#run())
    }, pause)
  }

  /** @param aside the name under which a damaged file was put aside */
  #told(aside: string | null): void {
    if (aside === null) return
    this.#notice = damageNotice(this.#options.file, aside)
    this.#options.log(this.#notice)
  }
}
