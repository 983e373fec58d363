import type { Pod } from '../model/pod.ts'
import type { NextCheck } from './next-check.ts'
import { nodeNotReady } from './pod-condition.ts'
import type { PodContext } from './pod-context.ts'
import { podProblem, sentences } from './pod-problem.ts'
import type { Problem } from './problem.ts'

/**
 * For SIGKILL, volumes and network after the grace period. A pod's deletionTimestamp already
 * contains its grace period (k/k pkg/registry/core/pod/strategy.go and apiserver registry/rest/delete.go).
 */
export const terminatingStuckAfter = 30_000

/** A pod that is still there though its time is over. */
export function terminatingProblem(pod: Pod, deletedAt: number, context: PodContext, check: NextCheck): Problem | null {
  if (!check.reached(deletedAt + terminatingStuckAfter)) return null
  const node = nodeNotReady(context.node)
  const running = pod.containerStatuses.filter(({ state }) => state.type === 'running').map(({ name }) => name)
  return podProblem(pod, context, {
    kind: 'pod-terminating-stuck',
    severity: 'warning',
    cause: node ? 'node' : running.length > 0 ? 'running' : 'held',
    since: deletedAt,
    title: 'The pod is deleted but doesn’t go away',
    detail: sentences(
      node && `Its node ${pod.nodeName} isn’t ready, so nobody can tell whether it has stopped`,
      !node && running.length > 0 && `Still running: ${running.join(', ')}`,
      !node && running.length === 0 && 'Its containers don’t run any more: a finalizer or the kubelet holds it',
      pod.message,
    ),
  })
}
