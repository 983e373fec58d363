import type { Labels } from '../model/labels.ts'
import type { Node } from '../model/node.ts'
import type { NodeSelectorRequirement, NodeSelectorTerm, PodSpec } from '../model/pod-spec.ts'
import { type LabelPredicate, parseRequirement } from './label-requirement.ts'

/** What of a pod decides on which nodes it may be by their labels. */
export type NodeDemand = Pick<PodSpec, 'nodeSelector' | 'nodeAffinity'>

/** Whether a node satisfies something. */
export type NodePredicate = (node: Node) => boolean

/**
 * nodeSelector and required node affinity, ready to be asked (component-helpers
 * scheduling/corev1/nodeaffinity). Terms are ORed; a term without any requirement matches no node,
 * nor does one that Kubernetes couldn't parse.
 */
export function parseNodeDemand({ nodeSelector, nodeAffinity }: NodeDemand): NodePredicate {
  const selected = Object.keys(nodeSelector).map((key) => [key, nodeSelector[key]] as const)
  const required = nodeAffinity?.required ?? null
  const terms = required === null ? null : required.flatMap((term) => parseTerm(term) ?? [])
  return (node) => {
    for (const [key, value] of selected) if (node.labels[key] !== value) return false
    return terms === null || terms.some((term) => term(node))
  }
}

/** Neither nodeSelector nor required node affinity: every node will do. */
export function demandsNothing({ nodeSelector, nodeAffinity }: NodeDemand): boolean {
  for (const _ in nodeSelector) return false
  return (nodeAffinity?.required ?? null) === null
}

/**
 * Whether there is at most one node that will do, by name: so the DaemonSet controller ties each of
 * its pods to its node.
 */
export function isTiedToOneNode({ nodeAffinity }: NodeDemand): boolean {
  const required = nodeAffinity?.required ?? []
  const names = required.map(({ matchFields }) => {
    const field = matchFields.find(({ key, operator }) => key === 'metadata.name' && operator === 'In')
    return field?.values.length === 1 ? field.values[0] : undefined
  })
  return names[0] !== undefined && names.every((name) => name === names[0])
}

/**
 * The only nodes on which the scheduler tries such a pod: where each required term names some by
 * metadata.name (k/k pkg/scheduler/framework/plugins/nodeaffinity/node_affinity.go PreFilter). Null: it tries all.
 */
export function namedNodes({ nodeAffinity }: NodeDemand): ReadonlySet<string> | null {
  const required = nodeAffinity?.required ?? []
  if (required.length === 0) return null
  const names = new Set<string>()
  for (const { matchFields } of required) {
    const lists = matchFields.filter(({ key, operator }) => key === 'metadata.name' && operator === 'In')
    const [first, ...others] = lists
    if (!first) return null
    for (const name of first.values) if (others.every(({ values }) => values.includes(name))) names.add(name)
  }
  return names
}

function parseTerm({ matchExpressions, matchFields }: NodeSelectorTerm): NodePredicate | null {
  if (matchExpressions.length === 0 && matchFields.length === 0) return null
  const labels: LabelPredicate[] = []
  for (const requirement of matchExpressions) {
    const predicate = parseNodeRequirement(requirement)
    if (!predicate) return null
    labels.push(predicate)
  }
  const fields: NodePredicate[] = []
  for (const requirement of matchFields) {
    const predicate = parseField(requirement)
    if (!predicate) return null
    fields.push(predicate)
  }
  return (node) => labels.every((predicate) => predicate(node.labels)) && fields.every((predicate) => predicate(node))
}

/** What a label selector has, and Gt and Lt: the label and the only value are compared as int64. */
function parseNodeRequirement(requirement: NodeSelectorRequirement): LabelPredicate | null {
  const { key, operator, values } = requirement
  if (operator !== 'Gt' && operator !== 'Lt') return parseRequirement(requirement)
  const bound = values.length === 1 ? int64(values[0]) : null
  if (bound === null) return null
  return (labels: Labels) => {
    const value = int64(labels[key])
    return value !== null && (operator === 'Gt' ? value > bound : value < bound)
  }
}

/** Of a node's fields only its name is known; any other is the empty text. */
function parseField({ key, operator, values }: NodeSelectorRequirement): NodePredicate | null {
  const [wanted] = values
  if (wanted === undefined || values.length !== 1) return null
  const field = (node: Node) => (key === 'metadata.name' ? node.name : '')
  if (operator === 'In') return (node) => field(node) === wanted
  if (operator === 'NotIn') return (node) => field(node) !== wanted
  return null
}

/** Go's strconv.ParseInt(text, 10, 64); null where that fails. A label's value has at most 63 characters. */
function int64(text: string | undefined): bigint | null {
  if (text === undefined || text.length > 63 || !/^[+-]?\d+$/.test(text)) return null
  const value = BigInt(text)
  return BigInt.asIntN(64, value) === value ? value : null
}
