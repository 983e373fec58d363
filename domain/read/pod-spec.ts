import type { PodSpec, Toleration, TopologySpreadConstraint, Volume } from '../model/pod-spec.ts'
import { readNodeAffinity, readPodAffinity } from './affinity.ts'
import { readContainerSpecs, readResources } from './container-spec.ts'
import type { Interner } from './interner.ts'
import { readLabels, readSelector } from './labels.ts'
import { count, flag, isRecord, positive, type Raw, record, records, text, texts, whole, wholeOrNull } from './raw.ts'
import { volumeName } from './volume-name.ts'

/**
 * A pod's spec, of a pod or of a template; the same object for equal specs of one family.
 * What differs most between pods of a family stands first, so that unequal specs part early.
 * @param familyId uid of the controller that stamps such pods out; empty where there is none
 */
export function readPodSpec(spec: Raw, familyId: string, interner: Interner): PodSpec {
  const affinity = record(spec.affinity)
  return interner.podSpec(familyId, {
    nodeAffinity: readNodeAffinity(affinity.nodeAffinity),
    volumes: records(spec.volumes, readVolume),
    schedulingGates: readNames(spec.schedulingGates, 'name'),
    containers: readContainerSpecs(spec.containers, interner),
    initContainers: readContainerSpecs(spec.initContainers, interner),
    restartPolicy: text(spec.restartPolicy) || 'Always',
    terminationGracePeriodSeconds: count(spec.terminationGracePeriodSeconds, 30),
    schedulerName: interner.text(text(spec.schedulerName) || 'default-scheduler'),
    priority: whole(spec.priority, 0),
    preemptionPolicy: interner.text(text(spec.preemptionPolicy) || 'PreemptLowerPriority'),
    hostNetwork: flag(spec.hostNetwork),
    nodeSelector: readLabels(spec.nodeSelector, interner),
    podAffinity: readPodAffinity(affinity.podAffinity, interner),
    podAntiAffinity: readPodAffinity(affinity.podAntiAffinity, interner),
    tolerations: records(spec.tolerations, readToleration),
    topologySpreadConstraints: records(spec.topologySpreadConstraints, (item: Raw) =>
      readSpreadConstraint(item, interner),
    ),
    readinessGates: readNames(spec.readinessGates, 'conditionType'),
    overhead: readResources(spec.overhead),
  })
}

function readNames(value: unknown, key: string): readonly string[] {
  return texts(records(value, (item: Raw) => item[key]))
}

function readToleration(item: Raw): Toleration {
  return {
    key: text(item.key),
    operator: text(item.operator),
    value: text(item.value),
    effect: text(item.effect),
    tolerationSeconds: wholeOrNull(item.tolerationSeconds),
  }
}

/** Of a constraint whose maxSkew nobody can read the strictest is assumed, which is also the usual one. */
function readSpreadConstraint(item: Raw, interner: Interner): TopologySpreadConstraint {
  return {
    maxSkew: positive(item.maxSkew, 1),
    topologyKey: interner.text(text(item.topologyKey)),
    whenUnsatisfiable: text(item.whenUnsatisfiable) || 'DoNotSchedule',
    labelSelector: readSelector(item.labelSelector, interner),
    minDomains: wholeOrNull(item.minDomains),
    nodeAffinityPolicy: typeof item.nodeAffinityPolicy === 'string' ? item.nodeAffinityPolicy : null,
    nodeTaintsPolicy: typeof item.nodeTaintsPolicy === 'string' ? item.nodeTaintsPolicy : null,
    matchLabelKeys: texts(item.matchLabelKeys),
  }
}

/** Volume sources that name another object, and the field that does. */
const sourceFields: ReadonlyMap<string, string> = new Map([
  ['persistentVolumeClaim', 'claimName'],
  ['configMap', 'name'],
  ['secret', 'secretName'],
])

function readVolume(item: Raw): Volume {
  let type = ''
  for (const key of Object.keys(item)) {
    if (key !== 'name' && isRecord(item[key])) {
      type = key
      break
    }
  }
  const field = sourceFields.get(type)
  return {
    name: volumeName(text(item.name)),
    type,
    source: field === undefined ? '' : text(record(item[type])[field]),
  }
}
