import type { Labels } from './labels.ts'
import type { ObjectMeta } from './object-meta.ts'

export interface Service extends ObjectMeta {
  readonly kind: 'Service'
  /** Null: a Service without a selector, whose endpoints someone else makes. */
  readonly selector: Labels | null
  readonly type: string
  readonly clusterIP: string
  readonly publishNotReadyAddresses: boolean
  readonly ports: readonly {
    readonly name: string
    readonly port: number
    readonly targetPort: string
    readonly protocol: string
  }[]
}
