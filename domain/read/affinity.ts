import type { NodeAffinity, NodeSelectorTerm, PodAffinity, PodAffinityTerm } from '../model/pod-spec.ts'
import { readRequirements, readSelector } from './labels.ts'
import { isRecord, type Raw, record, records, text, texts, whole } from './raw.ts'

type PreferredNode = NodeAffinity['preferred'][number]
type PreferredPod = PodAffinity['preferred'][number]

/** @param like an earlier answer: given back itself where it is equal; so below */
export function readNodeAffinity(value: unknown, like?: NodeAffinity | null): NodeAffinity | null {
  if (!isRecord(value)) return null
  const selector = value.requiredDuringSchedulingIgnoredDuringExecution
  const required = isRecord(selector)
    ? records(selector.nodeSelectorTerms, readTerm, like?.required ?? undefined)
    : null
  const preferred = records(value.preferredDuringSchedulingIgnoredDuringExecution, readPreferredNode, like?.preferred)
  return like && like.required === required && like.preferred === preferred ? like : { required, preferred }
}

function readPreferredNode(item: Raw, like: PreferredNode | undefined): PreferredNode {
  const weight = whole(item.weight, 0)
  const preference = readTerm(record(item.preference), like?.preference)
  return like && like.weight === weight && like.preference === preference ? like : { weight, preference }
}

function readTerm(item: Raw, like: NodeSelectorTerm | undefined): NodeSelectorTerm {
  const matchExpressions = readRequirements(item.matchExpressions, like?.matchExpressions)
  const matchFields = readRequirements(item.matchFields, like?.matchFields)
  return like && like.matchExpressions === matchExpressions && like.matchFields === matchFields
    ? like
    : { matchExpressions, matchFields }
}

/** For podAffinity and podAntiAffinity. */
export function readPodAffinity(value: unknown, like?: PodAffinity | null): PodAffinity | null {
  if (!isRecord(value)) return null
  const required = records(value.requiredDuringSchedulingIgnoredDuringExecution, readPodTerm, like?.required)
  const preferred = records(value.preferredDuringSchedulingIgnoredDuringExecution, readPreferredPod, like?.preferred)
  return like && like.required === required && like.preferred === preferred ? like : { required, preferred }
}

function readPreferredPod(item: Raw, like: PreferredPod | undefined): PreferredPod {
  const weight = whole(item.weight, 0)
  const term = readPodTerm(record(item.podAffinityTerm), like?.term)
  return like && like.weight === weight && like.term === term ? like : { weight, term }
}

function readPodTerm(item: Raw, like: PodAffinityTerm | undefined): PodAffinityTerm {
  const topologyKey = text(item.topologyKey)
  const labelSelector = readSelector(item.labelSelector, like?.labelSelector)
  const namespaces = texts(item.namespaces, like?.namespaces)
  const namespaceSelector = readSelector(item.namespaceSelector, like?.namespaceSelector)
  const matchLabelKeys = texts(item.matchLabelKeys, like?.matchLabelKeys)
  const mismatchLabelKeys = texts(item.mismatchLabelKeys, like?.mismatchLabelKeys)
  return like &&
    like.topologyKey === topologyKey &&
    like.labelSelector === labelSelector &&
    like.namespaces === namespaces &&
    like.namespaceSelector === namespaceSelector &&
    like.matchLabelKeys === matchLabelKeys &&
    like.mismatchLabelKeys === mismatchLabelKeys
    ? like
    : { topologyKey, labelSelector, namespaces, namespaceSelector, matchLabelKeys, mismatchLabelKeys }
}
