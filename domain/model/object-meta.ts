import type { Labels } from './labels.ts'

/** The controlling owner of an object (the one entry of ownerReferences with `controller: true`). */
export interface OwnerReference {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
  readonly uid: string
}

/** What every object that Plumbline keeps has. Times are milliseconds since the Unix epoch. */
export interface ObjectMeta {
  readonly uid: string
  /** Empty for cluster-scoped objects. */
  readonly namespace: string
  readonly name: string
  /** Opaque: compare for equality only. */
  readonly resourceVersion: string
  readonly labels: Labels
  readonly createdAt: number
  /** deletionTimestamp: from then on the object is terminating; null while it is not. */
  readonly deletedAt: number | null
  readonly owner: OwnerReference | null
}
