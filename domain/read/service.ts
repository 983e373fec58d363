import type { Service } from '../model/service.ts'
import type { Interner } from './interner.ts'
import { readLabels } from './labels.ts'
import { readObjectMeta } from './object-meta.ts'
import { flag, isRecord, numberOrText, type Raw, record, records, text, whole } from './raw.ts'

export function readService(raw: Raw, interner: Interner): Service | null {
  const meta = readObjectMeta(raw, interner)
  if (!meta) return null
  const spec = record(raw.spec)
  return {
    kind: 'Service',
    ...meta,
    selector: isRecord(spec.selector) ? readLabels(spec.selector, interner) : null,
    type: text(spec.type) || 'ClusterIP',
    clusterIP: text(spec.clusterIP),
    publishNotReadyAddresses: flag(spec.publishNotReadyAddresses),
    ports: records(spec.ports, (each) => ({
      name: text(each.name),
      port: whole(each.port, 0),
      targetPort: numberOrText(each.targetPort) || numberOrText(each.port),
      protocol: text(each.protocol) || 'TCP',
    })),
  }
}
