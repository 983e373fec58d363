import type { ClusterEvent } from '../model/cluster-event.ts'
import type { Pod } from '../model/pod.ts'
import { containerEvents, earliest, latest } from './container-event.ts'
import { scheduledAt } from './pod-condition.ts'
import type { PodContainer } from './pod-container.ts'
import type { PodContext } from './pod-context.ts'
import { podProblem, sentences } from './pod-problem.ts'
import type { Problem } from './problem.ts'
import { isImageTrouble, waitingTrouble } from './waiting-trouble.ts'

/** A container that can't start; CrashLoopBackOff is told in loop-problem.ts, a slow start in creation-problem.ts. */
export function waitingProblem(pod: Pod, container: PodContainer, context: PodContext): Problem | null {
  const { spec, status, type } = container
  if (status?.state.type !== 'waiting') return null
  const { reason, message } = status.state
  const trouble = waitingTrouble(reason)
  if (!trouble) return null
  const name = type === 'init' ? `Init container ${spec.name}` : `Container ${spec.name}`
  const events = containerEvents(context.events, spec.name, 'Failed', 'BackOff', 'InspectFailed')
  return podProblem(pod, context, {
    kind: type === 'init' ? 'init-failing' : 'container-waiting',
    severity: 'error',
    cause: type === 'init' ? `init/${spec.name}/${trouble.cause}` : trouble.cause,
    lastSeenAt: latest(events)?.lastAt,
    since: waitingSince(pod, container, events),
    container: spec.name,
    title: `${name} ${trouble.words}`,
    detail: sentences((isImageTrouble(reason) && pullError(message, events)) || message || reason),
  })
}

/** "Back-off pulling image" alone doesn't say why; the event of the attempt does. */
function pullError(message: string, events: readonly ClusterEvent[]): string {
  if (!message.startsWith('Back-off pulling image') || message.includes(': ')) return message
  const attempt = latest(events.filter((event) => event.message.startsWith('Failed to pull image')))
  return attempt?.message ?? message
}

function waitingSince(pod: Pod, { status }: PodContainer, events: readonly ClusterEvent[]): number {
  const ended = status?.lastState.type === 'terminated' ? status.lastState.finishedAt : null
  return ended ?? earliest(events) ?? scheduledAt(pod)
}
