import type { ProbeDetail } from '../live/protocol.ts'
import type { ClusterEvent } from '../model/cluster-event.ts'
import type { Probe, ProbeKind } from '../model/pod-spec.ts'
import { containerEvents, failedProbe, isFolded } from './container-event.ts'
import { readProbeFailure } from './probe-failure.ts'

/** client-go lets a source write so many events about one object at once, then one in five minutes (tools/record, EventSourceObjectSpamFilter). */
const eventsAtOnce = 25

/** What events tell of the failures of one probe. They may tell too few and never too many. */
export interface ProbeStreak {
  /** Failures within the present run, at least. */
  readonly inThisRun: number
  /** They came one after the other without a good answer in between, the last of them a moment ago. */
  readonly unbroken: boolean
  /** All failures of this run have been told. */
  readonly exact: boolean
  readonly lastAt: number
}

export function probeFailureEvents(
  events: readonly ClusterEvent[],
  container: string,
  kind: ProbeKind,
): readonly ClusterEvent[] {
  return containerEvents(events, container, 'Unhealthy').filter((event) => failedProbe(event) === kind)
}

/** A question that couldn't be asked is no failure. */
export function isCounted({ message }: Pick<ClusterEvent, 'message'>): boolean {
  return readProbeFailure(message).type !== 'not-executed'
}

/**
 * The failures of one probe within the present run; null where events tell of none.
 * @param failures see probeFailureEvents
 * @param events all of the pod: together they decide whether some may have been held back
 */
export function probeStreak(
  probe: Probe,
  failures: readonly ClusterEvent[],
  events: readonly ClusterEvent[],
  startedAt: number,
): ProbeStreak | null {
  const recent = failures.filter((event) => event.lastAt >= startedAt && isCounted(event))
  if (recent.length === 0) return null
  let inThisRun = 0
  let firstAt = Number.POSITIVE_INFINITY
  let lastAt = 0
  let exact = true
  for (const event of recent) {
    const isOfThisRun = event.firstAt >= startedAt
    // One Event goes on counting over several runs where its text is the same.
    inThisRun += isOfThisRun ? event.count : 1
    if (!isOfThisRun || isFolded(event)) exact = false
    firstAt = Math.min(firstAt, isOfThisRun ? event.firstAt : event.lastAt)
    lastAt = Math.max(lastAt, event.lastAt)
  }
  const interval = Math.max(probe.periodSeconds, probe.timeoutSeconds) * 1_000
  const unbroken = lastAt - firstAt < (inThisRun - 0.5) * interval + 1_000
  return { inThisRun, unbroken, exact: exact && !mayLackSome(events), lastAt }
}

function mayLackSome(events: readonly ClusterEvent[]): boolean {
  let told = 0
  for (const { count, reportingController, host } of events) {
    if (reportingController === 'kubelet' || host !== '') told += count
  }
  return told >= eventsAtOnce
}

const hour = 3_600_000

/**
 * All failures that events still tell of, and how many of them fall into the last hour; null without any.
 * @param events all of the pod, as above
 */
export function probeFailureRate(
  failures: readonly ClusterEvent[],
  events: readonly ClusterEvent[],
  now: number,
): ProbeDetail['failures'] {
  if (failures.length === 0) return null
  let total = 0
  let since = Number.POSITIVE_INFINITY
  let perHour = 0
  for (const { count, firstAt, lastAt } of failures) {
    total += count
    since = Math.min(since, firstAt)
    const from = Math.max(firstAt, now - hour)
    // Within one Event its failures are taken to be evenly spread.
    if (lastAt < from) continue
    perHour += lastAt > firstAt ? (count * (lastAt - from)) / (lastAt - firstAt) : count
  }
  const exact = !mayLackSome(events)
  return { total, since, perHour: exact ? Math.round(perHour) : null, exact }
}
