import type { ClusterObject, ClusterObjectKind } from '../model/cluster-object.ts'
import { readClusterEvent } from './cluster-event.ts'
import { readEndpointSlice } from './endpoint-slice.ts'
import type { Interner } from './interner.ts'
import { readNamespace } from './namespace.ts'
import { readNode } from './node.ts'
import { readPod } from './pod.ts'
import { readPodDisruptionBudget } from './pod-disruption-budget.ts'
import { isRecord } from './raw.ts'
import { readService } from './service.ts'
import { readWorkload } from './workload.ts'

/**
 * Reads an object as the API server sent it (a list's item, which has no kind of its own, or a
 * watch event's object) into what Plumbline keeps. The one place through which cluster data comes
 * in, and so the one that leaves out what nobody should see: environment, commands and arguments,
 * probe headers, managedFields and all annotations that aren't known to be harmless.
 *
 * Fields that are missing, null or of another type get their neutral value. Never throws.
 * @returns null where metadata has no uid or no name: such an object can't be told from others
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
    case 'PodDisruptionBudget':
      return readPodDisruptionBudget(raw, interner)
    default:
      return readWorkload(kind, raw, interner)
  }
}
