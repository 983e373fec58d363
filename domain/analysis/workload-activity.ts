import { isPending } from '../placement/pending-pod.ts'
import type { WorkloadActivity } from '../placement/spread-healing.ts'
import type { ClusterState, WorkloadRef } from '../state/cluster-state.ts'

/** Costs a walk over the workload's pods. */
export function workloadActivity(state: ClusterState, ref: WorkloadRef, namespace: string): WorkloadActivity {
  let terminating = 0
  let pending = 0
  for (const pod of state.podsOfWorkload(ref, namespace)) {
    if (pod.deletedAt !== null) terminating += 1
    else if (isPending(pod)) pending += 1
  }
  const workload = state.workloadNamed(ref.kind, namespace, ref.name)
  const rolls = ref.kind === 'Deployment' || ref.kind === 'StatefulSet' || ref.kind === 'DaemonSet'
  const rollout =
    rolls &&
    workload !== undefined &&
    (workload.observedGeneration < workload.generation ||
      (workload.replicas !== null && workload.updatedReplicas < workload.replicas))
  return { rollout, terminating, pending }
}
