import { LiveSchedulingView } from '../../domain/analysis/live-scheduling-view.ts'
import type { Namespace } from '../../domain/model/namespace.ts'
import type { Node } from '../../domain/model/node.ts'
import type { Pod } from '../../domain/model/pod.ts'
import type { TopologySpreadConstraint } from '../../domain/model/pod-spec.ts'
import { type SchedulerRules, schedulerRules } from '../../domain/placement/scheduler-rules.ts'
import { ClusterState } from '../../domain/state/cluster-state.ts'
import { aNode, type NodeParts } from './a-node.ts'
import { labelsOf } from './a-pod.ts'

export const newest = schedulerRules('v1.37.0')
export const zone = 'topology.kubernetes.io/zone'
export const hostname = 'kubernetes.io/hostname'

/** A node with room for anything, in a zone if one is given. */
export function aRoomyNode(name: string, inZone?: string, { labels, ...parts }: NodeParts = {}): Node {
  const allocatable = labelsOf({ cpu: '8', memory: '16Gi', 'ephemeral-storage': '100Gi', pods: '110' })
  return aNode(name, { allocatable, labels: { ...(inZone !== undefined && { [zone]: inZone }), ...labels }, ...parts })
}

export function aNamespace(name: string, labels: Record<string, string> = {}): Namespace {
  return {
    kind: 'Namespace',
    uid: `namespace-${name}`,
    namespace: '',
    name,
    resourceVersion: '1',
    labels: labelsOf(labels),
    createdAt: 0,
    deletedAt: null,
    owner: null,
    phase: 'Active',
  }
}

/** The scheduler's view of a cluster of these objects. */
export function aSchedulingView(
  objects: readonly (Node | Pod | Namespace)[],
  rules: SchedulerRules = newest,
  defaults: (pod: Pod) => readonly TopologySpreadConstraint[] = () => [],
): LiveSchedulingView {
  const state = new ClusterState()
  const view = new LiveSchedulingView(state, rules, defaults)
  for (const object of objects) {
    const { previous } = state.apply(object)
    if (object.kind === 'Pod') view.applyPod(previous as Pod | null, object)
    if (object.kind === 'Node') view.applyNode(previous as Node | null, object)
  }
  return view
}
