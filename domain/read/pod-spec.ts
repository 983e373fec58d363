import type { PodSpec, Volume } from '../model/pod-spec.ts'
import { readNodeAffinity, readPodAffinity, readSpreadConstraint } from './affinity.ts'
import { readContainerSpecs, readResources } from './container-spec.ts'
import type { Interner } from './interner.ts'
import { readLabels } from './labels.ts'
import { flag, isRecord, type Raw, record, records, text, whole, wholeOrNull } from './raw.ts'
import { volumeName } from './volume-name.ts'

/**
 * Projects a pod's spec. Environment values, arguments and commands are not read: they hold
 * secrets. Pods of one template get the same object.
 * @param familyId uid of the controller; empty where there is none
 */
export function readPodSpec(value: unknown, familyId: string, interner: Interner): PodSpec {
  return interner.podSpec(familyId, project(record(value), interner))
}

function project(spec: Raw, interner: Interner): PodSpec {
  const affinity = record(spec.affinity)
  return {
    containers: readContainerSpecs(spec.containers, interner),
    initContainers: readContainerSpecs(spec.initContainers, interner),
    restartPolicy: text(spec.restartPolicy) || 'Always',
    terminationGracePeriodSeconds: whole(spec.terminationGracePeriodSeconds, 30),
    schedulerName: text(spec.schedulerName) || 'default-scheduler',
    priority: whole(spec.priority, 0),
    preemptionPolicy: text(spec.preemptionPolicy) || 'PreemptLowerPriority',
    hostNetwork: flag(spec.hostNetwork),
    nodeSelector: readLabels(spec.nodeSelector, interner),
    nodeAffinity: readNodeAffinity(affinity.nodeAffinity),
    podAffinity: readPodAffinity(affinity.podAffinity, interner),
    podAntiAffinity: readPodAffinity(affinity.podAntiAffinity, interner),
    tolerations: records(spec.tolerations, (each) => ({
      key: text(each.key),
      operator: text(each.operator),
      value: text(each.value),
      effect: text(each.effect),
      tolerationSeconds: wholeOrNull(each.tolerationSeconds),
    })),
    topologySpreadConstraints: records(spec.topologySpreadConstraints, (each) => readSpreadConstraint(each, interner)),
    schedulingGates: records(spec.schedulingGates, (each) => text(each.name)),
    readinessGates: records(spec.readinessGates, (each) => text(each.conditionType)),
    volumes: records(spec.volumes, readVolume),
    overhead: readResources(spec.overhead),
  }
}

function readVolume(raw: Raw): Volume {
  const type = Object.keys(raw).find((key) => key !== 'name' && isRecord(raw[key])) ?? ''
  const source = record(raw[type])
  return {
    name: volumeName(text(raw.name)),
    type,
    source: text(source.claimName) || text(source.secretName) || text(source.name),
  }
}
