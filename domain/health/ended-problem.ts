import type { Pod } from '../model/pod.ts'
import { exitWords } from './exit-words.ts'
import { isStartedAgain, type PodContainer } from './pod-container.ts'
import type { PodContext } from './pod-context.ts'
import { podProblem, sentences } from './pod-problem.ts'
import type { Problem } from './problem.ts'

/** A container that failed and isn't started again (restartPolicy Never) while others of its pod run on. */
export function endedProblem(pod: Pod, container: PodContainer, context: PodContext): Problem | null {
  const { spec, status, type } = container
  if (type !== 'main') return null
  if (status?.state.type !== 'terminated' || status.state.exitCode === 0) return null
  if (isStartedAgain(container, status.state.exitCode)) return null
  const run = status.state
  return podProblem(pod, context, {
    kind: 'pod-not-ready',
    severity: 'warning',
    cause: `exit/${run.exitCode}`,
    since: run.finishedAt ?? pod.startTime ?? pod.createdAt,
    lastSeenAt: run.finishedAt,
    container: spec.name,
    title: `Container ${spec.name} ended with ${exitWords(run)} and isn’t started again`,
    detail: sentences(run.reason, run.message),
  })
}
