// STUB
import type { ClusterEvent } from '../model/cluster-event.ts'
import type { Node } from '../model/node.ts'
import type { Pod } from '../model/pod.ts'
import type { KubectlDialect } from './kubectl-dialect.ts'
import { podStatus, type PodStatus } from './pod-status.ts'
import type { Problem } from './problem.ts'
import type { Severity } from './severity.ts'
export function podHealth(pod: Pod, context: { node: Node | null; workload: { kind: string; name: string } | null; events: readonly ClusterEvent[]; dialect: KubectlDialect }, _now: number): { status: PodStatus; severity: Severity; init: { done: number; total: number } | null; problems: readonly Problem[]; recheckAt: number | null } {
  const status = podStatus(pod, context.dialect)
  return { status, severity: status.status === 'Running' || status.status === 'Completed' ? 'ok' : 'warning', init: null, problems: [], recheckAt: null }
}
