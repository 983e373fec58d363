import type { ObjectMeta } from './object-meta.ts'

/** discovery.k8s.io EndpointSlice, v1 and v1beta1 alike (v1beta1 keeps node and zone in `topology`). */
export interface EndpointSlice extends ObjectMeta {
  readonly kind: 'EndpointSlice'
  /** Label kubernetes.io/service-name; empty for slices of no Service. */
  readonly serviceName: string
  readonly addressType: string
  readonly endpoints: readonly Endpoint[]
}

export interface Endpoint {
  readonly addresses: readonly string[]
  /** An absent `ready` means true (discovery/v1). */
  readonly ready: boolean
  /** An absent `serving` follows ready. */
  readonly serving: boolean
  readonly terminating: boolean
  readonly nodeName: string
  readonly zone: string
  /** targetRef where it names a pod; empty strings otherwise. */
  readonly podUid: string
  readonly podName: string
}
