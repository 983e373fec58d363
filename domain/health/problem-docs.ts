import type { Problem, ProblemKind } from './problem.ts'

const site = 'https://kubernetes.io/docs/'
const probes = 'concepts/configuration/liveness-readiness-startup-probes/'
const lifecycle = 'concepts/workloads/pods/pod-lifecycle/'
const images = 'concepts/containers/images/'
const spread = 'concepts/scheduling-eviction/topology-spread-constraints/#spread-constraint-definition'

const byKind: Readonly<Record<ProblemKind, string>> = {
  'restart-loop': `${lifecycle}#container-restarts`,
  'probe-failing': probes,
  'container-waiting': `${lifecycle}#container-state-waiting`,
  'init-failing': 'concepts/workloads/pods/init-containers/#detailed-behavior',
  'init-stuck': 'tasks/debug/debug-application/debug-init-containers/',
  'pod-failed': `${lifecycle}#pod-phase`,
  'pod-pending': 'tasks/debug/debug-application/debug-pods/#my-pod-stays-pending',
  'pod-not-ready': `${lifecycle}#pod-conditions`,
  'pod-terminating-stuck': `${lifecycle}#pod-termination`,
  'node-not-ready': 'tasks/debug/debug-cluster/',
  'node-pressure': 'concepts/scheduling-eviction/node-pressure-eviction/',
  'skew-violated': spread,
  'skew-uneven': spread,
  'service-down': 'tasks/debug/debug-application/debug-service/#does-the-service-have-any-endpointslices',
}

/** Where a cause has a page of its own: by the last words of it that are found here. */
const byCause: ReadonlyMap<string, string> = new Map([
  ['liveness', `${probes}#liveness-probe`],
  ['startup', `${probes}#startup-probe`],
  ['readiness', `${probes}#readiness-probe`],
  ['oom', 'tasks/configure-pod-container/assign-memory-resource/#exceed-a-container-s-memory-limit'],
  ['hook', 'concepts/containers/container-lifecycle-hooks/'],
  ['executable', 'tasks/inject-data-application/define-command-argument-container/'],
  ['start-failed', 'tasks/inject-data-application/define-command-argument-container/'],
  ['completed', `${lifecycle}#restart-policy`],
  ['image', `${images}#imagepullbackoff`],
  ['image-absent', `${images}#image-pull-policy`],
  ['image-name', `${images}#image-names`],
  ['config', 'tasks/configure-pod-container/configure-pod-configmap/'],
  ['creation', 'tasks/debug/debug-application/debug-pods/#my-pod-stays-waiting'],
  ['readiness-gates', `${lifecycle}#pod-readiness-gate`],
  ['node-unheard', 'concepts/scheduling-eviction/taint-and-toleration/#taint-based-evictions'],
  ['node-not-ready', 'concepts/scheduling-eviction/taint-and-toleration/#taint-based-evictions'],
  ['evicted', 'concepts/scheduling-eviction/node-pressure-eviction/'],
  ['preempting', 'concepts/scheduling-eviction/pod-priority-preemption/'],
  ['nodeshutdown', 'concepts/cluster-administration/node-shutdown/'],
  ['shutdown', 'concepts/cluster-administration/node-shutdown/'],
  ['terminated', 'concepts/cluster-administration/node-shutdown/'],
  ['deadlineexceeded', 'concepts/workloads/controllers/job/#job-termination-and-cleanup'],
])

/** The kubernetes.io page of the mechanism behind a problem. */
export function problemDocs({ kind, cause }: Pick<Problem, 'kind' | 'cause'>): string {
  return site + (byCause.get(cause.slice(cause.lastIndexOf('/') + 1)) ?? byKind[kind])
}
