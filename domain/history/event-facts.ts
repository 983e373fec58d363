import { combinedPrefix, eventContainer } from '../health/container-event.ts'
import type { ClusterEvent } from '../model/cluster-event.ts'
import type { ProbeKind } from '../model/pod-spec.ts'
import type { ClusterEventFact, ProbeFailureFact } from './fact.ts'
import { keptText } from './kept-text.ts'

/** Normal events worth keeping: what stops, moves or replaces pods. All Warnings are kept besides. */
const keptNormal: ReadonlySet<string> = new Set([
  'Killing',
  'BackOff',
  'SandboxChanged',
  'Preempted',
  'TaintManagerEviction',
  'DeviceTaintManagerEviction',
  'NodeNotReady',
  'NodeReady',
  'NodeNotSchedulable',
  'NodeSchedulable',
  'RemovingNode',
  'ScalingReplicaSet',
])

/** Whoever writes an Event may put anything into it; names are no longer than this in Kubernetes. */
const longestName = 253

/**
 * What an Event adds to history. Kubernetes forgets Events after an hour; that it is gone
 * (`next` null) is no fact. The source drops and folds Events, so no fact doesn't mean no failure.
 */
export function eventFacts(
  previous: ClusterEvent | null,
  next: ClusterEvent | null,
  at: number,
): (ProbeFailureFact | ClusterEventFact)[] {
  if (!next) return []
  if (
    previous &&
    previous.count === next.count &&
    previous.lastAt === next.lastAt &&
    previous.message === next.message
  ) {
    return []
  }
  const probe = next.reason === 'Unhealthy' && next.regarding.kind === 'Pod' ? failedProbe(next.message) : null
  if (!probe && next.type !== 'Warning' && !keptNormal.has(next.reason)) return []
  const { kind, namespace, name, uid } = next.regarding
  const fact: Omit<ClusterEventFact, 'type'> = {
    at,
    uid: next.uid,
    subject: {
      kind: keptText(kind, longestName),
      namespace: keptText(namespace, longestName),
      name: keptText(name, longestName),
      uid: keptText(uid, longestName),
    },
    container: keptText(eventContainer(next) ?? '', longestName),
    eventType: keptText(next.type, 100),
    reason: keptText(next.reason, 200),
    message: keptText(next.message),
    count: next.count,
    firstAt: next.firstAt,
    lastAt: next.lastAt,
    source: keptText(next.reportingController, 200),
  }
  return probe
    ? [{ ...fact, type: 'probe-failure', probe, combined: next.message.startsWith(combinedPrefix) }]
    : [{ ...fact, type: 'event' }]
}

/**
 * The probe that an Unhealthy event tells of, by its message (k/k pkg/kubelet/prober/prober.go):
 * "Liveness probe failed: …", "Startup probe errored: …". Null for messages of another form.
 */
export function failedProbe(message: string): ProbeKind | null {
  const text = message.startsWith(combinedPrefix) ? message.slice(combinedPrefix.length) : message
  const word = /^(Liveness|Readiness|Startup) probe (?:failed|errored)\b/.exec(text)?.[1]
  return word === undefined ? null : (word.toLowerCase() as ProbeKind)
}
