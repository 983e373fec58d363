import type { Problem, ProblemKind } from './problem.ts'

const site = 'https://kubernetes.io/docs/'

const byKind: Readonly<Record<ProblemKind, string>> = {
  'restart-loop': 'concepts/workloads/pods/pod-lifecycle/#restart-policy',
  'probe-failing': 'tasks/configure-pod-container/configure-liveness-readiness-startup-probes/',
  'container-waiting': 'concepts/workloads/pods/pod-lifecycle/#container-state-waiting',
  'init-failing': 'concepts/workloads/pods/init-containers/#detailed-behavior',
  'init-stuck': 'tasks/debug/debug-application/debug-init-containers/',
  'pod-failed': 'concepts/workloads/pods/pod-lifecycle/#pod-phase',
  'pod-pending': 'tasks/debug/debug-application/debug-pods/#my-pod-stays-pending',
  'pod-not-ready': 'concepts/workloads/pods/pod-lifecycle/#pod-conditions',
  'pod-terminating-stuck': 'concepts/workloads/pods/pod-lifecycle/#pod-termination',
  'node-not-ready': 'concepts/architecture/nodes/#node-status',
  'node-pressure': 'concepts/scheduling-eviction/node-pressure-eviction/#node-conditions',
  'skew-violated': 'concepts/scheduling-eviction/topology-spread-constraints/#spread-constraint-definition',
  'skew-uneven': 'concepts/scheduling-eviction/topology-spread-constraints/#spread-constraint-definition',
  'service-down': 'tasks/debug/debug-application/debug-service/#does-the-service-have-any-endpointslices',
}

/** The kubernetes.io page of the mechanism behind a problem. */
export function problemDocs({ kind }: Pick<Problem, 'kind' | 'cause'>): string {
  return site + byKind[kind]
}
