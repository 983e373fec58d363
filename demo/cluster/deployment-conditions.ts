import { timestamp } from '../api/object-store.ts'
import type { Condition } from './pod-types.ts'
import type { Deployment } from './workload-types.ts'

interface Counts {
  readonly replicas: number
  readonly updatedReplicas: number
  readonly readyReplicas: number
  readonly availableReplicas: number
}

/**
 * The conditions Available and Progressing (k/k pkg/controller/deployment/progress.go).
 * @returns also when to look again for the progress deadline, ms; null where that isn't needed
 */
export function deploymentConditions(
  deployment: Deployment,
  counts: Counts,
  replicaSet: string,
  maxUnavailable: number,
  now: number,
): { conditions: readonly Condition[]; checkAfter: number | null } {
  const { replicas } = deployment.spec
  const { status } = deployment
  const find = (type: string) => status.conditions?.find((each) => each.type === type)
  const made = (type: string, text: string, reason: string, message: string, moved: boolean): Condition => {
    const last = find(type)
    if (last && last.status === text && last.reason === reason && !moved) return last
    const at = timestamp(now)
    const since = last?.status === text ? (last.lastTransitionTime ?? at) : at
    return { type, status: text, lastUpdateTime: at, lastTransitionTime: since, reason, message }
  }
  const enough = counts.availableReplicas >= replicas - maxUnavailable
  const available = enough
    ? made('Available', 'True', 'MinimumReplicasAvailable', 'Deployment has minimum availability.', false)
    : made('Available', 'False', 'MinimumReplicasUnavailable', 'Deployment does not have minimum availability.', false)

  const progressing = find('Progressing')
  const observed = status.observedGeneration === deployment.metadata.generation
  const complete =
    counts.updatedReplicas === replicas && counts.replicas === replicas && counts.availableReplicas === replicas
  // Once complete it stays so until the next rollout, whatever becomes of single pods.
  if (
    complete ||
    (progressing?.reason === 'NewReplicaSetAvailable' && observed && counts.updatedReplicas === counts.replicas)
  ) {
    const message = `ReplicaSet "${replicaSet}" has successfully progressed.`
    return {
      conditions: [available, made('Progressing', 'True', 'NewReplicaSetAvailable', message, false)],
      checkAfter: null,
    }
  }
  const old = (total: number | undefined, updated: number | undefined) => (total ?? 0) - (updated ?? 0)
  const moved =
    !observed ||
    counts.updatedReplicas > (status.updatedReplicas ?? 0) ||
    old(counts.replicas, counts.updatedReplicas) < old(status.replicas, status.updatedReplicas) ||
    counts.readyReplicas > (status.readyReplicas ?? 0) ||
    counts.availableReplicas > (status.availableReplicas ?? 0)
  const deadline = deployment.spec.progressDeadlineSeconds * 1000
  const lastMove = Date.parse(String(progressing?.lastUpdateTime ?? timestamp(now)))
  if (!moved && progressing?.reason === 'ProgressDeadlineExceeded') {
    return { conditions: [available, progressing], checkAfter: null }
  }
  if (!moved && progressing && now - lastMove >= deadline) {
    const message = `ReplicaSet "${replicaSet}" has timed out progressing.`
    return {
      conditions: [available, made('Progressing', 'False', 'ProgressDeadlineExceeded', message, false)],
      checkAfter: null,
    }
  }
  const message = `ReplicaSet "${replicaSet}" is progressing.`
  const condition = made('Progressing', 'True', 'ReplicaSetUpdated', message, moved)
  return { conditions: [available, condition], checkAfter: (moved ? now : lastMove) + deadline + 1000 - now }
}
