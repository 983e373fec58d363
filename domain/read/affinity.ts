import type { NodeAffinity, NodeSelectorTerm, PodAffinity, PodAffinityTerm } from '../model/pod-spec.ts'
import type { Interner } from './interner.ts'
import { readRequirements, readSelector } from './labels.ts'
import { isRecord, type Raw, record, records, text, texts, whole } from './raw.ts'

export function readNodeAffinity(value: unknown): NodeAffinity | null {
  if (!isRecord(value)) return null
  const required = value.requiredDuringSchedulingIgnoredDuringExecution
  return {
    required: isRecord(required) ? records(required.nodeSelectorTerms, readTerm) : null,
    preferred: records(value.preferredDuringSchedulingIgnoredDuringExecution, (item: Raw) => ({
      weight: whole(item.weight, 0),
      preference: readTerm(record(item.preference)),
    })),
  }
}

function readTerm(item: Raw): NodeSelectorTerm {
  return {
    matchExpressions: readRequirements(item.matchExpressions),
    matchFields: readRequirements(item.matchFields),
  }
}

/** For podAffinity and podAntiAffinity. */
export function readPodAffinity(value: unknown, interner: Interner): PodAffinity | null {
  if (!isRecord(value)) return null
  const term = (item: Raw) => readPodTerm(item, interner)
  return {
    required: records(value.requiredDuringSchedulingIgnoredDuringExecution, term),
    preferred: records(value.preferredDuringSchedulingIgnoredDuringExecution, (item: Raw) => ({
      weight: whole(item.weight, 0),
      term: term(record(item.podAffinityTerm)),
    })),
  }
}

function readPodTerm(item: Raw, interner: Interner): PodAffinityTerm {
  return {
    topologyKey: text(item.topologyKey),
    labelSelector: readSelector(item.labelSelector, interner),
    namespaces: texts(item.namespaces),
    namespaceSelector: readSelector(item.namespaceSelector, interner),
    matchLabelKeys: texts(item.matchLabelKeys),
    mismatchLabelKeys: texts(item.mismatchLabelKeys),
  }
}
