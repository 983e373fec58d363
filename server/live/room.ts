import type { AnalysisChanges } from '../../domain/analysis/cluster-analysis.ts'
import type { RoomSource } from '../../domain/live/room-source.ts'

/** Removed keys are remembered for clients that come back; beyond this many they get a snapshot instead. */
const mostTombstones = 5_000

interface Kept {
  readonly record: object
  /** `seq` of its last change. */
  readonly changedAt: number
}

export interface RoomDifference {
  readonly changed: (readonly [key: string, record: object])[]
  readonly removed: string[]
}

/**
 * One room's records as the browsers should have them, each with the `seq` of its last change. A
 * client is only ever sent the difference between where it stands and now: however long it was
 * slow or away, nothing is queued for it.
 */
export class Room {
  readonly name: string
  readonly #source: RoomSource
  readonly #records = new Map<string, Kept>()
  readonly #tombstones = new Map<string, number>()
  /** Differences can be told to clients that stand here or later. */
  #historyFrom: number
  /** `seq` of the last change. */
  changedAt: number

  constructor(name: string, source: RoomSource, seq: number) {
    this.name = name
    this.#source = source
    this.#historyFrom = seq
    this.changedAt = seq
    for (const [key, record] of source.records()) this.#records.set(key, { record, changedAt: seq })
  }

  get size(): number {
    return this.#records.size
  }

  /** Takes the changes in as of `seq`; false when none of them shows here. */
  update(changes: AnalysisChanges, seq: number): boolean {
    let changed = false
    for (const [key, record] of this.#source.update(changes)) {
      const kept = this.#records.get(key)
      if (record === null) {
        if (!kept) continue
        this.#records.delete(key)
        this.#tombstones.set(key, seq)
      } else {
        if (kept && (kept.record === record || sameRecord(kept.record, record))) continue
        this.#records.set(key, { record, changedAt: seq })
        this.#tombstones.delete(key)
      }
      changed = true
    }
    if (changed) this.changedAt = seq
    if (this.#tombstones.size > mostTombstones) {
      this.#tombstones.clear()
      this.#historyFrom = seq
    }
    return changed
  }

  snapshot(): (readonly [key: string, record: object])[] {
    return [...this.#records].map(([key, { record }]) => [key, record] as const)
  }

  /** What changed after `seq`; null when that isn't known any more and a snapshot is due. */
  since(seq: number): RoomDifference | null {
    if (seq < this.#historyFrom) return null
    const changed: (readonly [string, object])[] = []
    for (const [key, { record, changedAt }] of this.#records) if (changedAt > seq) changed.push([key, record])
    const removed: string[] = []
    for (const [key, removedAt] of this.#tombstones) if (removedAt > seq) removed.push(key)
    return { changed, removed }
  }
}

/** Whether two records read the same in a browser. Sources hand over small records, so their text is compared. */
function sameRecord(a: object, b: object): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
