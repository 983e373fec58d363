import type { ContainerSketch } from './pod-templates.ts'

/** How a workload's pods are to be spread; each makes the constraint or the affinity that one finds in the field. */
export type Spread =
  /** Zones, hard, maxSkew 1; nodes, soft. Lost zones don't count (nodeTaintsPolicy: Honor), as many charts do it. */
  | 'zones-hard'
  /** Zones, hard, per revision, and at least three of them. */
  | 'zones-strict'
  | 'zones-soft'
  /** Nodes, hard, with zones soft. */
  | 'hosts-hard'
  /** At most one in a zone, by required anti-affinity. */
  | 'one-per-zone'
  /** At most one on a node, by required anti-affinity. */
  | 'one-per-host'
  | 'prefer-hosts'
  | 'none'

export interface ShopWorkload extends Omit<ContainerSketch, 'name' | 'image'> {
  readonly namespace: string
  readonly name: string
  /** Of the main container; default: the workload's name. */
  readonly container?: string
  readonly image: string
  readonly version: string
  readonly replicas: number
  readonly spread?: Spread
  /** Spread constraints count each revision by itself (matchLabelKeys: pod-template-hash). */
  readonly perRevision?: boolean
  readonly mesh?: boolean
  readonly init?: readonly ContainerSketch[]
  readonly sidecars?: readonly ContainerSketch[]
  /** Port of the Service; absent: none. Headless for StatefulSets. */
  readonly service?: number
  /** Days since it was first deployed. */
  readonly age?: number
  /** Restarts that a pod has behind it. */
  readonly restarts?: number
  /** Earlier revisions whose empty ReplicaSets are still there. */
  readonly revisions?: number
  readonly volumes?: readonly object[]
  readonly tier?: string
}

export interface ShopCronJob extends ContainerSketch {
  readonly namespace: string
  readonly schedule: string
  readonly backoffLimit?: number
  readonly age?: number
}
