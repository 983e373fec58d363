import type { Endpoint, EndpointSlice } from '../model/endpoint-slice.ts'
import type { Interner } from './interner.ts'
import { readObjectMeta } from './object-meta.ts'
import { flag, flagOrNull, type Raw, record, records, text, texts } from './raw.ts'

/** discovery.k8s.io v1 and v1beta1; the latter tells node and zone in `topology`. */
export function readEndpointSlice(raw: Raw, interner: Interner): EndpointSlice | null {
  const meta = readObjectMeta(raw, interner)
  if (!meta) return null
  return {
    kind: 'EndpointSlice',
    ...meta,
    serviceName: meta.labels['kubernetes.io/service-name'] ?? '',
    addressType: interner.text(text(raw.addressType)),
    endpoints: records(raw.endpoints, (each) => readEndpoint(each, interner)),
  }
}

function readEndpoint(raw: Raw, interner: Interner): Endpoint {
  const conditions = record(raw.conditions)
  const topology = record(raw.topology)
  const target = record(raw.targetRef)
  const isPod = target.kind === 'Pod'
  const ready = flagOrNull(conditions.ready) ?? true
  return {
    addresses: texts(raw.addresses),
    ready,
    serving: flagOrNull(conditions.serving) ?? ready,
    terminating: flag(conditions.terminating),
    nodeName: interner.text(text(raw.nodeName) || text(topology['kubernetes.io/hostname'])),
    zone: interner.text(text(raw.zone) || text(topology['topology.kubernetes.io/zone'])),
    podUid: isPod ? interner.text(text(target.uid)) : '',
    podName: isPod ? interner.text(text(target.name)) : '',
  }
}
