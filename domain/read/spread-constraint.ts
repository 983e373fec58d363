import type { TopologySpreadConstraint } from '../model/pod-spec.ts'
import { readSelector } from './labels.ts'
import { positive, type Raw, text, textOrNull, texts, wholeOrNull } from './raw.ts'

/**
 * Of a constraint whose maxSkew nobody can read the strictest is assumed, which is also the usual one.
 * @param like an earlier answer: given back itself where it is equal
 */
export function readSpreadConstraint(item: Raw, like: TopologySpreadConstraint | undefined): TopologySpreadConstraint {
  const maxSkew = positive(item.maxSkew, 1)
  const topologyKey = text(item.topologyKey)
  const whenUnsatisfiable = text(item.whenUnsatisfiable) || 'DoNotSchedule'
  const labelSelector = readSelector(item.labelSelector, like?.labelSelector)
  const minDomains = wholeOrNull(item.minDomains)
  const nodeAffinityPolicy = textOrNull(item.nodeAffinityPolicy)
  const nodeTaintsPolicy = textOrNull(item.nodeTaintsPolicy)
  const matchLabelKeys = texts(item.matchLabelKeys, like?.matchLabelKeys)
  return like &&
    like.maxSkew === maxSkew &&
    like.topologyKey === topologyKey &&
    like.whenUnsatisfiable === whenUnsatisfiable &&
    like.labelSelector === labelSelector &&
    like.minDomains === minDomains &&
    like.nodeAffinityPolicy === nodeAffinityPolicy &&
    like.nodeTaintsPolicy === nodeTaintsPolicy &&
    like.matchLabelKeys === matchLabelKeys
    ? like
    : {
        maxSkew,
        topologyKey,
        whenUnsatisfiable,
        labelSelector,
        minDomains,
        nodeAffinityPolicy,
        nodeTaintsPolicy,
        matchLabelKeys,
      }
}
