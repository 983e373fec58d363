import type { LabelSelector, Labels } from './labels.ts'
import type { ObjectMeta } from './object-meta.ts'
import type { PodSpec } from './pod-spec.ts'

export type WorkloadKind = 'ReplicaSet' | 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'Job' | 'CronJob'

/** An object that owns pods, directly (ReplicaSet, StatefulSet, DaemonSet, Job) or through another. */
export interface Workload extends ObjectMeta {
  readonly kind: WorkloadKind
  readonly annotations: Labels
  readonly selector: LabelSelector | null
  /** spec.replicas (parallelism for a Job, desiredNumberScheduled for a DaemonSet); null where it has none. */
  readonly replicas: number | null
  readonly readyReplicas: number
  readonly updatedReplicas: number
  readonly availableReplicas: number
  readonly generation: number
  readonly observedGeneration: number
  /** Annotation deployment.kubernetes.io/revision, or status.updateRevision; empty where absent. */
  readonly revision: string
  /** Deployment: spec.progressDeadlineSeconds, and when it last progressed (condition Progressing, lastUpdateTime), ms. */
  readonly progressDeadlineSeconds: number | null
  readonly progressedAt: number | null
  readonly podLabels: Labels
  readonly podSpec: PodSpec | null
  readonly conditions: readonly WorkloadCondition[]
}

export interface WorkloadCondition {
  readonly type: string
  readonly status: string
  readonly reason: string
  readonly message: string
  readonly lastTransitionTime: number | null
}
