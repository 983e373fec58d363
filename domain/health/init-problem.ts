import type { Pod } from '../model/pod.ts'
import { exitWords } from './exit-words.ts'
import { loopCause } from './loop-cause.ts'
import type { NextCheck } from './next-check.ts'
import { lastRun, type PodContainer } from './pod-container.ts'
import type { PodContext } from './pod-context.ts'
import { podProblem, sentences } from './pod-problem.ts'
import type { Problem } from './problem.ts'
import { type RestartLoop, stableAfter } from './restart-loop.ts'

/** An init container that runs longer than this is called stuck: most wait for something that doesn't come. */
export const initStuckAfter = 5 * 60_000

/**
 * A plain init container that has failed and is tried again, or that doesn't come to its end.
 * (What keeps it from starting is said in waiting-problem.ts.)
 */
export function initProblem(
  pod: Pod,
  container: PodContainer,
  loop: RestartLoop | null,
  context: PodContext,
  check: NextCheck,
): Problem | null {
  const { spec, status } = container
  if (!status) return null
  const { state } = status
  const run = lastRun(status)
  // After a failure it stays "failing" until it is done or has run for so long that this time is another story.
  const failed = run !== null && run.exitCode !== 0 && !(state.type === 'terminated' && state.exitCode === 0)
  const runsSince = state.type === 'running' ? (state.startedAt ?? check.now) : null
  if (loop || (failed && (runsSince === null || !check.reached(runsSince + stableAfter)))) {
    return podProblem(pod, context, {
      kind: 'init-failing',
      severity: loop ? 'error' : 'warning',
      cause: `init/${spec.name}/${loop ? loopCause(container, loop) : `exit/${run?.exitCode ?? 0}`}`,
      since: loop?.since ?? run?.finishedAt ?? pod.createdAt,
      lastSeenAt: run?.finishedAt,
      container: spec.name,
      title: loop
        ? `Init container ${spec.name} fails again and again: ${loop.cause}`
        : `Init container ${spec.name} failed: ${run ? exitWords(run) : ''}`,
      detail: sentences(
        loop && `${loop.restarts} restarts`,
        'The pod’s containers start only after it has succeeded',
        run?.message,
        state.type === 'waiting' && state.message,
      ),
    })
  }
  if (runsSince === null || !check.reached(runsSince + initStuckAfter)) return null
  return podProblem(pod, context, {
    kind: 'init-stuck',
    severity: 'warning',
    cause: `init/${spec.name}/running`,
    since: runsSince,
    container: spec.name,
    title: `Init container ${spec.name} has been running for more than 5 minutes`,
    detail: 'The pod’s containers start only after it has ended.',
  })
}
