import type { Workload, WorkloadKind } from '../model/workload.ts'
import { readAnnotations } from './annotations.ts'
import { readConditions } from './condition.ts'
import type { Interner } from './interner.ts'
import { readLabelSelector, readLabels } from './labels.ts'
import { readObjectMeta } from './object-meta.ts'
import { readPodSpec } from './pod-spec.ts'
import { isRecord, type Raw, record, text, whole, wholeOrNull } from './raw.ts'

export function readWorkload(kind: WorkloadKind, raw: Raw, interner: Interner): Workload | null {
  const meta = readObjectMeta(raw, interner)
  if (!meta) return null
  const metadata = record(raw.metadata)
  const spec = record(raw.spec)
  const status = record(raw.status)
  const annotations = readAnnotations(metadata.annotations)
  const template = record(kind === 'CronJob' ? record(record(spec.jobTemplate).spec).template : spec.template)
  const replicas =
    kind === 'Job' ? spec.parallelism : kind === 'DaemonSet' ? status.desiredNumberScheduled : spec.replicas
  return {
    kind,
    ...meta,
    annotations,
    selector: readLabelSelector(spec.selector, interner),
    replicas: wholeOrNull(replicas),
    readyReplicas: whole(kind === 'DaemonSet' ? status.numberReady : status.readyReplicas, 0),
    updatedReplicas: whole(kind === 'DaemonSet' ? status.updatedNumberScheduled : status.updatedReplicas, 0),
    availableReplicas: whole(kind === 'DaemonSet' ? status.numberAvailable : status.availableReplicas, 0),
    generation: whole(metadata.generation, 0),
    observedGeneration: whole(status.observedGeneration, 0),
    revision: annotations['deployment.kubernetes.io/revision'] ?? text(status.updateRevision),
    podLabels: readLabels(record(template.metadata).labels, interner),
    podSpec: isRecord(template.spec) ? readPodSpec(template.spec, meta.uid, interner) : null,
    conditions: readConditions(status.conditions, interner),
  }
}
