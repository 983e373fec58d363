import type { Endpoint, EndpointSlice } from '../model/endpoint-slice.ts'
import type { Interner } from './interner.ts'
import { readObjectMeta } from './object-meta.ts'
import { flagOrNull, type Raw, record, records, text, texts } from './raw.ts'

/** discovery.k8s.io/v1 and v1beta1 EndpointSlice. */
export function readEndpointSlice(raw: Raw, interner: Interner): EndpointSlice | null {
  const meta = readObjectMeta(record(raw.metadata), interner)
  if (!meta) return null
  return {
    kind: 'EndpointSlice',
    ...meta,
    serviceName: meta.labels['kubernetes.io/service-name'] ?? '',
    addressType: text(raw.addressType),
    endpoints: records(raw.endpoints, (item: Raw) => readEndpoint(item, interner)),
  }
}

/** Absent conditions are to be taken as ready, as serving while ready, and as not terminating (api/discovery/v1 types.go). */
function readEndpoint(item: Raw, interner: Interner): Endpoint {
  const conditions = record(item.conditions)
  // v1beta1 has node and zone here and nowhere else.
  const topology = record(item.topology)
  const target = record(item.targetRef)
  const isPod = target.kind === 'Pod'
  const ready = flagOrNull(conditions.ready) ?? true
  return {
    addresses: texts(item.addresses),
    ready,
    serving: flagOrNull(conditions.serving) ?? ready,
    terminating: flagOrNull(conditions.terminating) ?? false,
    nodeName: interner.text(text(item.nodeName) || text(topology['kubernetes.io/hostname'])),
    zone: interner.text(text(item.zone) || text(topology['topology.kubernetes.io/zone'])),
    podUid: isPod ? text(target.uid) : '',
    podName: isPod ? text(target.name) : '',
  }
}
