import type { Workload, WorkloadKind } from '../model/workload.ts'
import { readAnnotations } from './annotations.ts'
import { readConditions } from './condition.ts'
import type { Interner } from './interner.ts'
import { readLabels, readSelector } from './labels.ts'
import { readObjectMeta } from './object-meta.ts'
import { readPodSpec } from './pod-spec.ts'
import { count, isRecord, type Raw, record, records, text } from './raw.ts'
import { timestamp } from './timestamp.ts'

/** apps/v1 Deployment, ReplicaSet, StatefulSet and DaemonSet; batch/v1 Job and CronJob (v1beta1 alike). */
export function readWorkload(kind: WorkloadKind, raw: Raw, interner: Interner): Workload | null {
  const metadata = record(raw.metadata)
  const meta = readObjectMeta(metadata, interner)
  if (!meta) return null
  const spec = record(raw.spec)
  const status = record(raw.status)
  const annotations = readAnnotations(metadata.annotations, meta.owner?.uid ?? '', interner)
  const template = record((kind === 'CronJob' ? record(record(spec.jobTemplate).spec) : spec).template)
  const podSpec = template.spec
  // The ReplicaSets of one Deployment are its template's revisions: mostly equal.
  const familyId = meta.owner?.uid ?? meta.uid
  return {
    kind,
    ...meta,
    annotations,
    selector: readSelector(spec.selector),
    ...readReplicas(kind, spec, status),
    generation: count(metadata.generation),
    observedGeneration: count(status.observedGeneration),
    revision: annotations['deployment.kubernetes.io/revision'] ?? interner.text(text(status.updateRevision)),
    ...readProgress(kind, spec, status),
    podLabels: interner.labels(familyId, (like) => readLabels(record(template.metadata).labels, like)),
    podSpec: isRecord(podSpec) ? interner.podSpec(familyId, (like) => readPodSpec(podSpec, like)) : null,
    conditions: readConditions(status.conditions, interner),
  }
}

/** The deadline is 600 s where none is given (SetDefaults_Deployment in k/k pkg/apis/apps/v1). */
function readProgress(
  kind: WorkloadKind,
  spec: Raw,
  status: Raw,
): Pick<Workload, 'progressDeadlineSeconds' | 'progressedAt'> {
  if (kind !== 'Deployment') return { progressDeadlineSeconds: null, progressedAt: null }
  const [progressing] = records(status.conditions, (item: Raw) => item).filter(({ type }) => type === 'Progressing')
  return {
    progressDeadlineSeconds: count(spec.progressDeadlineSeconds, 600),
    progressedAt: progressing ? timestamp(progressing.lastUpdateTime) : null,
  }
}

function readReplicas(
  kind: WorkloadKind,
  spec: Raw,
  status: Raw,
): Pick<Workload, 'replicas' | 'readyReplicas' | 'updatedReplicas' | 'availableReplicas'> {
  if (kind === 'DaemonSet') {
    return {
      replicas: count(status.desiredNumberScheduled),
      readyReplicas: count(status.numberReady),
      updatedReplicas: count(status.updatedNumberScheduled),
      availableReplicas: count(status.numberAvailable),
    }
  }
  return {
    // Absent means 1 for all that have it (SetDefaults in k/k pkg/apis/apps/v1 and batch/v1).
    replicas: kind === 'CronJob' ? null : count(kind === 'Job' ? spec.parallelism : spec.replicas, 1),
    readyReplicas: count(kind === 'Job' ? status.ready : status.readyReplicas),
    updatedReplicas: count(status.updatedReplicas),
    availableReplicas: count(status.availableReplicas),
  }
}
