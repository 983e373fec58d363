import type { Labels } from '../model/labels.ts'
import type { Node } from '../model/node.ts'
import type { Pod } from '../model/pod.ts'
import type { PodAffinity, TopologySpreadConstraint } from '../model/pod-spec.ts'
import type { NodeLoad } from './node-load.ts'

/** A node and what its pods take. */
export interface NodeRoom {
  readonly node: Node
  readonly load: NodeLoad
}

/** Pods that keep others away by the same required anti-affinity. */
export interface AntiAffinityCarriers {
  readonly namespace: string
  readonly terms: PodAffinity['required']
  readonly pods: Iterable<Pod>
}

/**
 * The cluster as the scheduler's snapshot has it (k/k pkg/scheduler/internal/cache/snapshot.go): nodes
 * with their bound pods that haven't ended, those that are being deleted among them.
 */
export interface SchedulingView {
  readonly rooms: readonly NodeRoom[]
  room(node: string): NodeRoom | undefined
  podsIn(namespace: string): Iterable<Pod>
  allPods(): Iterable<Pod>
  /** Pods that wait for others to be moved out of their way on the node (status.nominatedNodeName). */
  nominatedOn(node: string): Iterable<Pod>
  /** Pods with required anti-affinity. */
  antiAffinityCarriers(): Iterable<AntiAffinityCarriers>
  /** Undefined: the namespace isn't known, or may not be read. */
  namespaceLabels(namespace: string): Labels | undefined
  /** The constraints that the scheduler applies to a pod without any of its own; empty: none. */
  defaultConstraints(pod: Pod): readonly TopologySpreadConstraint[]
}

/** Whether the scheduler counts the pod among those on its node. */
export function isOnNode({ nodeName, phase }: Pod): boolean {
  return nodeName !== '' && phase !== 'Succeeded' && phase !== 'Failed'
}
