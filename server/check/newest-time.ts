import { timestamp } from '../../domain/read/timestamp.ts'

/** Fields in which Kubernetes writes when something happened. A deletionTimestamp may lie ahead. */
const pastTimes: ReadonlySet<string> = new Set([
  'creationTimestamp',
  'time',
  'lastTransitionTime',
  'lastHeartbeatTime',
  'lastProbeTime',
  'lastUpdateTime',
  'startTime',
  'startedAt',
  'finishedAt',
  'firstTimestamp',
  'lastTimestamp',
  'eventTime',
  'lastObservedTime',
])

/** Where people write what they like. */
const left: ReadonlySet<string> = new Set(['spec', 'annotations', 'labels', 'data', 'fieldsV1'])

/** The latest instant that an object tells of, ms since the Unix epoch; 0 where it tells none: so late it was, at least, when it was dumped. */
export function newestTime(value: unknown): number {
  if (value === null || typeof value !== 'object') return 0
  let newest = 0
  for (const [key, each] of Object.entries(value)) {
    if (left.has(key)) continue
    const at = typeof each === 'string' ? (pastTimes.has(key) ? (timestamp(each) ?? 0) : 0) : newestTime(each)
    if (at > newest) newest = at
  }
  return newest
}
