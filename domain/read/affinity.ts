import type {
  NodeAffinity,
  NodeSelectorRequirement,
  NodeSelectorTerm,
  PodAffinity,
  PodAffinityTerm,
  TopologySpreadConstraint,
} from '../model/pod-spec.ts'
import type { Interner } from './interner.ts'
import { readLabelSelector } from './labels.ts'
import { isRecord, type Raw, record, records, text, texts, whole, wholeOrNull } from './raw.ts'

export function readNodeAffinity(value: unknown): NodeAffinity | null {
  if (!isRecord(value)) return null
  const required = value.requiredDuringSchedulingIgnoredDuringExecution
  return {
    required: isRecord(required) ? records(required.nodeSelectorTerms, readNodeSelectorTerm) : null,
    preferred: records(value.preferredDuringSchedulingIgnoredDuringExecution, (each) => ({
      weight: whole(each.weight, 0),
      preference: readNodeSelectorTerm(record(each.preference)),
    })),
  }
}

function readNodeSelectorTerm(term: Raw): NodeSelectorTerm {
  return {
    matchExpressions: records(term.matchExpressions, readRequirement),
    matchFields: records(term.matchFields, readRequirement),
  }
}

function readRequirement(each: Raw): NodeSelectorRequirement {
  return { key: text(each.key), operator: text(each.operator), values: texts(each.values) }
}

/** podAffinity and podAntiAffinity have the same shape. */
export function readPodAffinity(value: unknown, interner: Interner): PodAffinity | null {
  if (!isRecord(value)) return null
  return {
    required: records(value.requiredDuringSchedulingIgnoredDuringExecution, (each) => readTerm(each, interner)),
    preferred: records(value.preferredDuringSchedulingIgnoredDuringExecution, (each) => ({
      weight: whole(each.weight, 0),
      term: readTerm(record(each.podAffinityTerm), interner),
    })),
  }
}

function readTerm(term: Raw, interner: Interner): PodAffinityTerm {
  return {
    topologyKey: text(term.topologyKey),
    labelSelector: readLabelSelector(term.labelSelector, interner),
    namespaces: texts(term.namespaces),
    namespaceSelector: readLabelSelector(term.namespaceSelector, interner),
    matchLabelKeys: texts(term.matchLabelKeys),
    mismatchLabelKeys: texts(term.mismatchLabelKeys),
  }
}

export function readSpreadConstraint(each: Raw, interner: Interner): TopologySpreadConstraint {
  return {
    maxSkew: whole(each.maxSkew, 1),
    topologyKey: text(each.topologyKey),
    whenUnsatisfiable: text(each.whenUnsatisfiable) || 'DoNotSchedule',
    labelSelector: readLabelSelector(each.labelSelector, interner),
    minDomains: wholeOrNull(each.minDomains),
    nodeAffinityPolicy: text(each.nodeAffinityPolicy) || null,
    nodeTaintsPolicy: text(each.nodeTaintsPolicy) || null,
    matchLabelKeys: texts(each.matchLabelKeys),
  }
}
