import type { Pod } from '../model/pod.ts'
import { overdueAfter } from './back-off.ts'
import { creationProblem } from './creation-problem.ts'
import { endedProblem } from './ended-problem.ts'
import { failedProblem } from './failed-problem.ts'
import { initProblem } from './init-problem.ts'
import { type InitProgress, initProgress } from './init-progress.ts'
import { loopProblem } from './loop-problem.ts'
import { NextCheck } from './next-check.ts'
import { nodeNotReadyProblem, unheardProblem } from './node-problem-of-pod.ts'
import { pendingProblem } from './pending-problem.ts'
import { isPodReady } from './pod-condition.ts'
import { type PodContainer, podContainers } from './pod-container.ts'
import type { PodContext } from './pod-context.ts'
import { podNotReadyProblem } from './pod-not-ready-problem.ts'
import { type PodStatus, podStatus } from './pod-status.ts'
import type { Problem } from './problem.ts'
import { livenessProblem, readinessProblem } from './readiness-problem.ts'
import { loopOf, type RestartLoop } from './restart-loop.ts'
import { type Severity, worstSeverity } from './severity.ts'
import { terminatingProblem } from './terminating-problem.ts'
import { waitingProblem } from './waiting-problem.ts'

export interface PodHealth {
  readonly status: PodStatus
  readonly severity: Severity
  readonly init: InitProgress | null
  readonly loops: readonly RestartLoop[]
  readonly problems: readonly Problem[]
  /** When the answer may change though nothing in the cluster does, ms; null: never. */
  readonly recheckAt: number | null
}

/**
 * What is to be said about a pod. One failure makes one problem: of a pod that is deleted, ended,
 * unscheduled or on a node that isn't heard only that is told; of a container only its worst; and
 * that the pod isn't ready only where no container explains it.
 * Without problems a pod is `ok` when it is ready or has done its work, and else in `progress`.
 * @param now ms since the Unix epoch
 */
export function podHealth(pod: Pod, context: PodContext, now: number): PodHealth {
  const check = new NextCheck(now)
  const loops: RestartLoop[] = []
  const problems = findProblems(pod, context, check, loops)
  let severity: Severity = isAsDeclared(pod) ? 'ok' : 'progress'
  for (const problem of problems) severity = worstSeverity(severity, problem.severity)
  return {
    status: podStatus(pod, context.dialect),
    severity,
    init: initProgress(pod),
    loops,
    problems,
    recheckAt: check.at,
  }
}

function isAsDeclared(pod: Pod): boolean {
  if (pod.deletedAt !== null) return false
  return pod.phase === 'Succeeded' || (pod.phase === 'Running' && isPodReady(pod))
}

function findProblems(pod: Pod, context: PodContext, check: NextCheck, loops: RestartLoop[]): readonly Problem[] {
  if (pod.deletedAt !== null) return only(terminatingProblem(pod, pod.deletedAt, context, check))
  if (pod.phase === 'Succeeded') return []
  if (pod.phase === 'Failed') return [failedProblem(pod, context)]
  if (pod.nodeName === '') return only(pendingProblem(pod, context, check))
  const unheard = unheardProblem(pod, context, check)
  if (unheard) return [unheard]
  const problems: Problem[] = []
  const init = initProgress(pod)
  for (const container of podContainers(pod)) {
    const loop = loopOf(pod, container, context.events, check.now, context.node?.kubeletVersion)
    if (loop) {
      loops.push(loop)
      if (loop.overAt !== null) check.reached(loop.overAt)
      if (loop.backOff) check.reached(loop.backOff.latestAt + overdueAfter + 1)
    }
    const problem = containerProblem(pod, container, loop, context, check)
    if (problem) problems.push(problem)
    // The containers after this step wait for nothing but that.
    if (container.spec.name === init?.current) break
  }
  if (problems.length > 0) return problems
  return only(
    nodeNotReadyProblem(pod, context, check) ??
      creationProblem(pod, init, context, check) ??
      podNotReadyProblem(pod, context, check),
  )
}

function containerProblem(
  pod: Pod,
  container: PodContainer,
  loop: RestartLoop | null,
  context: PodContext,
  check: NextCheck,
): Problem | null {
  const waiting = waitingProblem(pod, container, context)
  if (container.type === 'init') return waiting ?? initProblem(pod, container, loop, context, check)
  if (loop) return loopProblem(pod, container, loop, context)
  return (
    waiting ??
    endedProblem(pod, container, context) ??
    readinessProblem(pod, container, context, check) ??
    livenessProblem(pod, container, context, check)
  )
}

function only(problem: Problem | null): readonly Problem[] {
  return problem ? [problem] : []
}
