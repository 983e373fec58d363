import type { ObjectMeta } from './object-meta.ts'

/**
 * A Kubernetes Event, the same whether it was read from core/v1 or events.k8s.io. Events are a
 * lossy hint (client-go drops and folds them): their absence never proves health.
 */
export interface ClusterEvent extends ObjectMeta {
  readonly kind: 'Event'
  readonly regarding: {
    readonly kind: string
    readonly namespace: string
    readonly name: string
    readonly uid: string
    /** For containers `spec.containers{name}` or `spec.initContainers{name}`. */
    readonly fieldPath: string
  }
  /** Normal or Warning. */
  readonly type: string
  readonly reason: string
  readonly message: string
  /** series.count, else count, else 1. */
  readonly count: number
  /** First and last time seen; last is series.lastObservedTime, else lastTimestamp, else eventTime, else firstTimestamp, else creation. */
  readonly firstAt: number
  readonly lastAt: number
  readonly reportingController: string
  readonly host: string
}
