import type { Labels } from './labels.ts'
import type { ObjectMeta } from './object-meta.ts'
import type { PodSpec } from './pod-spec.ts'

/** A pod, projected to what Plumbline uses. Times are milliseconds since the Unix epoch. */
export interface Pod extends ObjectMeta {
  readonly kind: 'Pod'
  /** Only annotations that Plumbline reads (see domain/read/annotations.ts). */
  readonly annotations: Labels
  readonly spec: PodSpec
  /** Empty string: not yet bound to a node. */
  readonly nodeName: string
  readonly phase: string
  /** status.reason, for example Evicted or NodeLost; empty where absent. */
  readonly reason: string
  readonly message: string
  readonly podIP: string
  readonly startTime: number | null
  readonly nominatedNodeName: string
  readonly qosClass: string
  readonly conditions: readonly PodCondition[]
  readonly initContainerStatuses: readonly ContainerStatus[]
  readonly containerStatuses: readonly ContainerStatus[]
}

export interface PodCondition {
  readonly type: string
  /** True, False or Unknown. */
  readonly status: string
  readonly reason: string
  readonly message: string
  readonly lastTransitionTime: number | null
}

export interface ContainerStatus {
  readonly name: string
  readonly ready: boolean
  /** Null where the API server doesn't say. */
  readonly started: boolean | null
  readonly restartCount: number
  readonly image: string
  readonly containerID: string
  readonly state: ContainerState
  readonly lastState: ContainerState
}

export type ContainerState =
  | { readonly type: 'waiting'; readonly reason: string; readonly message: string }
  | { readonly type: 'running'; readonly startedAt: number | null }
  | {
      readonly type: 'terminated'
      readonly exitCode: number
      readonly signal: number
      readonly reason: string
      readonly message: string
      readonly startedAt: number | null
      readonly finishedAt: number | null
      readonly containerID: string
    }
  /** The API object gives no state: Kubernetes takes that as waiting without a reason. */
  | { readonly type: 'none' }
