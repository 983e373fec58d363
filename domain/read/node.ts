import type { Node } from '../model/node.ts'
import { readConditions } from './condition.ts'
import { readResources } from './container-spec.ts'
import type { Interner } from './interner.ts'
import { readObjectMeta } from './object-meta.ts'
import { flag, type Raw, record, records, text } from './raw.ts'

export function readNode(raw: Raw, interner: Interner): Node | null {
  const meta = readObjectMeta(raw, interner)
  if (!meta) return null
  const spec = record(raw.spec)
  const status = record(raw.status)
  return {
    kind: 'Node',
    ...meta,
    unschedulable: flag(spec.unschedulable),
    taints: records(spec.taints, (each) => ({
      key: text(each.key),
      value: text(each.value),
      effect: text(each.effect),
    })),
    conditions: readConditions(status.conditions, interner),
    allocatable: readResources(status.allocatable),
    capacity: readResources(status.capacity),
    kubeletVersion: interner.text(text(record(status.nodeInfo).kubeletVersion)),
  }
}
