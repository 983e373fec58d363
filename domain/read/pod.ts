import type { Pod } from '../model/pod.ts'
import { readAnnotations } from './annotations.ts'
import { readConditions } from './condition.ts'
import { readContainerStatuses } from './container-status.ts'
import type { Interner } from './interner.ts'
import { messageText } from './message-text.ts'
import { readObjectMeta } from './object-meta.ts'
import { readPodSpec } from './pod-spec.ts'
import { type Raw, record, text } from './raw.ts'
import { timestamp } from './timestamp.ts'

/** core/v1 Pod. */
export function readPod(raw: Raw, interner: Interner): Pod | null {
  const metadata = record(raw.metadata)
  const meta = readObjectMeta(metadata, interner)
  if (!meta) return null
  const spec = record(raw.spec)
  const status = record(raw.status)
  return {
    kind: 'Pod',
    uid: meta.uid,
    namespace: meta.namespace,
    name: meta.name,
    resourceVersion: meta.resourceVersion,
    labels: meta.labels,
    createdAt: meta.createdAt,
    deletedAt: meta.deletedAt,
    owner: meta.owner,
    annotations: readAnnotations(metadata.annotations, meta.owner?.uid ?? '', interner),
    spec: interner.podSpec(meta.owner?.uid ?? '', (like) => readPodSpec(spec, like)),
    nodeName: interner.text(text(spec.nodeName)),
    phase: text(status.phase),
    reason: text(status.reason),
    message: messageText(status.message),
    podIP: text(status.podIP),
    startTime: timestamp(status.startTime),
    nominatedNodeName: text(status.nominatedNodeName),
    qosClass: text(status.qosClass),
    conditions: readConditions(status.conditions, null),
    initContainerStatuses: readContainerStatuses(status.initContainerStatuses),
    containerStatuses: readContainerStatuses(status.containerStatuses),
  }
}
