import type { Labels } from '../model/labels.ts'
import type { Node } from '../model/node.ts'
import type { NodeSelectorRequirement, NodeSelectorTerm, PodSpec } from '../model/pod-spec.ts'

/** What of a pod decides on which nodes it may be by their labels. */
export type NodeDemand = Pick<PodSpec, 'nodeSelector' | 'nodeAffinity'>

/**
 * Whether a node satisfies nodeSelector and the required node affinity (component-helpers
 * scheduling/corev1/nodeaffinity). Terms are ORed; a term without any requirement matches no node.
 */
export function matchesNodeAffinity(demand: NodeDemand, node: Node): boolean {
  for (const key of Object.keys(demand.nodeSelector)) {
    if (node.labels[key] !== demand.nodeSelector[key]) return false
  }
  const required = demand.nodeAffinity?.required ?? null
  return required === null || required.some((term) => matchesTerm(term, node))
}

function matchesTerm(term: NodeSelectorTerm, node: Node): boolean {
  if (term.matchExpressions.length === 0 && term.matchFields.length === 0) return false
  return (
    term.matchExpressions.every((requirement) => matchesRequirement(requirement, node.labels)) &&
    term.matchFields.every((requirement) => matchesField(requirement, node))
  )
}

function matchesRequirement({ key, operator, values }: NodeSelectorRequirement, labels: Labels): boolean {
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
    case 'Gt':
    case 'Lt':
      return compares(value, operator, values)
    default:
      return false
  }
}

/** Gt and Lt compare int64 with the only value; what isn't such a number matches nothing. */
function compares(value: string | undefined, operator: 'Gt' | 'Lt', values: readonly string[]): boolean {
  const bound = values[0]
  if (value === undefined || bound === undefined || values.length !== 1) return false
  if (!/^[+-]?\d+$/.test(value) || !/^[+-]?\d+$/.test(bound)) return false
  const [left, right] = [BigInt(value), BigInt(bound)]
  return operator === 'Gt' ? left > right : left < right
}

/** metadata.name is the only field there is, and one value the only form. */
function matchesField({ key, operator, values }: NodeSelectorRequirement, node: Node): boolean {
  if (key !== 'metadata.name' || values.length !== 1) return false
  if (operator === 'In') return node.name === values[0]
  return operator === 'NotIn' && node.name !== values[0]
}
