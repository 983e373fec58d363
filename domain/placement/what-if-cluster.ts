import type { Pod } from '../model/pod.ts'
import type { PodDisruptionBudget } from '../model/pod-disruption-budget.ts'
import type { Workload } from '../model/workload.ts'
import type { SchedulerRules } from './scheduler-rules.ts'
import type { SchedulingView } from './scheduling-view.ts'
import type { SkewOutcome } from './what-if-result.ts'

export interface WorkloadId {
  readonly kind: string
  readonly name: string
}

/** What a what-if is worked out on. */
export interface WhatIfCluster {
  readonly view: SchedulingView
  readonly rules: SchedulerRules
  /** All pods on the node, those that have ended too. */
  podsOnNode(node: string): Iterable<Pod>
  podsIn(namespace: string): Iterable<Pod>
  /** @param sample one of its pods: helps where the workload itself may not be read */
  podsOfWorkload(workload: WorkloadId, namespace: string, sample?: Pod): Iterable<Pod>
  /** Pods that wait for a node, those first that the scheduler takes first. */
  pendingPods(): Iterable<Pod>
  /** The uppermost controller; for bare pods kind Pod and their own name. */
  workloadOf(pod: Pod): WorkloadId
  /** Undefined: it isn't known, or may not be read. */
  workload(workload: WorkloadId, namespace: string): Workload | undefined
  /** Null: they may not be read. */
  budgets(): Iterable<PodDisruptionBudget> | null
  /** How a constraint of a pod, by its uid, stands now. Null: it has none over that key. */
  skewNow(uid: string, topologyKey: string, whenUnsatisfiable: string): SkewOutcome | null
}
