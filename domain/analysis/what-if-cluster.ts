import { isPending } from '../placement/pending-pod.ts'
import type { WhatIfCluster } from '../placement/what-if-cluster.ts'
import type { ClusterState } from '../state/cluster-state.ts'
import type { ClusterAnalysis } from './cluster-analysis.ts'

const shownDomains = 100

/**
 * The cluster as last heard, for a what-if.
 * @param seesBudgets false: PodDisruptionBudgets may not be read
 */
export function whatIfCluster(state: ClusterState, analysis: ClusterAnalysis, seesBudgets: boolean): WhatIfCluster {
  const { scheduling, scheduler, spread, pending } = analysis
  return {
    view: scheduling,
    rules: scheduler,
    *podsOnNode(node) {
      for (const uid of state.podsOnNode(node)) {
        const pod = state.pod(uid)
        if (pod) yield pod
      }
    },
    podsIn: (namespace) => state.podsIn(namespace),
    podsOfWorkload: (workload, namespace, sample) => state.podsOfWorkload(workload, namespace, sample),
    pendingPods() {
      const pods = [...pending.uids()].flatMap((uid) => state.pod(uid) ?? [])
      const waiting = pods.filter((pod) => isPending(pod) && pod.spec.schedulingGates.length === 0)
      return waiting.sort((a, b) => b.spec.priority - a.spec.priority || a.createdAt - b.createdAt)
    },
    workloadOf: (pod) => state.workloadOf(pod) ?? { kind: 'Pod', name: pod.name },
    workload: ({ kind, name }, namespace) => state.workloadNamed(kind, namespace, name),
    budgets: () => (seesBudgets ? state.budgets() : null),
    skewNow(uid, topologyKey, whenUnsatisfiable) {
      const group = spread
        .groupsOfPod(uid)
        .map((id) => spread.result(id))
        .find((each) => each?.topologyKey === topologyKey && each.whenUnsatisfiable === whenUnsatisfiable)
      if (!group) return null
      const { skew, violated, globalMinimum } = group
      const domains = [...group.domains].sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
      return { skew, violated, globalMinimum, domains: domains.slice(0, shownDomains) }
    },
  }
}
