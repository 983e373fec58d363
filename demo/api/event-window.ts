import type { StoredObject } from './kubernetes-object.ts'

export type WatchEventType = 'ADDED' | 'MODIFIED' | 'DELETED'

/** One change as watches deliver it. */
export interface WatchRecord {
  readonly type: WatchEventType
  /** The revision at which the change happened; never falls from one record to the next. */
  readonly revision: number
  readonly stored: StoredObject
  /** The version before it; null for a new object. Watches with a selector need it. */
  readonly previous: StoredObject | null
  /** Clock of the demo cluster, ms since the Unix epoch. */
  readonly at: number
  /** A fault's: it tells nothing about the collection. */
  readonly injected?: boolean
}

/**
 * The recent changes of one collection, as the API server's watch cache keeps them: a watch may
 * begin at any revision inside the window, and every watcher reads from it at its own pace.
 */
export class EventWindow {
  #records: WatchRecord[] = []
  #head = 0
  /** Sequence number of the record at #head. */
  #firstSequence = 0
  /** The oldest revision from which a watch can begin without missing a record. */
  #start: number
  readonly #limit: number
  readonly #keepMs: number

  /**
   * @param start revision at which the window begins
   * @param limit most records kept
   * @param keepMs records older than this may go
   */
  constructor(start: number, limit: number, keepMs: number) {
    this.#start = start
    this.#limit = limit
    this.#keepMs = keepMs
  }

  get start(): number {
    return this.#start
  }

  get firstSequence(): number {
    return this.#firstSequence
  }

  get nextSequence(): number {
    return this.#firstSequence + this.#records.length - this.#head
  }

  /** The record of a sequence number; undefined before or after the window. */
  at(sequence: number): WatchRecord | undefined {
    if (sequence < this.#firstSequence) return undefined
    return this.#records[this.#head + sequence - this.#firstSequence]
  }

  append(record: WatchRecord): void {
    this.#records.push(record)
    while (this.#records.length - this.#head > this.#limit) this.#dropFirst()
    for (let first = this.#first(); first && first.at < record.at - this.#keepMs; first = this.#first()) {
      this.#dropFirst()
    }
    if (this.#head > 1024 && this.#head * 2 > this.#records.length) {
      this.#records = this.#records.slice(this.#head)
      this.#head = 0
    }
  }

  /** The sequence number of the first record after `revision`. */
  sequenceAfter(revision: number): number {
    let low = this.#head
    let high = this.#records.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#records[middle]?.revision ?? 0) > revision) high = middle
      else low = middle + 1
    }
    return this.#firstSequence + low - this.#head
  }

  /** Forgets everything up to `revision`. Watchers that still need it are behind the window from then on. */
  compact(revision: number): void {
    for (let first = this.#first(); first && first.revision <= revision; first = this.#first()) this.#dropFirst()
    if (revision > this.#start) this.#start = revision
  }

  /** Forgets everything and begins at `revision`, which may be older than what was known. */
  reset(revision: number): void {
    this.#firstSequence = this.nextSequence
    this.#records = []
    this.#head = 0
    this.#start = revision
  }

  #first(): WatchRecord | undefined {
    return this.#records[this.#head]
  }

  #dropFirst(): void {
    const first = this.#records[this.#head]
    if (!first) return
    this.#start = Math.max(this.#start, first.revision)
    this.#head += 1
    this.#firstSequence += 1
  }
}
