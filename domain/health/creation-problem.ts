import type { ClusterEvent } from '../model/cluster-event.ts'
import type { Pod } from '../model/pod.ts'
import { eventContainer, latest } from './container-event.ts'
import type { InitProgress } from './init-progress.ts'
import type { NextCheck } from './next-check.ts'
import { conditionSince, scheduledAt } from './pod-condition.ts'
import { type PodContainer, podContainers } from './pod-container.ts'
import type { PodContext } from './pod-context.ts'
import { podProblem, sentences } from './pod-problem.ts'
import type { Problem } from './problem.ts'

/** Sandbox, volumes and images are there within this time, or something is in the way. */
export const creationSlowAfter = 5 * 60_000
/** When an event already tells of a failure on the way, this is long enough: mounts often fail at first. */
export const creationFailingAfter = 60_000

const wayThere: ReadonlySet<string> = new Set(['', 'ContainerCreating', 'PodInitializing'])

/**
 * A pod that has its node but whose next container doesn't come into being: sandbox, network,
 * volumes, a huge image or a silent kubelet. All containers wait for the same then, so it is told once.
 */
export function creationProblem(
  pod: Pod,
  init: InitProgress | null,
  context: PodContext,
  check: NextCheck,
): Problem | null {
  const containers = podContainers(pod)
  const next = init
    ? containers.find(({ spec }) => spec.name === init.current)
    : containers.find((container) => container.type === 'main' && isOnItsWay(container))
  if (!next || !isOnItsWay(next)) return null
  const { spec, status, type } = next
  const ended = status?.lastState.type === 'terminated' ? status.lastState.finishedAt : null
  const since = ended || Math.max(previousStepEnd(pod, init) ?? scheduledAt(pod), status ? notReadySince(pod) : 0)
  const obstacle = latest(context.events.filter((event) => isObstacle(event) && event.lastAt >= since))
  if (!check.reached(since + (obstacle ? creationFailingAfter : creationSlowAfter))) return null
  const message = status?.state.type === 'waiting' ? status.state.message : ''
  return podProblem(pod, context, {
    kind: type === 'init' ? 'init-stuck' : 'container-waiting',
    severity: 'warning',
    // What is in the way only an event tells, and not of every pod.
    cause: type === 'init' ? `init/${spec.name}/creation` : 'creation',
    since,
    lastSeenAt: obstacle?.lastAt,
    container: spec.name,
    title: `${type === 'init' ? 'Init container' : 'Container'} ${spec.name} isn’t created`,
    detail: sentences(
      obstacle?.message || message,
      !obstacle && message === '' && (status ? pullWords(context.events) : 'The kubelet hasn’t reported this pod yet'),
    ),
  })
}

/** A container that was ready had been created; whatever it waits for now began after that. */
function notReadySince(pod: Pod): number {
  return conditionSince(pod, 'ContainersReady', 'False') ?? conditionSince(pod, 'Ready', 'False') ?? 0
}

function isOnItsWay({ status }: PodContainer): boolean {
  if (!status || status.state.type === 'none') return true
  return status.state.type === 'waiting' && wayThere.has(status.state.reason)
}

/** When the init container before the current one, or the last one of all, ended: this one's turn came then. */
function previousStepEnd(pod: Pod, init: InitProgress | null): number | null {
  const status = pod.initContainerStatuses[(init ? init.done : pod.spec.initContainers.length) - 1]
  return status?.state.type === 'terminated' ? status.state.finishedAt : null
}

function pullWords(events: readonly ClusterEvent[]): string {
  const last = latest(events.filter(({ reason }) => reason === 'Pulling' || reason === 'Pulled'))
  return last?.reason === 'Pulling' ? last.message : 'The kubelet doesn’t say what it waits for'
}

/** Kubelet and attach-detach controller: what keeps a sandbox from being made or a volume from being there. */
const obstacles: ReadonlySet<string> = new Set([
  'FailedMount',
  'FailedAttachVolume',
  'FailedMapVolume',
  'FailedCreatePodSandBox',
  'FailedPodSandBoxStatus',
  'NetworkNotReady',
  'FailedSync',
])

function isObstacle(event: ClusterEvent): boolean {
  return event.type === 'Warning' && obstacles.has(event.reason) && eventContainer(event) === null
}
