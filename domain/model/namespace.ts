import type { ObjectMeta } from './object-meta.ts'

export interface Namespace extends ObjectMeta {
  readonly kind: 'Namespace'
  readonly phase: string
}
