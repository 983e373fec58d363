import type { Pod } from '../model/pod.ts'
import { PodFit } from './pod-fit.ts'
import type { SchedulerRules } from './scheduler-rules.ts'
import type { NodeRoom, SchedulingView } from './scheduling-view.ts'

/** The nodes that could take the pod. */
export function feasibleRooms(pod: Pod, view: SchedulingView, rules: SchedulerRules): readonly NodeRoom[] {
  const fit = new PodFit(pod, view, rules)
  return fit.preFilter === '' ? view.rooms.filter((room) => fit.rejection(room) === null) : []
}

/** How many they are, and one of them; null where there is none. */
export function tryChange(
  pod: Pod,
  view: SchedulingView,
  rules: SchedulerRules,
): { readonly nodes: number; readonly node: string } | null {
  const rooms = feasibleRooms(pod, view, rules)
  const [first] = rooms
  return first ? { nodes: rooms.length, node: first.node.name } : null
}

export function nodesWord(count: number): string {
  return count === 1 ? '1 node' : `${count} nodes`
}
