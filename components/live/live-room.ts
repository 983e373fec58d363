import type { RoomDelta, RoomSnapshot } from '../../domain/live/protocol.ts'

/**
 * The browser's copy of one room: keyed records that stand at a point (epoch, seq) of the server's
 * life. It only ever holds a state that the server once had: what doesn't fit isn't applied.
 */
export class LiveRoom {
  readonly records = new Map<string, unknown>()
  /** Null until the first snapshot. */
  epoch: string | null = null
  seq = 0

  /** Replaces everything and returns the keys that came, changed or went. */
  applySnapshot(snapshot: Pick<RoomSnapshot, 'epoch' | 'seq' | 'records'>): Set<string> {
    const touched = new Set(this.records.keys())
    this.records.clear()
    for (const [key, record] of snapshot.records) {
      this.records.set(key, record)
      touched.add(key)
    }
    this.epoch = snapshot.epoch
    this.seq = snapshot.seq
    return touched
  }

  /** Forgets everything, as before the first snapshot; returns the keys that went. */
  clear(): Set<string> {
    const touched = new Set(this.records.keys())
    this.records.clear()
    this.epoch = null
    this.seq = 0
    return touched
  }

  /**
   * Applies a delta and returns the touched keys; `misfit` when it belongs to another life of the
   * server or starts later than this copy stands: then only a new snapshot helps. A delta that
   * ends where this copy already stands changes nothing.
   */
  applyDelta(delta: Omit<RoomDelta, 'room'>): Set<string> | 'misfit' {
    if (this.epoch !== delta.epoch || delta.since > this.seq) return 'misfit'
    const touched = new Set<string>()
    if (delta.seq <= this.seq) return touched
    for (const key of delta.removed) {
      if (this.records.delete(key)) touched.add(key)
    }
    for (const [key, record] of delta.changed) {
      this.records.set(key, record)
      touched.add(key)
    }
    this.seq = delta.seq
    return touched
  }
}
