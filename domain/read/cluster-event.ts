import type { ClusterEvent } from '../model/cluster-event.ts'
import type { Interner } from './interner.ts'
import { messageText } from './message-text.ts'
import { readObjectMeta } from './object-meta.ts'
import { isRecord, positive, type Raw, record, text } from './raw.ts'
import { timestamp } from './timestamp.ts'

/**
 * core/v1 and events.k8s.io/v1 Event: one stored object, served under two sets of names. Times and
 * count as `kubectl get events` takes them (k/k pkg/printers/internalversion/printers.go, printEvent).
 */
export function readClusterEvent(raw: Raw, interner: Interner): ClusterEvent | null {
  const meta = readObjectMeta(record(raw.metadata), interner)
  if (!meta) return null
  const regarding = record(isRecord(raw.regarding) ? raw.regarding : raw.involvedObject)
  const source = record(isRecord(raw.source) ? raw.source : raw.deprecatedSource)
  const series = record(raw.series)
  const eventTime = timestamp(raw.eventTime)
  const first = timestamp(raw.firstTimestamp) ?? timestamp(raw.deprecatedFirstTimestamp)
  const last = timestamp(raw.lastTimestamp) ?? timestamp(raw.deprecatedLastTimestamp)
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
    message: interner.text(messageText(typeof raw.note === 'string' ? raw.note : raw.message)),
    count: positive(series.count, positive(raw.count, positive(raw.deprecatedCount, 1))),
    firstAt: first ?? eventTime ?? meta.createdAt,
    lastAt: timestamp(series.lastObservedTime) ?? last ?? eventTime ?? first ?? meta.createdAt,
    reportingController: interner.text(
      text(raw.reportingController) || text(raw.reportingComponent) || text(source.component),
    ),
    host: interner.text(text(source.host) || text(raw.reportingInstance)),
  }
}
