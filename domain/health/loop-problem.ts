import type { Pod } from '../model/pod.ts'
import { exitWords } from './exit-words.ts'
import { loopCause } from './loop-cause.ts'
import { lastRun, type PodContainer } from './pod-container.ts'
import type { PodContext } from './pod-context.ts'
import { podProblem, sentences } from './pod-problem.ts'
import type { Problem } from './problem.ts'
import type { RestartLoop } from './restart-loop.ts'

/** A main container or sidecar in a restart loop. */
export function loopProblem(pod: Pod, container: PodContainer, loop: RestartLoop, context: PodContext): Problem {
  const { status } = container
  const run = status && lastRun(status)
  return podProblem(pod, context, {
    kind: 'restart-loop',
    severity: 'error',
    cause: loopCause(container, loop),
    since: loop.since,
    lastSeenAt: run?.finishedAt,
    container: loop.container,
    title: title(loop),
    detail: sentences(
      `${loop.restarts} ${loop.restarts === 1 ? 'restart' : 'restarts'}`,
      run && `The last run ended with ${exitWords(run)}${telling(run.reason) ? `, reason ${run.reason}` : ''}`,
      run?.message,
      status?.state.type === 'waiting' && status.state.message,
    ),
  })
}

/** Error and Completed only repeat the exit code. */
function telling(reason: string): boolean {
  return !['', 'Error', 'Completed'].includes(reason)
}

function title({ container, causeType, cause }: RestartLoop): string {
  switch (causeType) {
    case 'liveness':
      return `Liveness probe restarts container ${container} again and again`
    case 'startup':
      return `Startup probe restarts container ${container} again and again`
    case 'oom':
      return `Container ${container} runs out of memory again and again`
    case 'start-failed':
      return `Container ${container} can’t be started`
    case 'completed':
      return `Container ${container} ends again and again though it should run on`
    case 'exit':
    case 'signal':
      return `Container ${container} crashes again and again: ${cause}`
    default:
      return `Container ${container} restarts again and again${cause === 'unknown' ? '' : `: ${cause}`}`
  }
}
