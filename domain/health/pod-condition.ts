import type { Node } from '../model/node.ts'
import type { Pod, PodCondition } from '../model/pod.ts'

export function podCondition(pod: Pod, wanted: string): PodCondition | null {
  return pod.conditions.find(({ type }) => type === wanted) ?? null
}

export function isPodReady(pod: Pod): boolean {
  return podCondition(pod, 'Ready')?.status === 'True'
}

/** When a condition last changed, if it has the given status now; null otherwise. */
export function conditionSince(pod: Pod, type: string, status: string): number | null {
  const condition = podCondition(pod, type)
  return condition?.status === status ? condition.lastTransitionTime : null
}

/** When the pod was given its node, ms. */
export function scheduledAt(pod: Pod): number {
  return conditionSince(pod, 'PodScheduled', 'True') ?? pod.startTime ?? pod.createdAt
}

/** The node's Ready condition where it isn't True; null where the node is ready or unknown to us. */
export function nodeNotReady(node: Node | null): Node['conditions'][number] | null {
  const ready = node?.conditions.find(({ type }) => type === 'Ready')
  return ready && ready.status !== 'True' ? ready : null
}
