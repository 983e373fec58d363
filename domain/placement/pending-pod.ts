import type { ClusterEvent } from '../model/cluster-event.ts'
import type { Pod } from '../model/pod.ts'
import { parseFitMessage } from './fit-message.ts'
import type { PendingExplanation } from './pending-explanation.ts'

/** A pod without a node, and why that is so. */
export interface PendingPod {
  readonly uid: string
  readonly namespace: string
  readonly name: string
  readonly workload: { readonly kind: string; readonly name: string } | null
  /** Waiting since then, ms: the condition's last transition, else the pod's creation. */
  readonly since: number
  /**
   * gated: scheduling gates hold it back. unschedulable: the scheduler refused it, and would again.
   * fitting: a node could take it now. waiting: the scheduler hasn't said anything yet, and no node fits.
   */
  readonly state: 'gated' | 'unschedulable' | 'fitting' | 'waiting'
  readonly gates: readonly string[]
  readonly scheduler: string
  readonly priority: number
  /** Pods are being moved out of its way there; null: on no node. */
  readonly nominatedNode: string | null
  /** What the scheduler has said itself, newest first. */
  readonly said: readonly SchedulerSaying[]
  /** Null: not worked out yet, or another scheduler's pod whose rules aren't known. */
  readonly explanation: PendingExplanation | null
}

export interface SchedulerSaying {
  readonly source: 'condition' | 'event'
  readonly message: string
  /** Ms. Of a condition the last transition: its text may be younger. */
  readonly at: number
  /** Whether the reasons and counts are those that are found now. Null: it isn't a message of that kind. */
  readonly agrees: boolean | null
}

/** Whether no scheduler has given the pod a node yet. */
export function isPending({ nodeName, phase, deletedAt }: Pod): boolean {
  return nodeName === '' && deletedAt === null && phase !== 'Succeeded' && phase !== 'Failed'
}

export function pendingPod(
  pod: Pod,
  workload: PendingPod['workload'],
  events: readonly ClusterEvent[],
  explanation: PendingExplanation | null,
): PendingPod {
  const scheduled = pod.conditions.find(({ type }) => type === 'PodScheduled')
  const refused = scheduled?.status === 'False'
  const gates = pod.spec.schedulingGates
  const gated = gates.length > 0 || scheduled?.reason === 'SchedulingGated'
  const said: SchedulerSaying[] = []
  if (refused && scheduled.message !== '') {
    const at = scheduled.lastTransitionTime ?? pod.createdAt
    said.push({ source: 'condition', message: scheduled.message, at, agrees: agrees(scheduled.message, explanation) })
  }
  const [event] = events.filter(({ reason }) => reason === 'FailedScheduling').sort((a, b) => b.lastAt - a.lastAt)
  if (event) {
    const { message, lastAt } = event
    said.push({ source: 'event', message, at: lastAt, agrees: agrees(message, explanation) })
  }
  const fits = explanation !== null && explanation.feasible > 0
  return {
    uid: pod.uid,
    namespace: pod.namespace,
    name: pod.name,
    workload,
    since: refused ? (scheduled.lastTransitionTime ?? pod.createdAt) : pod.createdAt,
    state: gated ? 'gated' : fits ? 'fitting' : refused ? 'unschedulable' : 'waiting',
    gates,
    scheduler: pod.spec.schedulerName,
    priority: pod.spec.priority,
    nominatedNode: pod.nominatedNodeName || null,
    said,
    explanation,
  }
}

function agrees(message: string, explanation: PendingExplanation | null): boolean | null {
  const theirs = parseFitMessage(message)
  const ours = explanation && parseFitMessage(explanation.message)
  if (!theirs || !explanation) return null
  if (!ours) return false
  if (theirs.nodes !== ours.nodes || theirs.preFilter !== ours.preFilter || theirs.reasons.size !== ours.reasons.size) {
    return false
  }
  for (const [reason, count] of theirs.reasons) if (ours.reasons.get(reason) !== count) return false
  return true
}
