import type { ClusterEvent } from '../model/cluster-event.ts'
import type { Interner } from './interner.ts'
import { messageText } from './message-text.ts'
import { readObjectMeta } from './object-meta.ts'
import { type Raw, record, text, wholeOrNull } from './raw.ts'
import { timestamp } from './timestamp.ts'

/** An event in the fields of core/v1 or of events.k8s.io: both spell the same stored object. */
export function readClusterEvent(raw: Raw, interner: Interner): ClusterEvent | null {
  const meta = readObjectMeta(raw, interner)
  if (!meta) return null
  const regarding = record(raw.regarding ?? raw.involvedObject)
  const source = record(raw.deprecatedSource ?? raw.source)
  const series = record(raw.series)
  const eventTime = timestamp(raw.eventTime)
  const firstTime = timestamp(raw.deprecatedFirstTimestamp ?? raw.firstTimestamp)
  const lastTime = timestamp(raw.deprecatedLastTimestamp ?? raw.lastTimestamp)
  return {
    kind: 'Event',
    ...meta,
    regarding: {
      kind: interner.text(text(regarding.kind)),
      namespace: interner.text(text(regarding.namespace)),
      name: interner.text(text(regarding.name)),
      uid: interner.text(text(regarding.uid)),
      fieldPath: interner.text(text(regarding.fieldPath)),
    },
    type: interner.text(text(raw.type)),
    reason: interner.text(text(raw.reason)),
    message: interner.text(messageText(raw.note) || messageText(raw.message)),
    count: Math.max(1, wholeOrNull(series.count) ?? wholeOrNull(raw.deprecatedCount) ?? wholeOrNull(raw.count) ?? 1),
    firstAt: firstTime ?? eventTime ?? meta.createdAt,
    lastAt: timestamp(series.lastObservedTime) ?? lastTime ?? eventTime ?? firstTime ?? meta.createdAt,
    reportingController: interner.text(
      text(raw.reportingController) || text(raw.reportingComponent) || text(source.component),
    ),
    host: interner.text(text(source.host)),
  }
}
