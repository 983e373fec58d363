import type { ClusterObject, ClusterObjectKind } from '../model/cluster-object.ts'
import { readClusterEvent } from './cluster-event.ts'
import { readEndpointSlice } from './endpoint-slice.ts'
import type { Interner } from './interner.ts'
import { readNamespace } from './namespace.ts'
import { readNode } from './node.ts'
import { readPod } from './pod.ts'
import { isRecord } from './raw.ts'
import { readService } from './service.ts'
import { readWorkload } from './workload.ts'

/**
 * Reads one API object into the model. Whatever is missing, null, of a wrong type or unknown
 * becomes its neutral value: one bad field never loses the object. Null only where uid or name is
 * missing. What the model has no field for (environment values, arguments, managedFields,
 * last-applied configuration) ends here.
 */
export function readClusterObject(kind: ClusterObjectKind, raw: unknown, interner: Interner): ClusterObject | null {
  if (!isRecord(raw)) return null
  switch (kind) {
    case 'Pod':
      return readPod(raw, interner)
    case 'Node':
      return readNode(raw, interner)
    case 'Event':
      return readClusterEvent(raw, interner)
    case 'Service':
      return readService(raw, interner)
    case 'EndpointSlice':
      return readEndpointSlice(raw, interner)
    case 'Namespace':
      return readNamespace(raw, interner)
    default:
      return readWorkload(kind, raw, interner)
  }
}
