import type { EndpointSlice } from '../model/endpoint-slice.ts'
import type { Pod } from '../model/pod.ts'
import type { Service } from '../model/service.ts'
import { isPodReady } from './pod-condition.ts'

/** To how many a Service's traffic can go. */
export interface EndpointCounts {
  readonly addresses: number
  readonly readyAddresses: number
  /** Addresses of pods that are being deleted but still answer: kube-proxy uses them when none is ready. */
  readonly servingTerminating: number
  /** slices: as EndpointSlices tell. pods: there are none (to be read), so as their controller would make them. */
  readonly source: 'slices' | 'pods'
}

export interface ServiceEndpoints extends EndpointCounts {
  /** Whether the Service sends a pod traffic, by the pod's uid; endpoints that are no pods stand under their address. */
  readonly ready: ReadonlyMap<string, boolean>
}

/**
 * Whether Kubernetes itself makes this Service's endpoints, from its selector (k/k
 * pkg/controller/endpointslice: it leaves out ExternalName and Services without a selector).
 */
export function hasPodEndpoints({ type, selector }: Service): boolean {
  return type !== 'ExternalName' && selector !== null && Object.keys(selector).length > 0
}

/** Whether a pod that the selector picks is an endpoint at all, having an address (k/k staging endpointslice ShouldPodBeInEndpoints). */
export function isEndpoint({ phase, podIP }: Pod): boolean {
  return podIP !== '' && phase !== 'Succeeded' && phase !== 'Failed'
}

/**
 * What the slices of a Service say. One pod has an endpoint for each address family and set of
 * ports, and may stand in two slices for a moment: it counts once, ready where any of them is.
 */
export function endpointsOfSlices(slices: readonly EndpointSlice[]): ServiceEndpoints {
  const ready = new Map<string, boolean>()
  const lasting = new Set<string>()
  for (const { endpoints } of slices) {
    for (const endpoint of endpoints) {
      const key = endpoint.podUid || endpoint.addresses.join()
      ready.set(key, endpoint.ready || (ready.get(key) ?? false))
      if (endpoint.serving && endpoint.terminating) lasting.add(key)
    }
  }
  return counted(ready, lasting.size, 'slices')
}

/** What the slices would say (k/k staging endpointslice utils podToEndpoint). */
export function endpointsOfPods(service: Service, pods: Iterable<Pod>): ServiceEndpoints {
  const ready = new Map<string, boolean>()
  let lasting = 0
  for (const pod of pods) {
    if (!isEndpoint(pod)) continue
    const serving = isPodReady(pod)
    ready.set(pod.uid, service.publishNotReadyAddresses || (serving && pod.deletedAt === null))
    if (serving && pod.deletedAt !== null) lasting += 1
  }
  return counted(ready, lasting, 'pods')
}

function counted(
  ready: ReadonlyMap<string, boolean>,
  servingTerminating: number,
  source: ServiceEndpoints['source'],
): ServiceEndpoints {
  let readyAddresses = 0
  for (const isReady of ready.values()) if (isReady) readyAddresses += 1
  return { addresses: ready.size, readyAddresses, servingTerminating, ready, source }
}

/**
 * Since when a Service sends a pod traffic, or doesn't, ms: the transition of the pod's own Ready
 * condition, where that is what decides. Null where something else does.
 */
export function endpointSince(service: Service, pod: Pod, ready: boolean): number | null {
  if (service.publishNotReadyAddresses || pod.deletedAt !== null || isPodReady(pod) !== ready) return null
  return pod.conditions.find(({ type }) => type === 'Ready')?.lastTransitionTime ?? null
}
