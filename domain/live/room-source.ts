import type { AnalysisChanges } from '../analysis/cluster-analysis.ts'

/** What a room shows: keyed records, derived from the analysis. Records are immutable: a changed one is another object. */
export interface RoomSource {
  /** All records now. */
  records(): Iterable<readonly [key: string, record: object]>
  /** The records that these changes may have changed; null for those that are gone. */
  update(changes: AnalysisChanges): Iterable<readonly [key: string, record: object | null]>
}
