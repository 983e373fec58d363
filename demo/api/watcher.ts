import type { ServerResponse } from 'node:http'
import { ByteSink, recycle } from './byte-sink.ts'
import type { Collection } from './collection.ts'
import type { WatchRecord } from './event-window.ts'
import type { StoredObject } from './kubernetes-object.ts'
import { bookmarkText, writeEvent } from './object-text.ts'
import type { Resource } from './resource.ts'
import type { Selector } from './selector.ts'
import { type Refusal, statusText } from './status.ts'

export interface WatcherOptions {
  readonly response: ServerResponse
  readonly resource: Resource
  readonly collection: Collection
  /** Empty: all. */
  readonly namespace: string
  readonly selector: Selector | null
  /** Objects told as ADDED before anything else; null where the watch begins at a revision. */
  readonly initial: readonly StoredObject[] | null
  /** End the initial objects with the bookmark of a watch-list. */
  readonly markInitialEnd: boolean
  /** Where to read on in the collection's window. */
  readonly sequence: number
  readonly startRevision: number
  readonly bookmarks: boolean
  readonly bookmarkIntervalMs: number
  readonly timeoutMs: number
  /** A watcher that is further behind than this many events is cut off. */
  readonly backlog: number
  readonly currentRevision: () => number
  readonly onClosed: (watcher: Watcher) => void
}

const chunkSize = 64 * 1024

/**
 * One open watch. It reads from the collection's window at the pace of its client: nothing is
 * buffered beyond one chunk, and a client that falls too far behind is cut off, as the API server does.
 */
export class Watcher {
  readonly plural: string
  readonly openedAt = Date.now()
  /** Events sent, bookmarks not counted. */
  sent = 0
  /** While true nothing at all is sent. */
  muted = false
  /** While true events are passed over in silence and only bookmarks are sent. */
  bookmarksOnly = false
  readonly #options: WatcherOptions
  readonly #timers: NodeJS.Timeout[] = []
  readonly #sink = new ByteSink()
  #initialIndex = 0
  #initialDone: boolean
  #sequence: number
  #revision: number
  #blocked = false
  #closed = false
  #scheduled = false

  constructor(options: WatcherOptions) {
    this.#options = options
    this.plural = options.resource.plural
    this.#sequence = options.sequence
    this.#revision = options.startRevision
    this.#initialDone = options.initial === null
    const { response, bookmarkIntervalMs, timeoutMs } = options
    response.on('close', () => this.#onClosed())
    response.on('drain', () => {
      this.#blocked = false
      this.pump()
    })
    const timer = setTimeout(() => this.close(), timeoutMs)
    this.#timers.push(timer)
    if (options.bookmarks) {
      this.#timers.push(setInterval(() => this.bookmark(), bookmarkIntervalMs))
      if (timeoutMs > 4000) this.#timers.push(setTimeout(() => this.bookmark(), timeoutMs - 2000))
    }
    for (const each of this.#timers) each.unref()
  }

  get closed(): boolean {
    return this.#closed
  }

  /** Something has changed; it is sent within this turn of the event loop, together with what else comes in it. */
  schedule(): void {
    if (this.#scheduled || this.#closed) return
    this.#scheduled = true
    setImmediate(() => {
      this.#scheduled = false
      this.pump()
    })
  }

  /** Sends what there is to send, as far as the client takes it. */
  pump(): void {
    const { collection, backlog } = this.#options
    if (this.#closed) return
    const behind = collection.window.nextSequence - this.#sequence
    const cut = this.#sequence < collection.window.firstSequence || (this.#blocked && behind > backlog)
    if (this.muted) return
    if (cut) this.reset()
    if (cut || this.#blocked) return
    while (this.#next()) {
      if (this.#sink.length < chunkSize) continue
      this.#write(this.#sink.take())
      if (this.#blocked) return
    }
    if (this.#sink.length > 0) this.#write(this.#sink.take())
  }

  /** Sends a bookmark at once, if the client asked for them and everything before it has been sent. */
  bookmark(): void {
    if (!this.#options.bookmarks || this.#closed || this.muted) return
    this.pump()
    if (this.#closed || this.#blocked || !this.#initialDone) return
    this.#write(bookmarkText(this.#options.resource, this.#reached(), false))
  }

  /** Sends text as it is, whatever it means to the client. */
  raw(text: string | Uint8Array): void {
    if (this.#closed) return
    this.pump()
    this.#blocked = !this.#options.response.write(text)
  }

  /** An ERROR event, after which the API server ends the stream. */
  error(refused: Refusal): void {
    this.raw(`{"type":"ERROR","object":${statusText(refused)}}\n`)
    this.close()
  }

  /** Clean end of the stream. */
  close(): void {
    if (this.#closed) return
    this.#options.response.end()
    this.#onClosed()
  }

  /** The connection breaks. */
  reset(): void {
    this.#options.response.destroy()
    this.#onClosed()
  }

  /** Puts the next line into the sink; false where there is none. */
  #next(): boolean {
    const { initial, resource, collection } = this.#options
    if (!this.#initialDone) {
      while (initial && this.#initialIndex < initial.length) {
        const stored = initial[this.#initialIndex++]
        if (!stored || !this.#selected(stored)) continue
        this.#event('ADDED', stored)
        return true
      }
      this.#initialDone = true
      if (this.#options.markInitialEnd) {
        this.#sink.text(bookmarkText(resource, this.#revision, true))
        return true
      }
    }
    for (;;) {
      const record = collection.window.at(this.#sequence)
      if (!record) return false
      this.#sequence += 1
      this.#revision = Math.max(this.#revision, record.revision)
      const type = this.bookmarksOnly ? null : this.#typeOf(record)
      if (type === null) continue
      this.#event(type, record.stored)
      return true
    }
  }

  #event(type: string, stored: StoredObject): void {
    this.sent += 1
    writeEvent(this.#sink, type, stored, this.#options.resource)
  }

  /** With a selector, entering the selection is ADDED and leaving it is DELETED, whatever happened to the object. */
  #typeOf({ type, stored, previous }: WatchRecord): string | null {
    const { namespace, selector } = this.#options
    if (namespace !== '' && stored.namespace !== namespace) return null
    if (!selector) return type
    const before = previous !== null && selector(previous.object())
    const after = type !== 'DELETED' && selector(stored.object())
    if (!before && !after) return null
    return before && after ? 'MODIFIED' : after ? 'ADDED' : 'DELETED'
  }

  #selected(stored: StoredObject): boolean {
    const { namespace, selector } = this.#options
    return (namespace === '' || stored.namespace === namespace) && (!selector || selector(stored.object()))
  }

  /** How far this watch has come: to the present if nothing waits. */
  #reached(): number {
    const { collection, currentRevision } = this.#options
    return this.#sequence >= collection.window.nextSequence
      ? Math.max(this.#revision, currentRevision())
      : this.#revision
  }

  #write(data: string | Buffer): void {
    const written = () => {
      if (typeof data !== 'string') recycle(data)
    }
    this.#blocked = !this.#options.response.write(data, written)
  }

  #onClosed(): void {
    if (this.#closed) return
    this.#closed = true
    for (const timer of this.#timers) clearTimeout(timer)
    this.#options.onClosed(this)
  }
}
