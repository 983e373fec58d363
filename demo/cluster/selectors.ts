import type { LabelSelector, NodeSelectorTerm, SpreadConstraint, Taint, Toleration } from './pod-types.ts'

type Labels = Readonly<Record<string, string>>

/** meta/v1 LabelSelector against labels (apimachinery labels.Requirement). */
export function selects(selector: LabelSelector, labels: Labels): boolean {
  for (const [key, value] of Object.entries(selector.matchLabels ?? {})) if (labels[key] !== value) return false
  return (selector.matchExpressions ?? []).every((each) => requirementHolds(each, labels))
}

function requirementHolds(
  requirement: { readonly key: string; readonly operator: string; readonly values?: readonly string[] },
  labels: Labels,
): boolean {
  const value = labels[requirement.key]
  const listed = value !== undefined && (requirement.values ?? []).includes(value)
  switch (requirement.operator) {
    case 'In':
      return listed
    case 'NotIn':
      return !listed
    case 'Exists':
      return value !== undefined
    case 'DoesNotExist':
      return value === undefined
    default:
      return false
  }
}

/** Terms are ORed; what stands inside one is ANDed. */
export function nodeTermsMatch(terms: readonly NodeSelectorTerm[], nodeName: string, labels: Labels): boolean {
  return terms.some(
    (term) =>
      (term.matchExpressions ?? []).every((each) => requirementHolds(each, labels)) &&
      (term.matchFields ?? []).every((each) => requirementHolds(each, { 'metadata.name': nodeName })) &&
      (term.matchExpressions ?? []).length + (term.matchFields ?? []).length > 0,
  )
}

/** component-helpers scheduling/corev1: does the toleration take the taint? */
export function tolerates(tolerations: readonly Toleration[], taint: Taint): boolean {
  return tolerations.some(
    (each) =>
      (each.effect === undefined || each.effect === taint.effect) &&
      (each.key === undefined || each.key === taint.key) &&
      (each.operator === 'Exists' || (each.key !== undefined && (each.value ?? '') === (taint.value ?? ''))),
  )
}

/** The selector with matchLabelKeys merged in, as the API server stores it since 1.34. */
export function mergedConstraint(constraint: SpreadConstraint, labels: Labels): SpreadConstraint {
  const added = (constraint.matchLabelKeys ?? []).flatMap((key) => {
    const value = labels[key]
    const known = constraint.labelSelector.matchExpressions?.some((each) => each.key === key && each.operator === 'In')
    return value === undefined || known ? [] : [{ key, operator: 'In', values: [value] }]
  })
  if (added.length === 0) return constraint
  const matchExpressions = [...(constraint.labelSelector.matchExpressions ?? []), ...added]
  return { ...constraint, labelSelector: { ...constraint.labelSelector, matchExpressions } }
}
