import type { ClusterEvent } from '../model/cluster-event.ts'
import type { ProbeKind } from '../model/pod-spec.ts'

const containerPath = /^spec\.(?:initContainers|containers|ephemeralContainers)\{(.+)\}$/

/** The container that an event regards; null for one of the pod as a whole. */
export function eventContainer(event: ClusterEvent): string | null {
  return fieldPathContainer(event.regarding.fieldPath)
}

/** The container in a fieldPath such as `spec.containers{app}`; null where it names none. */
export function fieldPathContainer(fieldPath: string): string | null {
  return fieldPath === '' ? null : (containerPath.exec(fieldPath)?.[1] ?? null)
}

/** Events of one container of a pod, of the given reasons. */
export function containerEvents(
  events: readonly ClusterEvent[],
  container: string,
  ...reasons: readonly string[]
): readonly ClusterEvent[] {
  if (events.length === 0) return events
  return events.filter((event) => reasons.includes(event.reason) && eventContainer(event) === container)
}

/** client-go puts this before the text when it folds many events into one (tools/record, events_cache.go). */
export const combinedPrefix = '(combined from similar events): '

export function isFolded({ message }: Pick<ClusterEvent, 'message'>): boolean {
  return message.startsWith(combinedPrefix)
}

export function withoutFoldedPrefix(message: string): string {
  return message.startsWith(combinedPrefix) ? message.slice(combinedPrefix.length) : message
}

const probeWords: readonly (readonly [ProbeKind, string])[] = [
  ['liveness', 'Liveness probe '],
  ['readiness', 'Readiness probe '],
  ['startup', 'Startup probe '],
]

/** The probe that an Unhealthy event tells of (kubelet prober: "Liveness probe failed: …", "… errored: …"). */
export function failedProbe(event: Pick<ClusterEvent, 'message'>): ProbeKind | null {
  const text = withoutFoldedPrefix(event.message)
  return probeWords.find(([, words]) => text.startsWith(words))?.[0] ?? null
}

/** The probe for which the kubelet kills a container ("Container app failed liveness probe, will be restarted"). */
export function killingProbe(event: Pick<ClusterEvent, 'message'>): 'liveness' | 'startup' | null {
  if (event.message.includes('failed liveness probe')) return 'liveness'
  return event.message.includes('failed startup probe') ? 'startup' : null
}

export function latest(events: readonly ClusterEvent[]): ClusterEvent | null {
  let last: ClusterEvent | null = null
  for (const event of events) if (!last || event.lastAt > last.lastAt) last = event
  return last
}

/** When the first of them was first seen, ms; null without any. */
export function earliest(events: readonly ClusterEvent[]): number | null {
  let first: number | null = null
  for (const { firstAt } of events) if (firstAt > 0 && (first === null || firstAt < first)) first = firstAt
  return first
}
