import type { Pod } from '../model/pod.ts'
import type { NextCheck } from './next-check.ts'
import { podCondition } from './pod-condition.ts'
import type { PodContext } from './pod-context.ts'
import { podProblem, sentences } from './pod-problem.ts'
import type { Problem } from './problem.ts'

/** How long a pod with all containers ready may wait for its readiness gates. */
export const gatesSlowAfter = 60_000
/** How long a pod of which nothing else is wrong may take to become ready. */
export const readySlowAfter = 10 * 60_000

/**
 * A pod that isn't ready though no container explains it: readiness gates, or a kubelet that says
 * no more. Pods that are to end (restartPolicy Never or OnFailure) may lack a container that has
 * done its work.
 */
export function podNotReadyProblem(pod: Pod, context: PodContext, check: NextCheck): Problem | null {
  const ready = podCondition(pod, 'Ready')
  if (!ready || ready.status === 'True' || pod.phase !== 'Running') return null
  const containersReady = podCondition(pod, 'ContainersReady')?.status === 'True'
  if (!containersReady && pod.spec.restartPolicy !== 'Always') return null
  if (!containersReady && isStarting(pod)) return null
  const since = ready.lastTransitionTime ?? pod.startTime ?? pod.createdAt
  if (!check.reached(since + (containersReady ? gatesSlowAfter : readySlowAfter))) return null
  return podProblem(pod, context, {
    kind: 'pod-not-ready',
    severity: 'warning',
    cause: ready.reason === 'ReadinessGatesNotReady' ? 'readiness-gates' : 'unexplained',
    since,
    title:
      ready.reason === 'ReadinessGatesNotReady'
        ? 'The pod waits for its readiness gates'
        : 'The pod isn’t ready, and no container says why',
    detail: sentences(ready.message || ready.reason),
  })
}

/** While a startup probe has budget left, time says nothing; the kubelet ends the container when it is used up. */
function isStarting(pod: Pod): boolean {
  return pod.spec.containers.some(({ name, startupProbe }) => {
    const status = pod.containerStatuses.find((each) => each.name === name)
    return startupProbe !== null && status?.state.type === 'running' && status.started === false
  })
}
