import type { ClusterEvent } from './cluster-event.ts'
import type { EndpointSlice } from './endpoint-slice.ts'
import type { Namespace } from './namespace.ts'
import type { Node } from './node.ts'
import type { Pod } from './pod.ts'
import type { PodDisruptionBudget } from './pod-disruption-budget.ts'
import type { Service } from './service.ts'
import type { Workload } from './workload.ts'

/** Everything that Plumbline watches. `kind` tells which. */
export type ClusterObject =
  | Pod
  | Node
  | ClusterEvent
  | Service
  | EndpointSlice
  | Namespace
  | Workload
  | PodDisruptionBudget

export type ClusterObjectKind = ClusterObject['kind']

/** The kinds in the order in which they are listed at start: placement needs nodes, owners come before pods. */
export const clusterObjectKinds = [
  'Namespace',
  'Node',
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
  'Pod',
  'Service',
  'EndpointSlice',
  'PodDisruptionBudget',
  'Event',
] as const satisfies readonly ClusterObjectKind[]
