import type { LabelSelectorRequirement, Labels } from '../model/labels.ts'

/** Whether labels satisfy something. */
export type LabelPredicate = (labels: Labels) => boolean

/**
 * One requirement of a selector, ready to be asked (apimachinery labels.NewRequirement and
 * Requirement.Matches). NotIn also holds where the label is missing. Null: Kubernetes would refuse
 * to parse it. Keys aren't checked, since the API server admits none that is wrong.
 */
export function parseRequirement({ key, operator, values }: LabelSelectorRequirement): LabelPredicate | null {
  if (!values.every(isLabelValue)) return null
  switch (operator) {
    case 'In':
      if (values.length === 0) return null
      return (labels) => {
        const value = labels[key]
        return value !== undefined && values.includes(value)
      }
    case 'NotIn':
      if (values.length === 0) return null
      return (labels) => {
        const value = labels[key]
        return value === undefined || !values.includes(value)
      }
    case 'Exists':
      return values.length === 0 ? (labels) => labels[key] !== undefined : null
    case 'DoesNotExist':
      return values.length === 0 ? (labels) => labels[key] === undefined : null
    default:
      return null
  }
}

const labelValue = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/

/** apimachinery util/validation IsValidLabelValue: at most 63 characters; the empty text is one. */
export function isLabelValue(text: string): boolean {
  return labelValue.test(text)
}
