import type { ClusterObjectKind } from '../../domain/model/cluster-object.ts'

/** Where a kind can be read, best first. Which of these a cluster serves, discovery tells. */
export interface WatchedKind {
  readonly kind: ClusterObjectKind
  readonly resource: string
  /** API groups and versions as in a path: `api/v1`, `apis/apps/v1`. */
  readonly apis: readonly string[]
}

/**
 * Every kind that Plumbline watches, in the order in which they are first listed. Events are read
 * from core/v1 where that is allowed (the built-in role `view` grants only that) and from
 * events.k8s.io otherwise: both serve the same stored objects.
 */
export const watchedKinds: readonly WatchedKind[] = [
  { kind: 'Namespace', resource: 'namespaces', apis: ['api/v1'] },
  { kind: 'Node', resource: 'nodes', apis: ['api/v1'] },
  { kind: 'Deployment', resource: 'deployments', apis: ['apis/apps/v1'] },
  { kind: 'ReplicaSet', resource: 'replicasets', apis: ['apis/apps/v1'] },
  { kind: 'StatefulSet', resource: 'statefulsets', apis: ['apis/apps/v1'] },
  { kind: 'DaemonSet', resource: 'daemonsets', apis: ['apis/apps/v1'] },
  { kind: 'CronJob', resource: 'cronjobs', apis: ['apis/batch/v1', 'apis/batch/v1beta1'] },
  { kind: 'Job', resource: 'jobs', apis: ['apis/batch/v1'] },
  { kind: 'Service', resource: 'services', apis: ['api/v1'] },
  {
    kind: 'EndpointSlice',
    resource: 'endpointslices',
    apis: ['apis/discovery.k8s.io/v1', 'apis/discovery.k8s.io/v1beta1'],
  },
  {
    kind: 'PodDisruptionBudget',
    resource: 'poddisruptionbudgets',
    apis: ['apis/policy/v1', 'apis/policy/v1beta1'],
  },
  { kind: 'Pod', resource: 'pods', apis: ['api/v1'] },
  { kind: 'Event', resource: 'events', apis: ['api/v1', 'apis/events.k8s.io/v1', 'apis/events.k8s.io/v1beta1'] },
]

/** The API group of an API path, as RBAC rules name it; empty for the core group. */
export function apiGroup(api: string): string {
  return api.startsWith('apis/') ? (api.split('/')[1] ?? '') : ''
}
