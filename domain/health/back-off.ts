import type { ClusterEvent } from '../model/cluster-event.ts'
import type { ContainerStatus } from '../model/pod.ts'
import { containerEvents, latest } from './container-event.ts'
import { goDuration } from './go-duration.ts'
import { kubernetesRelease } from './kubernetes-release.ts'

/** The longest wait unless a node's kubelet is configured otherwise, ms (k/k pkg/kubelet/kubelet.go, MaxContainerBackOff). */
export const defaultMaximum = 300_000
/** An attempt that hasn't come this long after its latest instant is overdue: the kubelet doesn't act. */
export const overdueAfter = 60_000

/** The wait of a container in CrashLoopBackOff. Spans and instants in ms. */
export interface BackOff {
  readonly waitMs: number
  /** The wait is over then: the end of the last run and the wait. Not earlier than this. */
  readonly earliestAt: number
  /** The kubelet has looked at the pod by then. */
  readonly latestAt: number
  /** The wait after the next attempt if that fails too. */
  readonly followingMs: number
  readonly maximum: {
    readonly ms: number
    /** Told by the wait itself; otherwise assumed. */
    readonly certain: boolean
  }
}

const told = /^back-off (\S+) restarting failed /

/**
 * What the kubelet tells of its back-off; null where the container doesn't wait for it or the
 * message can't be read.
 *
 * When the wait is over the container isn't started at once but when the kubelet looks at its pod
 * again (k/k pkg/kubelet/pod_workers.go). Up to 1.34 that is 10 to 15 s after it last looked in
 * vain, at the next tick of a second. From 1.35 (kubernetes#133066) it is when the wait is over or
 * after a minute, and up to half as long again later. Each vain look is told by an event BackOff,
 * as long as client-go passes them on.
 *
 * @param kubeletVersion of the node; where it isn't known both rules are allowed for
 * @param isAlone the pod has no other container; what happens to another makes the kubelet look at the pod too
 */
export function backOff(
  status: ContainerStatus,
  events: readonly ClusterEvent[],
  kubeletVersion: string,
  isAlone: boolean,
): BackOff | null {
  const { state, lastState } = status
  if (state.type !== 'waiting' || state.reason !== 'CrashLoopBackOff') return null
  const waitMs = goDuration(told.exec(state.message)?.[1] ?? '')
  if (waitMs === null || waitMs < 0) return null
  if (lastState.type !== 'terminated' || !lastState.finishedAt) return null
  const overAt = lastState.finishedAt + waitMs
  const look = lastLook(status.name, lastState.finishedAt, events)
  const release = kubernetesRelease(kubeletVersion)
  const windows = [
    ...(release === null || release < exactRequeue ? [steadyLooks(overAt, look, isAlone)] : []),
    ...(release === null || release >= exactRequeue ? [timedLooks(overAt, look)] : []),
  ]
  const maximum = longestWait(waitMs)
  return {
    waitMs,
    earliestAt: Math.min(...windows.map(([earliest]) => earliest)),
    latestAt: Math.max(...windows.map(([, latest]) => latest)),
    followingMs: Math.min(Math.max(2 * waitMs, waitMs), maximum.ms),
    maximum,
  }
}

const exactRequeue = 1_035
/** The API's times are whole seconds, cut off: what they tell was up to so much later. */
const second = 1_000

/** Two instants, or spans, between which something lies. */
type Window = readonly [from: number, to: number]

/** The kubelet last looked between these two instants. */
interface Look {
  readonly from: number
  readonly to: number
  /** How far the end of the wait may lie behind what it seems, seen from the look. */
  readonly cut: number
}

/** When the kubelet last looked and found that the wait wasn't over. It sees the end of a run within three seconds. */
function lastLook(container: string, finishedAt: number, events: readonly ClusterEvent[]): Look {
  const event = latest(containerEvents(events, container, 'BackOff'))
  if (event && event.lastAt >= finishedAt) return { from: event.lastAt, to: event.lastAt + second, cut: second }
  // A look that follows the end is cut off by as much as the end is.
  return { from: finishedAt, to: finishedAt + 3 * second, cut: 0 }
}

/** backOffPeriod 10 s with a jitter of up to one half, then the next tick of the sync loop, then the start itself. */
const looksEvery: Window = [10 * second, 16 * second]
const startTakes = second

function steadyLooks(overAt: number, { from, to, cut }: Look, isAlone: boolean): Window {
  const [shortest, longest] = looksEvery
  // It looked in vain after what seems the end of the wait: a second was cut off.
  const due = Math.max(overAt, from)
  const fewest = Math.max(1, Math.ceil((due - to) / longest))
  const most = Math.max(1, Math.ceil((due + cut - from) / shortest))
  return [
    isAlone ? Math.max(due, from + fewest * shortest) : due,
    Math.min(due + second + longest, to + most * longest) + startTakes,
  ]
}

/** The kubelet looks again at least once a minute (syncFrequency). */
const looksAtLeastEvery = 60 * second

function timedLooks(overAt: number, { from }: Look): Window {
  const due = Math.max(overAt, from)
  const slack = Math.min(due + second - from, looksAtLeastEvery) / 2
  return [due, due + second + slack + second + startTakes]
}

const ladder: readonly number[] = [10, 20, 40, 80, 160].map((seconds) => seconds * second)

/**
 * The longest wait that a node's kubelet allows can't be read through the API. A wait that isn't a
 * step of the usual ladder of 10 s and its doubles can only be that maximum; waits below 10 s come
 * of another ladder (KEP-4603: crashLoopBackOff.maxContainerRestartPeriod, ReduceDefaultCrashLoopBackOffDecay).
 */
function longestWait(waitMs: number): BackOff['maximum'] {
  if (waitMs >= defaultMaximum) return { ms: waitMs, certain: true }
  if (ladder.includes(waitMs)) return { ms: defaultMaximum, certain: false }
  const isPowerOfTwo = Number.isInteger(Math.log2(waitMs / second))
  return isPowerOfTwo && waitMs < 60 * second ? { ms: 60 * second, certain: false } : { ms: waitMs, certain: true }
}
