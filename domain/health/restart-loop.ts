import type { ClusterEvent } from '../model/cluster-event.ts'
import type { ContainerStatus, Pod } from '../model/pod.ts'
import { type BackOff, backOff } from './back-off.ts'
import { containerEvents, earliest } from './container-event.ts'
import { containerNamed, isStartedAgain, lastRun, type PodContainer, podContainers, runTime } from './pod-container.ts'
import { containerRunCause, type RunCause } from './run-cause.ts'
import { waitingTrouble } from './waiting-trouble.ts'

/**
 * The kubelet forgets a container's back-off when it has run this long (twice the largest back-off;
 * k/k pkg/kubelet/kubelet.go, client-go util/flowcontrol); then a loop is over here too.
 */
export const stableAfter = 10 * 60_000

export interface RestartLoop {
  readonly container: string
  readonly type: PodContainer['type']
  /** The first sign of it that is still known, ms: events are kept for an hour. */
  readonly since: number
  readonly restarts: number
  /** Why the last run ended, in words. */
  readonly cause: string
  readonly causeType: RunCause['type']
  readonly runCause: RunCause
  /** running again, waiting in CrashLoopBackOff, or ended and neither yet. */
  readonly stage: 'running' | 'back-off' | 'ended'
  /** The present wait; null while the kubelet doesn't wait or doesn't say for how long. */
  readonly backOff: BackOff | null
  /** When the kubelet tries again at the earliest, ms: only while it backs off and says for how long. */
  readonly nextAttemptAt: number | null
  /** When the loop counts as over if nothing happens until then, ms; null while the kubelet backs off. */
  readonly overAt: number | null
}

/**
 * A container is in a restart loop while
 * - it waits with CrashLoopBackOff; or
 * - it has restarted at least twice, its last run took less than ten minutes and ended less than
 *   ten minutes before the present one began (or before now, where there is none).
 * It stays in the loop until it has run for ten minutes: what fails after five isn't well in
 * between. Init containers are held to the same rule. Pods that have ended or are being deleted
 * have no loops.
 */
export function restartLoop(
  pod: Pod,
  container: string,
  events: readonly ClusterEvent[],
  now: number,
  kubeletVersion = '',
): RestartLoop | null {
  const found = containerNamed(pod, container)
  return found && loopOf(pod, found, events, now, kubeletVersion)
}

/** The loops of all containers, in the order in which these start. */
export function restartLoops(
  pod: Pod,
  events: readonly ClusterEvent[],
  now: number,
  kubeletVersion = '',
): readonly RestartLoop[] {
  return podContainers(pod).flatMap((container) => loopOf(pod, container, events, now, kubeletVersion) ?? [])
}

/** @param kubeletVersion of the pod's node; empty where nobody knows */
export function loopOf(
  pod: Pod,
  container: PodContainer,
  events: readonly ClusterEvent[],
  now: number,
  kubeletVersion = '',
): RestartLoop | null {
  const { status, spec, type } = container
  if (!status || !isLooping(pod, container, status, now)) return null
  const wait = backOff(status, events, kubeletVersion, podContainers(pod).length === 1)
  const cause = containerRunCause(pod, container, lastRun(status), events)
  return {
    container: spec.name,
    type,
    since: loopStart(pod, status, events, now),
    restarts: status.restartCount,
    cause: cause.words,
    causeType: cause.type,
    runCause: cause,
    stage: stageOf(status),
    backOff: wait,
    nextAttemptAt: wait?.earliestAt ?? null,
    overAt: overAt(status, now),
  }
}

function stageOf({ state }: ContainerStatus): RestartLoop['stage'] {
  if (state.type === 'running') return 'running'
  return state.type === 'waiting' && state.reason === 'CrashLoopBackOff' ? 'back-off' : 'ended'
}

function isLooping(pod: Pod, container: PodContainer, status: ContainerStatus, now: number): boolean {
  if (pod.deletedAt !== null || pod.phase === 'Succeeded' || pod.phase === 'Failed') return false
  const { state } = status
  if (state.type === 'waiting' && state.reason === 'CrashLoopBackOff') return true
  const run = lastRun(status)
  if (status.restartCount < 2 || !run) return false
  const took = runTime(run)
  if (took !== null && took >= stableAfter) return false
  const ended = run.finishedAt ?? 0
  switch (state.type) {
    case 'running': {
      const startedAt = state.startedAt ?? now
      return startedAt - ended < stableAfter && now - startedAt < stableAfter
    }
    case 'terminated':
      return isStartedAgain(container, state.exitCode) && now - ended < stableAfter
    case 'waiting':
      // An image that can't be pulled any more is another trouble than the crashes before.
      return now - ended < stableAfter && waitingTrouble(state.reason)?.isRestartFailure !== false
    default:
      return now - ended < stableAfter
  }
}

/** The status remembers one run only, so the oldest event of the loop is the better witness. */
function loopStart(pod: Pod, status: ContainerStatus, events: readonly ClusterEvent[], now: number): number {
  const run = lastRun(status)
  // 0 is how a runtime says that there was no start.
  const began = run?.startedAt || run?.finishedAt || pod.startTime || now
  const told = earliest(containerEvents(events, status.name, 'BackOff', 'Killing'))
  return Math.max(told === null ? began : Math.min(told, began), pod.createdAt)
}

function overAt(status: ContainerStatus, now: number): number | null {
  const { state } = status
  if (state.type === 'waiting' && state.reason === 'CrashLoopBackOff') return null
  return (state.type === 'running' ? (state.startedAt ?? now) : (lastRun(status)?.finishedAt ?? now)) + stableAfter
}
