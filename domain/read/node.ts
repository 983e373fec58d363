import type { Node, Taint } from '../model/node.ts'
import { readConditions } from './condition.ts'
import { readResources } from './container-spec.ts'
import type { Interner } from './interner.ts'
import { readObjectMeta } from './object-meta.ts'
import { flag, type Raw, record, records, text } from './raw.ts'

/** core/v1 Node. */
export function readNode(raw: Raw, interner: Interner): Node | null {
  const meta = readObjectMeta(record(raw.metadata), interner)
  if (!meta) return null
  const spec = record(raw.spec)
  const status = record(raw.status)
  return {
    kind: 'Node',
    ...meta,
    name: interner.text(meta.name),
    unschedulable: flag(spec.unschedulable),
    taints: records(spec.taints, readTaint),
    conditions: readConditions(status.conditions, interner),
    allocatable: readResources(status.allocatable),
    capacity: readResources(status.capacity),
    kubeletVersion: interner.text(text(record(status.nodeInfo).kubeletVersion)),
  }
}

function readTaint(item: Raw): Taint {
  return { key: text(item.key), value: text(item.value), effect: text(item.effect) }
}
