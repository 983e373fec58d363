import type { Service } from '../model/service.ts'
import type { Interner } from './interner.ts'
import { readLabels } from './labels.ts'
import { readObjectMeta } from './object-meta.ts'
import { count, flag, isRecord, numberOrText, type Raw, record, records, text } from './raw.ts'

/** core/v1 Service. */
export function readService(raw: Raw, interner: Interner): Service | null {
  const meta = readObjectMeta(record(raw.metadata), interner)
  if (!meta) return null
  const spec = record(raw.spec)
  return {
    kind: 'Service',
    ...meta,
    selector: isRecord(spec.selector) ? readLabels(spec.selector) : null,
    type: text(spec.type) || 'ClusterIP',
    clusterIP: text(spec.clusterIP),
    publishNotReadyAddresses: flag(spec.publishNotReadyAddresses),
    ports: records(spec.ports, readPort),
  }
}

function readPort(item: Raw): Service['ports'][number] {
  const port = count(item.port)
  return {
    name: text(item.name),
    port,
    targetPort: numberOrText(item.targetPort) || String(port),
    protocol: text(item.protocol) || 'TCP',
  }
}
