import type { PodSpec, Toleration } from '../model/pod-spec.ts'
import { readNodeAffinity, readPodAffinity } from './affinity.ts'
import { readContainerSpec, readResources } from './container-spec.ts'
import { readLabels } from './labels.ts'
import { count, flag, type Raw, record, records, text, whole, wholeOrNull } from './raw.ts'
import { readSpreadConstraint } from './spread-constraint.ts'
import { readVolume } from './volume.ts'

/**
 * A pod's spec, of a pod or of a template.
 * @param like an earlier answer, mostly for a pod of the same template: given back itself where it
 *   is equal, so that nothing new is made; where only parts are equal those are shared
 */
export function readPodSpec(spec: Raw, like: PodSpec | undefined): PodSpec {
  const affinity = record(spec.affinity)
  const read: PodSpec = {
    containers: records(spec.containers, readContainerSpec, like?.containers),
    initContainers: records(spec.initContainers, readContainerSpec, like?.initContainers),
    restartPolicy: text(spec.restartPolicy) || 'Always',
    terminationGracePeriodSeconds: count(spec.terminationGracePeriodSeconds, 30),
    schedulerName: text(spec.schedulerName) || 'default-scheduler',
    priority: whole(spec.priority, 0),
    preemptionPolicy: text(spec.preemptionPolicy) || 'PreemptLowerPriority',
    hostNetwork: flag(spec.hostNetwork),
    nodeSelector: readLabels(spec.nodeSelector, like?.nodeSelector),
    nodeAffinity: readNodeAffinity(affinity.nodeAffinity, like?.nodeAffinity),
    podAffinity: readPodAffinity(affinity.podAffinity, like?.podAffinity),
    podAntiAffinity: readPodAffinity(affinity.podAntiAffinity, like?.podAntiAffinity),
    tolerations: records(spec.tolerations, readToleration, like?.tolerations),
    topologySpreadConstraints: records(
      spec.topologySpreadConstraints,
      readSpreadConstraint,
      like?.topologySpreadConstraints,
    ),
    schedulingGates: records(spec.schedulingGates, gateName, like?.schedulingGates),
    readinessGates: records(spec.readinessGates, conditionType, like?.readinessGates),
    volumes: records(spec.volumes, readVolume, like?.volumes),
    overhead: readResources(spec.overhead, like?.overhead),
  }
  return like && isSame(read, like) ? like : read
}

/** Their parts have been read against each other already: equal ones are one object. */
function isSame(a: PodSpec, b: PodSpec): boolean {
  for (const key in a) if (a[key as keyof PodSpec] !== b[key as keyof PodSpec]) return false
  return true
}

function gateName(item: Raw): string {
  return text(item.name)
}

function conditionType(item: Raw): string {
  return text(item.conditionType)
}

function readToleration(item: Raw, like: Toleration | undefined): Toleration {
  const key = text(item.key)
  const operator = text(item.operator)
  const value = text(item.value)
  const effect = text(item.effect)
  const tolerationSeconds = wholeOrNull(item.tolerationSeconds)
  return like &&
    like.key === key &&
    like.operator === operator &&
    like.value === value &&
    like.effect === effect &&
    like.tolerationSeconds === tolerationSeconds
    ? like
    : { key, operator, value, effect, tolerationSeconds }
}
