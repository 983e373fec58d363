import type { ContainerState, ContainerStatus } from '../model/pod.ts'
import type { ContainerRunFact, ContainerType, PodRef, RunEnd } from './fact.ts'
import { keptText } from './kept-text.ts'

type Run = Pick<ContainerRunFact, 'identity' | 'attempt' | 'startedAt' | 'end'>
type Terminated = Extract<ContainerState, { type: 'terminated' }>

/**
 * Runs of one container that began, ended or are told more of. A run that began and ended between
 * two updates is found in lastState. `previous` null: everything that the status still tells.
 */
export function containerRunFacts(
  pod: PodRef,
  containerType: ContainerType,
  previous: ContainerStatus | null,
  next: ContainerStatus,
  at: number,
): ContainerRunFact[] {
  const before = previous ? runsOf(previous, at) : []
  const after = runsOf(next, at)
  const wasRunning = before.find((run) => run.end === null)
  if (wasRunning && !after.some((run) => run.identity === wasRunning.identity)) {
    // Kubelet lost the container and tells its end without its ID: it can only be the one that ran.
    const nameless = after.findIndex((run) => run.end !== null && isMadeUp(run.identity) && run.startedAt === null)
    const found = after[nameless]
    if (found) {
      after[nameless] = {
        ...found,
        identity: wasRunning.identity,
        attempt: wasRunning.attempt,
        startedAt: wasRunning.startedAt,
      }
    } else {
      after.push({ ...wasRunning, end: unknownEnd(endedBefore(wasRunning, after, at)) })
    }
  }
  return after
    .filter((run) => {
      const known = before.find(({ identity }) => identity === run.identity)
      return !known || tellsMore(known, run)
    })
    .map((run) => ({ type: 'container-run', at, pod, container: next.name, containerType, ...run }))
}

/** The run that goes on as of this status; null where none does. */
export function runningRun(status: ContainerStatus): { readonly identity: string; readonly attempt: number } | null {
  if (status.state.type !== 'running') return null
  const startedAt = instant(status.state.startedAt)
  return {
    identity: identityOf(status.containerID, startedAt, status.restartCount),
    attempt: status.restartCount,
  }
}

/** Ends the run that goes on as of `last`: its pod is gone. */
export function endOfRunning(
  pod: PodRef,
  containerType: ContainerType,
  last: ContainerStatus,
  at: number,
): ContainerRunFact[] {
  const running = runsOf(last, at).find((run) => run.end === null)
  if (!running) return []
  const run = { ...running, end: unknownEnd(at) }
  return [{ type: 'container-run', at, pod, container: last.name, containerType, ...run }]
}

/** The present run, where there is one, and the one before it. */
function runsOf(status: ContainerStatus, at: number): Run[] {
  const { state, lastState, restartCount } = status
  const runs: Run[] = []
  if (state.type === 'running') {
    const startedAt = instant(state.startedAt)
    const identity = identityOf(status.containerID, startedAt, restartCount)
    runs.push({ identity, attempt: restartCount, startedAt, end: null })
  } else if (state.type === 'terminated') {
    runs.push(ended(state, state.containerID || status.containerID, restartCount, at))
  }
  if (lastState.type === 'terminated') {
    // Kubelet counts a restart when it creates the container. While one waits for that (back-off,
    // image pull), the count is still that of the run before (convertStatusToAPIStatus in k/k
    // pkg/kubelet/kubelet_pods.go); a container that it lost is counted at once.
    const waits = runs.length === 0 && lastState.containerID !== ''
    const run = ended(lastState, lastState.containerID, Math.max(0, waits ? restartCount : restartCount - 1), at)
    if (!runs.some(({ identity }) => identity === run.identity)) runs.push(run)
  }
  return runs
}

function ended(state: Terminated, containerID: string, attempt: number, at: number): Run {
  const startedAt = instant(state.startedAt)
  const finishedAt = instant(state.finishedAt)
  const end: RunEnd = {
    at: finishedAt ?? at,
    approximate: finishedAt === null,
    outcome: {
      exitCode: state.exitCode,
      signal: state.signal,
      reason: keptText(state.reason, 200),
      message: keptText(state.message),
    },
  }
  return { identity: identityOf(containerID, startedAt, attempt), attempt, startedAt, end }
}

function unknownEnd(at: number): RunEnd {
  return { at, approximate: true, outcome: null }
}

/** The latest instant at which a run can have ended: the next one began, or it was no more seen. */
function endedBefore(run: Run, others: readonly Run[], at: number): number {
  let latest = at
  for (const { startedAt } of others) {
    if (startedAt !== null && startedAt >= (run.startedAt ?? 0)) latest = Math.min(latest, startedAt)
  }
  return latest
}

function tellsMore(known: Run, run: Run): boolean {
  if (known.startedAt === null && run.startedAt !== null) return true
  if (run.end === null) return false
  return known.end === null || (known.end.approximate && !run.end.approximate)
}

function identityOf(containerID: string, startedAt: number | null, attempt: number): string {
  if (containerID !== '') return containerID
  return startedAt !== null ? `started/${startedAt}` : `attempt/${attempt}`
}

function isMadeUp(identity: string): boolean {
  return identity.startsWith('attempt/')
}

/** Runtimes that never started a container give the epoch's beginning, which is no instant. */
function instant(time: number | null): number | null {
  return time !== null && time > 0 ? time : null
}
