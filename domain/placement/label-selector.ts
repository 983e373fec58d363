import type { LabelSelector, LabelSelectorRequirement } from '../model/labels.ts'
import { isLabelValue, type LabelPredicate, parseRequirement } from './label-requirement.ts'

/**
 * A selector, ready to be asked (apimachinery meta/v1 LabelSelectorAsSelector). One that is absent
 * (null) matches nothing, an empty one everything. One that Kubernetes would refuse to parse matches
 * nothing: with such a constraint the scheduler places no pod.
 */
export function parseSelector(selector: LabelSelector | null): LabelPredicate {
  if (selector === null) return nothing
  const required: (readonly [key: string, value: string])[] = []
  for (const key in selector.matchLabels) {
    const value = selector.matchLabels[key]
    if (value === undefined) continue
    if (!isLabelValue(value)) return nothing
    required.push([key, value])
  }
  const predicates: LabelPredicate[] = []
  for (const requirement of selector.matchExpressions) {
    const predicate = parseRequirement(requirement)
    if (!predicate) return nothing
    predicates.push(predicate)
  }
  return (labels) => {
    for (const [key, value] of required) if (labels[key] !== value) return false
    for (const predicate of predicates) if (!predicate(labels)) return false
    return true
  }
}

const nothing: LabelPredicate = () => false

export function isEmptySelector(selector: LabelSelector): boolean {
  for (const _ in selector.matchLabels) return false
  return selector.matchExpressions.length === 0
}

/**
 * The selector with `key In [value]` for each matchLabelKey that the pod has; keys it lacks are
 * ignored. The scheduler does this itself, and API servers from 1.34 on besides: doing it twice is
 * harmless (KEP-3243). A selector that is absent stays so: the API server admits no matchLabelKeys
 * without one.
 */
export function mergeMatchLabelKeys(
  selector: LabelSelector | null,
  keys: readonly string[],
  labels: Readonly<Record<string, string | undefined>>,
): LabelSelector | null {
  if (selector === null || keys.length === 0) return selector
  const added = keys.flatMap((key): LabelSelectorRequirement[] => {
    const value = labels[key]
    return value === undefined ? [] : [{ key, operator: 'In', values: [value] }]
  })
  return added.length === 0 ? selector : { ...selector, matchExpressions: [...selector.matchExpressions, ...added] }
}

/**
 * The same text for selectors that say the same with the same requirements, in whatever order and
 * however often: revisions of a workload whose API server merged matchLabelKeys, or didn't yet, agree.
 */
export function selectorKey(selector: LabelSelector | null): string {
  if (selector === null) return 'null'
  const requirements = new Set<string>()
  for (const key in selector.matchLabels) requirements.add(JSON.stringify([key, 'In', [selector.matchLabels[key]]]))
  for (const { key, operator, values } of selector.matchExpressions) {
    requirements.add(JSON.stringify([key, operator, [...new Set(values)].sort()]))
  }
  return `[${[...requirements].sort().join()}]`
}

/** The labels without which nothing can match, with the values that they may have: good to look things up by. */
export function requiredLabels(
  selector: LabelSelector | null,
): readonly { readonly key: string; readonly values: readonly string[] }[] {
  if (selector === null) return []
  const required: { key: string; values: readonly string[] }[] = []
  for (const key in selector.matchLabels) {
    const value = selector.matchLabels[key]
    if (value !== undefined) required.push({ key, values: [value] })
  }
  for (const { key, operator, values } of selector.matchExpressions) {
    if (operator === 'In') required.push({ key, values: [...new Set(values)] })
  }
  return required
}

/** The label keys of which the selector speaks. */
export function selectorLabelKeys(selector: LabelSelector | null): readonly string[] {
  if (selector === null) return []
  return [...Object.keys(selector.matchLabels), ...selector.matchExpressions.map(({ key }) => key)]
}
