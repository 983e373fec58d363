import type { ContainerStatus, Pod, PodCondition } from '../model/pod.ts'
import type { PodRef, ReadinessFact } from './fact.ts'
import { keptText } from './kept-text.ts'

/**
 * The pod's condition Ready has flipped. Its lastTransitionTime changes only with its status, so a
 * new time with the same status tells of flips in between that nobody saw.
 */
export function podReadinessFacts(pod: PodRef, previous: Pod | null, next: Pod, at: number): ReadinessFact[] {
  const before = previous ? readyCondition(previous) : undefined
  const after = readyCondition(next)
  if (!after) return []
  if (before?.status === after.status && before.lastTransitionTime === after.lastTransitionTime) return []
  // Without a time, a first sight tells only that it is so; a change while we watch happened now.
  const approximate = after.lastTransitionTime === null && previous === null
  return [
    {
      type: 'readiness',
      at,
      pod,
      container: null,
      ready: after.status === 'True',
      changedAt: after.lastTransitionTime ?? at,
      approximate,
      reason: keptText(after.reason, 200),
    },
  ]
}

/** The `ready` flag of one container. Kubernetes keeps no time of it: `previous` undefined makes it approximate. */
export function containerReadinessFacts(
  pod: PodRef,
  previous: ContainerStatus | null | undefined,
  next: ContainerStatus,
  at: number,
): ReadinessFact[] {
  // A container that had no status yet was not ready.
  if (previous !== undefined && (previous?.ready ?? false) === next.ready) return []
  const reason =
    next.state.type === 'terminated' || next.state.type === 'waiting' ? keptText(next.state.reason, 200) : ''
  return [
    {
      type: 'readiness',
      at,
      pod,
      container: next.name,
      ready: next.ready,
      changedAt: at,
      approximate: previous === undefined,
      reason: next.ready ? '' : reason,
    },
  ]
}

function readyCondition(pod: Pod): PodCondition | undefined {
  return pod.conditions.find((condition) => condition.type === 'Ready')
}
