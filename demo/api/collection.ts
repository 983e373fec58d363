import type { EventWindow, WatchEventType, WatchRecord } from './event-window.ts'
import { keyOf, type StoredObject } from './kubernetes-object.ts'

interface Slot {
  readonly key: string
  current: StoredObject
}

/** The state of a collection at one revision, in the order of its keys. */
export interface Snapshot {
  readonly revision: number
  readonly objects: readonly StoredObject[]
  readonly takenAt: number
}

/** What becomes of a change on its way to the watchers; faults drop, repeat or reorder records with it. */
export type Interceptor = (record: WatchRecord) => readonly WatchRecord[]

/** etcd is compacted every five minutes by default: so long a list may be continued, ms. */
const snapshotLife = 300_000
const mostSnapshots = 32

/** All objects of one resource, with their recent changes. */
export class Collection {
  readonly plural: string
  readonly window: EventWindow
  /** Called after each change, once its records stand in the window. */
  onChange: () => void = () => {}
  interceptor: Interceptor | null = null
  readonly #slots = new Map<string, Slot>()
  #sorted: Slot[] = []
  #unsorted = false
  readonly #snapshots = new Map<number, Snapshot>()

  constructor(plural: string, window: EventWindow) {
    this.plural = plural
    this.window = window
  }

  get size(): number {
    return this.#slots.size
  }

  get(namespace: string, name: string): StoredObject | undefined {
    return this.#slots.get(keyOf(namespace, name))?.current
  }

  /** Puts one version in place of the one before it and tells the watchers. */
  put(stored: StoredObject, now: number): void {
    this.#sort()
    const key = keyOf(stored.namespace, stored.name)
    const slot = this.#slots.get(key)
    const previous = slot?.current ?? null
    if (slot) slot.current = stored
    else this.#sorted.splice(this.#position(key), 0, this.#add(key, stored))
    this.#record(previous === null ? 'ADDED' : 'MODIFIED', stored, previous, now)
  }

  /** Puts an object in place without an event, as it was before the server began to serve. */
  load(stored: StoredObject): void {
    const key = keyOf(stored.namespace, stored.name)
    const slot = this.#slots.get(key)
    if (slot) {
      slot.current = stored
      return
    }
    this.#unsorted ||= (this.#sorted.at(-1)?.key ?? '') > key
    this.#sorted.push(this.#add(key, stored))
  }

  /** @param stored the object's last state, under the revision of its deletion */
  remove(stored: StoredObject, now: number): void {
    const key = keyOf(stored.namespace, stored.name)
    const slot = this.#slots.get(key)
    if (!slot) return
    this.#sort()
    this.#slots.delete(key)
    this.#sorted.splice(this.#position(key), 1)
    this.#record('DELETED', stored, slot.current, now)
  }

  /** Puts records straight before the watchers; for faults. */
  emit(records: readonly WatchRecord[]): void {
    for (const record of records) this.window.append({ ...record, injected: true })
    this.onChange()
  }

  /** The state now, kept so that a paged list can be continued. */
  snapshot(revision: number, now: number): Snapshot {
    this.#sort()
    for (const [key, old] of this.#snapshots) {
      if (old.takenAt < now - snapshotLife || this.#snapshots.size >= mostSnapshots) this.#snapshots.delete(key)
    }
    const known = this.#snapshots.get(revision)
    if (known) return known
    const snapshot = { revision, objects: this.#sorted.map((slot) => slot.current), takenAt: now }
    this.#snapshots.set(revision, snapshot)
    return snapshot
  }

  /** The state at an earlier revision; undefined where it is compacted. */
  snapshotAt(revision: number, now: number): Snapshot | undefined {
    const snapshot = this.#snapshots.get(revision)
    if (snapshot) return snapshot.takenAt >= now - snapshotLife ? snapshot : undefined
    if (revision < this.window.start) return undefined
    const objects = new Map<string, StoredObject>()
    for (const [key, slot] of this.#slots) objects.set(key, slot.current)
    const { firstSequence, nextSequence } = this.window
    for (let sequence = nextSequence - 1; sequence >= firstSequence; sequence -= 1) {
      const record = this.window.at(sequence)
      if (!record || record.revision <= revision) break
      if (record.injected) continue
      const key = keyOf(record.stored.namespace, record.stored.name)
      if (record.previous) objects.set(key, record.previous)
      else objects.delete(key)
    }
    const sorted = [...objects].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    return { revision, objects: sorted.map(([, stored]) => stored), takenAt: now }
  }

  /** The objects now, in the order of their keys. */
  *values(): Generator<StoredObject> {
    this.#sort()
    for (const slot of this.#sorted) yield slot.current
  }

  compact(revision: number): void {
    this.#snapshots.clear()
    this.window.compact(revision)
  }

  /** Takes over another state altogether, without events: etcd was restored from a backup. */
  restore(objects: readonly StoredObject[], revision: number): void {
    this.#slots.clear()
    this.#snapshots.clear()
    this.#sorted = objects.map((current) => ({ key: keyOf(current.namespace, current.name), current }))
    for (const slot of this.#sorted) this.#slots.set(slot.key, slot)
    this.#unsorted = true
    this.window.reset(revision)
  }

  #add(key: string, current: StoredObject): Slot {
    const slot: Slot = { key, current }
    this.#slots.set(key, slot)
    return slot
  }

  #record(type: WatchEventType, stored: StoredObject, previous: StoredObject | null, at: number): void {
    const record: WatchRecord = { type, revision: stored.revision, stored, previous, at }
    for (const each of this.interceptor ? this.interceptor(record) : [record]) this.window.append(each)
    this.onChange()
  }

  #sort(): void {
    if (!this.#unsorted) return
    this.#sorted.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    this.#unsorted = false
  }

  /** Where a key stands, or would stand. */
  #position(key: string): number {
    let low = 0
    let high = this.#sorted.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#sorted[middle]?.key ?? '') < key) low = middle + 1
      else high = middle
    }
    return low
  }
}
