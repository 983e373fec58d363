import { fieldsOf, managedFields } from './managed-fields.ts'
import type { Pod, PodSpec, PodStatus } from './pod-types.ts'

const specFields = new WeakMap<object, object>()

/** The managedFields of a pod that a controller has made and kubelet reports on. */
export function podManagedFields(pod: Pod, status: PodStatus, time: string): readonly object[] {
  return managedFields([
    { manager: 'kube-controller-manager', time: pod.metadata.creationTimestamp ?? time, fields: made(pod) },
    { manager: 'kubelet', time, fields: { 'f:status': statusFields(status) }, subresource: 'status' },
  ])
}

function made(pod: Pod): object {
  const known = specFields.get(pod.spec)
  if (known) return known
  const { nodeName: _nodeName, ...spec }: PodSpec = pod.spec
  const { labels, annotations, ownerReferences, generateName } = pod.metadata
  const fields = {
    'f:metadata': fieldsOf({ annotations, generateName, labels, ownerReferences }),
    'f:spec': fieldsOf(spec),
  }
  specFields.set(pod.spec, fields)
  return fields
}

/** Kubelet owns the status but for the condition PodScheduled; lists of container statuses are atomic. */
function statusFields(status: PodStatus): object {
  const { conditions = [], ...rest } = status
  const reported = conditions.filter((each) => each.type !== 'PodScheduled')
  const fields: Record<string, object> = { ...fieldsOf({ conditions: reported }) }
  for (const field of Object.keys(rest)) fields[`f:${field}`] = {}
  return fields
}
