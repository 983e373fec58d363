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

export function readPod(raw: Raw, interner: Interner): Pod | null {
  const meta = readObjectMeta(raw, interner)
  if (!meta) return null
  const spec = record(raw.spec)
  const status = record(raw.status)
  return {
    kind: 'Pod',
    ...meta,
    annotations: readAnnotations(record(raw.metadata).annotations),
    spec: readPodSpec(raw.spec, meta.owner?.uid ?? '', interner),
    nodeName: interner.text(text(spec.nodeName)),
    phase: interner.text(text(status.phase)),
    reason: interner.text(text(status.reason)),
    message: messageText(status.message),
    podIP: text(status.podIP),
    startTime: timestamp(status.startTime),
    nominatedNodeName: interner.text(text(status.nominatedNodeName)),
    qosClass: interner.text(text(status.qosClass)),
    conditions: readConditions(status.conditions, interner),
    initContainerStatuses: readContainerStatuses(status.initContainerStatuses, interner),
    containerStatuses: readContainerStatuses(status.containerStatuses, interner),
  }
}
