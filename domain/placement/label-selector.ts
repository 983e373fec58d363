import type { LabelSelector, LabelSelectorRequirement, Labels } from '../model/labels.ts'

/**
 * Whether labels satisfy a selector (apimachinery labels.Selector). A selector that is absent
 * (null) matches nothing, an empty one everything; an unknown operator matches nothing.
 */
export function matchesSelector(selector: LabelSelector | null, labels: Labels): boolean {
  if (selector === null) return false
  for (const key of Object.keys(selector.matchLabels)) {
    if (labels[key] !== selector.matchLabels[key]) return false
  }
  return selector.matchExpressions.every((requirement) => matchesRequirement(requirement, labels))
}

export function isEmptySelector(selector: LabelSelector): boolean {
  return selector.matchExpressions.length === 0 && Object.keys(selector.matchLabels).length === 0
}

/** NotIn also holds where the label is missing (apimachinery labels.Requirement.Matches). */
function matchesRequirement({ key, operator, values }: LabelSelectorRequirement, labels: Labels): boolean {
  const value = labels[key]
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value)
    case 'NotIn':
      return value === undefined || !values.includes(value)
    case 'Exists':
      return value !== undefined
    case 'DoesNotExist':
      return value === undefined
    default:
      return false
  }
}

/**
 * The selector with `key In [value]` for each matchLabelKey that the pod has; keys it lacks are
 * ignored. The scheduler does this itself, and API servers from 1.34 on besides: doing it twice is
 * harmless (KEP-3243).
 */
export function mergeMatchLabelKeys(
  selector: LabelSelector | null,
  keys: readonly string[],
  labels: Labels,
): LabelSelector | null {
  if (selector === null) return null
  const added = keys.flatMap((key) => {
    const value = labels[key]
    return value === undefined ? [] : [{ key, operator: 'In', values: [value] }]
  })
  return added.length === 0 ? selector : { ...selector, matchExpressions: [...selector.matchExpressions, ...added] }
}
