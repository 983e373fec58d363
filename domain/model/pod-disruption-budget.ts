import type { LabelSelector } from './labels.ts'
import type { ObjectMeta } from './object-meta.ts'

/** policy PodDisruptionBudget, v1 and v1beta1 alike. */
export interface PodDisruptionBudget extends ObjectMeta {
  readonly kind: 'PodDisruptionBudget'
  /** Null: it selects nothing. */
  readonly selector: LabelSelector | null
  /** A number or a percentage, as written; null where maxUnavailable is given instead. */
  readonly minAvailable: string | null
  readonly maxUnavailable: string | null
  /** status: pods that the controllers want, and how many of them must stay healthy. */
  readonly expectedPods: number
  readonly desiredHealthy: number
}
