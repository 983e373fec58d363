import type { ClusterEvent } from '../model/cluster-event.ts'
import { containerEvents, failedProbe, killingProbe, latest } from './container-event.ts'
import { endSignal, exitWords } from './exit-words.ts'
import type { PodContainer, TerminatedState } from './pod-container.ts'

/** Why a run ended. `words` complete "restarts because of …" and stand alone as a label. */
export interface RestartCause {
  readonly type: 'oom' | 'liveness' | 'startup' | 'start-failed' | 'completed' | 'exit' | 'signal' | 'lost' | 'unknown'
  readonly words: string
}

/** The API's times are whole seconds, and the kill's event is written a moment before or after. */
const tolerance = 2_000

/**
 * What ended a container's run. The status knows exit code and reason; that a probe was behind it
 * only events tell (kubelet: Killing, Unhealthy), and those may be missing: then the exit code is
 * all that is said.
 */
export function restartCause(
  container: PodContainer,
  run: TerminatedState | null,
  events: readonly ClusterEvent[],
): RestartCause {
  if (run?.reason === 'OOMKilled') {
    const limit = container.spec.limits.memory
    return { type: 'oom', words: limit ? `out of memory (limit ${limit})` : 'out of memory' }
  }
  const probe = probeBehind(container.spec.name, run, events)
  if (probe) return { type: probe, words: `${probe} probe` }
  if (!run) return { type: 'unknown', words: 'unknown' }
  if (isStartFailure(run)) return { type: 'start-failed', words: 'can’t be started' }
  if (run.reason === 'ContainerStatusUnknown') return { type: 'lost', words: 'lost by the kubelet' }
  if (endSignal(run) !== null) return { type: 'signal', words: `${exitWords(run)}${suspicion(container, run)}` }
  if (run.exitCode === 0) return { type: 'completed', words: 'ends by itself (exit code 0)' }
  return { type: 'exit', words: exitWords(run) }
}

/**
 * A container with a liveness or startup probe that ends by SIGKILL or SIGTERM while its pod isn't
 * deleted was most likely killed by the kubelet for it, but without an event that isn't known.
 */
function suspicion({ spec }: PodContainer, run: TerminatedState): string {
  const signal = endSignal(run)
  if ((signal !== 9 && signal !== 15) || (!spec.livenessProbe && !spec.startupProbe)) return ''
  if (spec.livenessProbe && spec.startupProbe) return ', perhaps one of its probes'
  return spec.livenessProbe ? ', perhaps its liveness probe' : ', perhaps its startup probe'
}

/** Runtime errors before the first instruction: containerd says StartError, dockershim ContainerCannotRun. */
function isStartFailure({ reason }: TerminatedState): boolean {
  return reason === 'StartError' || reason === 'ContainerCannotRun'
}

function probeBehind(
  name: string,
  run: TerminatedState | null,
  events: readonly ClusterEvent[],
): 'liveness' | 'startup' | null {
  const kills = containerEvents(events, name, 'Killing').filter((event) => killingProbe(event) !== null)
  if (kills.length === 0 && !containerEvents(events, name, 'Unhealthy').some(isKillingKind)) return null
  const during = (event: ClusterEvent) => isDuring(run, event)
  const kill = latest(kills.filter(during))
  if (kill) return killingProbe(kill) === 'startup' ? 'startup' : 'liveness'
  // From the 26th on client-go passes on one event in five minutes: an older kill stands for this
  // one where the end looks like a kill.
  if (run && endSignal(run) === null && run.exitCode !== 0) return null
  const failures = containerEvents(events, name, 'Unhealthy').filter(isKillingKind)
  const evidence = latest(failures.filter(during)) ?? latest(kills)
  if (!evidence) return null
  return (failedProbe(evidence) ?? killingProbe(evidence)) === 'startup' ? 'startup' : 'liveness'
}

function isKillingKind(event: ClusterEvent): boolean {
  const probe = failedProbe(event)
  return probe === 'liveness' || probe === 'startup'
}

/** Whether an event was last seen while the run lasted. */
function isDuring(run: TerminatedState | null, event: ClusterEvent): boolean {
  if (!run) return false
  const { startedAt, finishedAt } = run
  if (finishedAt !== null && event.lastAt > finishedAt + tolerance) return false
  return startedAt === null || event.lastAt >= startedAt - tolerance
}
