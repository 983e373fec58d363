import { ByteSink } from './api/byte-sink.ts'
import type { WatchEventType, WatchRecord } from './api/event-window.ts'
import type { HttpFront } from './api/http-front.ts'
import type { Backup, ObjectStore } from './api/object-store.ts'
import { writeEvent } from './api/object-text.ts'
import type { FaultFilter, RequestFaults } from './api/request-faults.ts'
import type { Resource } from './api/resource.ts'
import { type Refusal, refusal } from './api/status.ts'
import type { Watcher } from './api/watcher.ts'

export interface FaultTargets {
  readonly front: HttpFront
  readonly store: ObjectStore
  readonly requests: RequestFaults
  readonly watchers: ReadonlySet<Watcher>
  readonly resources: readonly Resource[]
}

/**
 * Everything that can be made to go wrong. Where a plural may be given, leaving it out means all
 * kinds. `heal` ends whatever lasts.
 */
export class Faults {
  /** Revisions by which the server pretends to be behind: later resourceVersions are "too large" (504). */
  lag = 0
  readonly #targets: FaultTargets
  readonly #muted = new Set<string>()
  readonly #bookmarksOnly = new Set<string>()
  #closing: NodeJS.Timeout | null = null

  constructor(targets: FaultTargets) {
    this.#targets = targets
  }

  /**
   * Breaks all connections and refuses new ones for `ms`, then serves again; with a backup, from that
   * older state (resourceVersions go backwards). Resolves when the server is back.
   */
  async outage(ms: number, restored?: Backup): Promise<void> {
    await this.#targets.front.down()
    if (restored) this.#targets.store.restore(restored)
    await new Promise((resolve) => setTimeout(resolve, ms))
    await this.#targets.front.up()
  }

  /** Breaks all connections and refuses new ones until `recover`. */
  async down(): Promise<void> {
    await this.#targets.front.down()
  }

  async recover(): Promise<void> {
    await this.#targets.front.up()
  }

  /** Puts the stored objects and the revision back to a backup's, with open connections left as they are. */
  restore(backup: Backup): void {
    this.#targets.store.restore(backup)
  }

  /** Refuses the next `times` requests that match with a Status. Returns a function that takes it back. */
  refuse(filter: FaultFilter, code: number, more: Partial<Refusal> & { times?: number } = {}): () => void {
    const { times = 1, ...rest } = more
    const refused = refusal(code, rest.message ?? `injected fault: HTTP ${code}`, rest)
    return this.#targets.requests.add(filter, { type: 'refuse', refusal: refused }, times)
  }

  /** Answers with a body that is no Status, for example a proxy's HTML. */
  answer(filter: FaultFilter, code: number, text: string, times = 1): () => void {
    return this.#targets.requests.add(filter, { type: 'body', code, text }, times)
  }

  /** Answers the next requests later, headers included. */
  delay(filter: FaultFilter, ms: number, times = Number.POSITIVE_INFINITY): () => void {
    return this.#targets.requests.add(filter, { type: 'delay', ms }, times)
  }

  /** Takes the next requests and says nothing until `heal`. */
  stall(filter: FaultFilter, times = Number.POSITIVE_INFINITY): () => void {
    return this.#targets.requests.add(filter, { type: 'stall' }, times)
  }

  /** Requests that are stalled now. */
  get stalled(): number {
    return this.#targets.requests.stalled
  }

  /** Breaks the connection instead of answering. */
  reset(filter: FaultFilter, times = 1): () => void {
    return this.#targets.requests.add(filter, { type: 'reset' }, times)
  }

  /** Breaks the connection after so many characters of a list. */
  truncate(filter: FaultFilter, characters: number, times = 1): () => void {
    return this.#targets.requests.add(filter, { type: 'truncate', characters }, times)
  }

  /** Ends watches cleanly, as their timeouts do. */
  closeWatches(plural?: string): void {
    for (const watcher of this.#watchers(plural)) watcher.close()
  }

  /** Ends all watches cleanly every `ms`, until `heal`. */
  closeWatchesEvery(ms: number): void {
    if (this.#closing) clearInterval(this.#closing)
    this.#closing = setInterval(() => this.closeWatches(), ms)
    this.#closing.unref()
  }

  /** Breaks the connections of watches. */
  resetWatches(plural?: string): void {
    for (const watcher of this.#watchers(plural)) watcher.reset()
  }

  /** The watches that are open now never say anything again; new ones work. */
  blackHole(plural?: string): void {
    for (const watcher of this.#watchers(plural)) watcher.muted = true
  }

  /** Watches of the kind, also new ones, bring headers and then nothing, until `unmute` or `heal`. */
  mute(plural: string): void {
    this.#muted.add(plural)
    this.blackHole(plural)
  }

  unmute(plural: string): void {
    this.#muted.delete(plural)
    for (const watcher of this.#watchers(plural)) {
      watcher.muted = false
      watcher.schedule()
    }
  }

  /** Watches of the kind bring bookmarks and nothing else, until `heal`. What happens meanwhile is never sent. */
  bookmarksOnly(plural: string): void {
    this.#bookmarksOnly.add(plural)
    for (const watcher of this.#watchers(plural)) watcher.bookmarksOnly = true
  }

  /** Sends a bookmark now to every watch that takes them. */
  bookmark(plural?: string): void {
    for (const watcher of this.#watchers(plural)) watcher.bookmark()
  }

  /** Breaks watches in the middle of an event's line. */
  cutMidLine(plural?: string): void {
    this.#cut(plural, (line) => Math.floor(line.length / 2))
  }

  /** Breaks watches in the middle of a line, after the first byte of a character that has several in UTF-8. */
  cutMidCharacter(plural?: string): void {
    this.#cut(plural, (line) => line.findIndex((byte) => byte >= 0x80) + 1)
  }

  /** Sends one whole event (of an object that is there) in two writes, split inside a UTF-8 sequence. */
  splitCharacter(plural?: string): void {
    for (const watcher of this.#watchers(plural)) {
      const line = this.#line(watcher)
      const middle = line.findIndex((byte) => byte >= 0x80) + 1
      watcher.raw(line.subarray(0, middle))
      setTimeout(() => watcher.raw(line.subarray(middle)), 50)
    }
  }

  /** Sends a line that is not JSON in the middle of the stream, which goes on. */
  invalidLine(plural?: string, line = '{"type":"MODIFIED","object":{"metadata":'): void {
    for (const watcher of this.#watchers(plural)) watcher.raw(`${line}\n`)
  }

  /** Sends any text, also without a line's end. */
  raw(text: string | Uint8Array, plural?: string): void {
    for (const watcher of this.#watchers(plural)) watcher.raw(text)
  }

  /** Sends an ERROR event with a Status and ends the watches. */
  watchError(code: number, plural?: string, more: Partial<Refusal> = {}): void {
    const refused = refusal(code, more.message ?? `injected fault: code ${code}`, more)
    for (const watcher of this.#watchers(plural)) watcher.error(refused)
  }

  /** Delivers the last event of a kind once more. */
  repeatEvent(plural: string): void {
    const { window } = this.#targets.store.collection(plural)
    const last = window.at(window.nextSequence - 1)
    if (last) this.#targets.store.collection(plural).emit([last])
  }

  /** Delivers the next two events of a kind in the wrong order. */
  swapNextEvents(plural: string): void {
    const collection = this.#targets.store.collection(plural)
    let first: WatchRecord | null = null
    collection.interceptor = (record) => {
      if (!first) {
        first = record
        return []
      }
      collection.interceptor = null
      return [record, { ...first, revision: record.revision }]
    }
  }

  /** Delivers the version of an object before its present one once more, under its old resourceVersion. */
  sendOlder(plural: string, namespace: string, name: string): boolean {
    const collection = this.#targets.store.collection(plural)
    const { window } = collection
    for (let sequence = window.nextSequence - 1; sequence >= window.firstSequence; sequence -= 1) {
      const record = window.at(sequence)
      if (record?.previous && record.stored.namespace === namespace && record.stored.name === name) {
        const { previous } = record
        collection.emit([
          { type: 'MODIFIED', revision: this.#targets.store.revision, stored: previous, previous, at: record.at },
        ])
        return true
      }
    }
    return false
  }

  /** Loses the next events of a type on the way to all watchers: a lost DELETED leaves a ghost. */
  dropNext(plural: string, type: WatchEventType = 'DELETED', times = 1): void {
    const collection = this.#targets.store.collection(plural)
    let left = times
    collection.interceptor = (record) => {
      if (record.type !== type) return [record]
      left -= 1
      if (left === 0) collection.interceptor = null
      return []
    }
  }

  /** Ends everything that lasts: rules, stalls, mutes, lags and pending swaps. The server comes back if it was down. */
  async heal(): Promise<void> {
    this.lag = 0
    if (this.#closing) clearInterval(this.#closing)
    this.#closing = null
    this.#targets.requests.clear()
    for (const collection of this.#targets.store.collections) collection.interceptor = null
    for (const plural of [...this.#muted]) this.unmute(plural)
    this.#bookmarksOnly.clear()
    for (const watcher of this.#watchers()) {
      watcher.bookmarksOnly = false
      watcher.muted = false
      watcher.schedule()
    }
    await this.#targets.front.up()
  }

  /** Takes over what lasts to a watch that has just been opened. */
  meet(watcher: Watcher): void {
    if (this.#muted.has(watcher.plural)) watcher.muted = true
    if (this.#bookmarksOnly.has(watcher.plural)) watcher.bookmarksOnly = true
  }

  stop(): void {
    if (this.#closing) clearInterval(this.#closing)
    this.#targets.requests.clear()
  }

  #watchers(plural?: string): Watcher[] {
    return [...this.#targets.watchers].filter((watcher) => plural === undefined || watcher.plural === plural)
  }

  #cut(plural: string | undefined, where: (line: Buffer) => number): void {
    for (const watcher of this.#watchers(plural)) {
      const line = this.#line(watcher)
      watcher.raw(line.subarray(0, where(line)))
      // What was written must leave before the connection breaks.
      setTimeout(() => watcher.reset(), 20)
    }
  }

  /** A MODIFIED event of the kind's first object, with characters of two to four bytes in it. */
  #line(watcher: Watcher): Buffer {
    const resource = this.#targets.resources.find((each) => each.plural === watcher.plural)
    const [stored] = this.#targets.store.collection(watcher.plural).values()
    if (!resource || !stored) return Buffer.from('{"type":"MODIFIED","object":{"metadata":{"name":"naïve-😀"}}}\n')
    const sink = new ByteSink()
    writeEvent(sink, 'MODIFIED', stored, resource)
    const text = sink.take().toString()
    return Buffer.from(text.replace('"metadata":{', '"metadata":{"x-note":"naïve ünïcode 😀",'))
  }
}
