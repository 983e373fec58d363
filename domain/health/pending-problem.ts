import type { Pod } from '../model/pod.ts'
import type { NextCheck } from './next-check.ts'
import { podCondition } from './pod-condition.ts'
import type { PodContext } from './pod-context.ts'
import { podProblem, sentences } from './pod-problem.ts'
import type { Problem } from './problem.ts'

/** A pod that nobody places becomes an error after this time: new nodes and freed room come within minutes. */
export const pendingErrorAfter = 5 * 60_000
/** A scheduler that works has looked at a pod within this time. */
export const schedulerSilentAfter = 60_000

/**
 * Why a pod has no node yet; null while all goes its way. Scheduling gates are somebody's wish and
 * no problem. The scheduler's own message says what is wrong with each node.
 */
export function pendingProblem(pod: Pod, context: PodContext, check: NextCheck): Problem | null {
  const scheduled = podCondition(pod, 'PodScheduled')
  if (scheduled?.reason === 'SchedulingGated' || pod.spec.schedulingGates.length > 0) return null
  if (scheduled?.status !== 'False') {
    if (!check.reached(pod.createdAt + schedulerSilentAfter)) return null
    return podProblem(pod, context, {
      kind: 'pod-pending',
      severity: check.reached(pod.createdAt + pendingErrorAfter) ? 'error' : 'warning',
      cause: 'no-scheduler',
      since: pod.createdAt,
      title: 'No scheduler has looked at this pod',
      detail: `It is meant for the scheduler ${pod.spec.schedulerName}.`,
    })
  }
  const since = scheduled.lastTransitionTime ?? pod.createdAt
  return podProblem(pod, context, {
    kind: 'pod-pending',
    severity: check.reached(since + pendingErrorAfter) ? 'error' : 'warning',
    cause: scheduled.reason === 'Unschedulable' ? 'unschedulable' : 'scheduler-error',
    since,
    title: scheduled.reason === 'Unschedulable' ? 'No node can take this pod' : 'The pod can’t be scheduled',
    detail: sentences(
      scheduled.message || scheduled.reason,
      pod.nominatedNodeName && `Pods are being moved out of its way on ${pod.nominatedNodeName}`,
    ),
  })
}
