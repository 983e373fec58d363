import type { ObjectMeta } from './object-meta.ts'
import type { Resources } from './pod-spec.ts'

/** A node, projected to what Plumbline uses. Zone and other domains are read from its labels. */
export interface Node extends ObjectMeta {
  readonly kind: 'Node'
  readonly unschedulable: boolean
  readonly taints: readonly Taint[]
  readonly conditions: readonly NodeCondition[]
  readonly allocatable: Resources
  readonly capacity: Resources
  readonly kubeletVersion: string
}

export interface Taint {
  readonly key: string
  readonly value: string
  /** NoSchedule, PreferNoSchedule or NoExecute. */
  readonly effect: string
}

export interface NodeCondition {
  readonly type: string
  readonly status: string
  readonly reason: string
  readonly message: string
  readonly lastTransitionTime: number | null
}
