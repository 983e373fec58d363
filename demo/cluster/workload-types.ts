import type { KubernetesObject } from '../api/kubernetes-object.ts'
import type { Condition, LabelSelector, PodTemplate } from './pod-types.ts'

export interface ReplicaSet extends KubernetesObject {
  readonly spec: { readonly replicas: number; readonly selector: LabelSelector; readonly template: PodTemplate }
  readonly status: ReplicaStatus
}

export interface ReplicaStatus {
  readonly replicas: number
  readonly readyReplicas?: number
  readonly availableReplicas?: number
  readonly [field: string]: unknown
}

export interface Deployment extends KubernetesObject {
  readonly spec: {
    readonly replicas: number
    readonly selector: LabelSelector
    readonly template: PodTemplate
    readonly progressDeadlineSeconds: number
    readonly revisionHistoryLimit: number
    readonly [field: string]: unknown
  }
  readonly status: ReplicaStatus & { readonly updatedReplicas?: number; readonly conditions?: readonly Condition[] }
}

export interface StatefulSet extends KubernetesObject {
  readonly spec: {
    readonly replicas: number
    readonly serviceName: string
    readonly selector: LabelSelector
    readonly template: PodTemplate
    readonly [field: string]: unknown
  }
  readonly status: ReplicaStatus & { readonly updateRevision?: string; readonly currentRevision?: string }
}

export interface DaemonSet extends KubernetesObject {
  readonly spec: { readonly selector: LabelSelector; readonly template: PodTemplate; readonly [field: string]: unknown }
  readonly status: { readonly [field: string]: unknown }
}

export interface Job extends KubernetesObject {
  readonly spec: {
    readonly backoffLimit: number
    readonly completions: number
    readonly parallelism: number
    readonly selector: LabelSelector
    readonly template: PodTemplate
    readonly [field: string]: unknown
  }
  readonly status: {
    readonly active?: number
    readonly succeeded?: number
    readonly failed?: number
    readonly conditions?: readonly Condition[]
    readonly [field: string]: unknown
  }
}

export interface CronJob extends KubernetesObject {
  readonly spec: {
    readonly schedule: string
    readonly suspend: boolean
    readonly successfulJobsHistoryLimit: number
    readonly failedJobsHistoryLimit: number
    readonly jobTemplate: { readonly spec: { readonly backoffLimit: number; readonly template: PodTemplate } }
    readonly [field: string]: unknown
  }
  readonly status: { readonly [field: string]: unknown }
}

export interface Service extends KubernetesObject {
  readonly spec: {
    readonly selector?: Readonly<Record<string, string>>
    readonly publishNotReadyAddresses?: boolean
    readonly ports: readonly {
      readonly name?: string
      readonly port: number
      readonly targetPort: number | string
      readonly protocol: string
    }[]
    readonly [field: string]: unknown
  }
}
