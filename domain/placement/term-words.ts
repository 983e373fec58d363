import type { LabelSelector } from '../model/labels.ts'
import type { NodeSelectorRequirement, NodeSelectorTerm, PodAffinityTerm } from '../model/pod-spec.ts'

/** For example `pods app=web on the same kubernetes.io/hostname`. */
export function termWords({ topologyKey, labelSelector }: PodAffinityTerm): string {
  return `pods ${selectorWords(labelSelector)} over ${topologyKey}`
}

/** As kubectl writes selectors. */
export function selectorWords(selector: LabelSelector | null): string {
  if (!selector) return 'that no selector names'
  const labels = Object.entries(selector.matchLabels).map(([key, value]) => `${key}=${value}`)
  const requirements = selector.matchExpressions.map(({ key, operator, values }) => {
    switch (operator) {
      case 'In':
        return values.length === 1 ? `${key}=${values[0]}` : `${key} in (${values.join(',')})`
      case 'NotIn':
        return values.length === 1 ? `${key}!=${values[0]}` : `${key} notin (${values.join(',')})`
      case 'DoesNotExist':
        return `!${key}`
      default:
        return key
    }
  })
  return [...labels, ...requirements].join(',') || 'of any labels'
}

/** For example `disk In [ssd]`. */
export function requirementWords({ key, operator, values }: NodeSelectorRequirement): string {
  return values.length === 0 ? `${key} ${operator}` : `${key} ${operator} [${values.join(', ')}]`
}

/** All that a node must have to match the term. */
export function nodeTermWords({ matchExpressions, matchFields }: NodeSelectorTerm): string {
  return [...matchExpressions, ...matchFields].map(requirementWords).join(' and ')
}
