import type { LabelSelectorRequirement, Labels } from '../../domain/model/labels.ts'
import type { Node } from '../../domain/model/node.ts'
import type { Pod } from '../../domain/model/pod.ts'
import type { NodeSelectorRequirement, TopologySpreadConstraint } from '../../domain/model/pod-spec.ts'
import type { SpreadGroupResult } from '../../domain/placement/spread-group.ts'

export interface PlacedPod {
  readonly pod: Pod
  readonly workload: { readonly kind: string; readonly name: string }
}

export interface NaiveOptions {
  readonly emptySelectorMatches: boolean
  readonly countsExcludedNodes?: boolean
}

export type NaiveResult = Omit<SpreadGroupResult, 'id'>

/**
 * Topology spread counted from nothing, straight down the text of kube-scheduler's rules, without
 * any index and without the code that it is there to check. Slow; for small clusters in tests.
 */
export function naiveSpread(nodes: readonly Node[], pods: readonly PlacedPod[], options: NaiveOptions): NaiveResult[] {
  const groups = new Map<string, NaiveResult>()
  for (const { pod, workload } of pods) {
    if (!lives(pod)) continue
    for (const constraint of pod.spec.topologySpreadConstraints) {
      // Keys that the pod lacks say nothing.
      const { nodeAffinityPolicy: _, nodeTaintsPolicy: __, ...itself } = constraint
      const merged = { ...itself, matchLabelKeys: presentKeys(pod, constraint).map((key) => [key, pod.labels[key]]) }
      const key = JSON.stringify([pod.namespace, workload, merged, nodesWanted(pod, constraint)])
      const known = groups.get(key)
      const group = known ? { ...known, pods: known.pods + 1 } : count(pod, workload, constraint, nodes, pods, options)
      // A group's next pod counts itself where one of its pods does.
      const countsItself = selects(pod, constraint, pod.labels, true)
      groups.set(key, known && !countsItself ? group : { ...group, nextPodDomains: accepting(group, countsItself) })
    }
  }
  return [...groups.values()]
}

function count(
  carrier: Pod,
  workload: PlacedPod['workload'],
  constraint: TopologySpreadConstraint,
  nodes: readonly Node[],
  pods: readonly PlacedPod[],
  { emptySelectorMatches, countsExcludedNodes = false }: NaiveOptions,
): NaiveResult {
  const counts = new Map<string, number>()
  for (const node of nodes) {
    if (nodeCounts(carrier, constraint, node)) counts.set(node.labels[constraint.topologyKey] ?? '', 0)
  }
  for (const node of nodes) {
    const domain = node.labels[constraint.topologyKey]
    const known = domain === undefined ? undefined : counts.get(domain)
    if (domain === undefined || known === undefined) continue
    const generous = countsExcludedNodes && constraint.whenUnsatisfiable === 'DoNotSchedule'
    if (!generous && !nodeCounts(carrier, constraint, node)) continue
    const found = pods.filter(
      ({ pod }) =>
        pod.nodeName === node.name &&
        lives(pod) &&
        pod.namespace === carrier.namespace &&
        selects(carrier, constraint, pod.labels, emptySelectorMatches),
    )
    counts.set(domain, known + found.length)
  }
  const domains = [...counts].map(([value, number]) => ({ value, count: number }))
  domains.sort((a, b) => (a.value < b.value ? -1 : 1))
  const numbers = domains.map((domain) => domain.count)
  const enough = constraint.minDomains === null || domains.length >= constraint.minDomains
  const globalMinimum = numbers.length > 0 && enough ? Math.min(...numbers) : 0
  const skew = numbers.length > 0 ? Math.max(...numbers) - globalMinimum : 0
  return {
    nextPodDomains: [],
    surplus: domains
      .map((each) => ({ value: each.value, pods: each.count - globalMinimum - constraint.maxSkew }))
      .filter((each) => each.pods > 0),
    namespace: carrier.namespace,
    workload,
    topologyKey: constraint.topologyKey,
    maxSkew: constraint.maxSkew,
    minDomains: constraint.minDomains,
    whenUnsatisfiable: constraint.whenUnsatisfiable,
    domains,
    globalMinimum,
    skew,
    violated: skew > constraint.maxSkew,
    revision: presentKeys(carrier, constraint)
      .map((key) => carrier.labels[key])
      .join(','),
    pods: 1,
  }
}

function accepting({ domains, globalMinimum, maxSkew }: NaiveResult, countsItself: boolean): string[] {
  const self = countsItself ? 1 : 0
  return domains.filter(({ count }) => count + self - globalMinimum <= maxSkew).map(({ value }) => value)
}

function lives(pod: Pod): boolean {
  return pod.deletedAt === null && pod.phase !== 'Succeeded' && pod.phase !== 'Failed'
}

function presentKeys(pod: Pod, { matchLabelKeys }: TopologySpreadConstraint): string[] {
  return matchLabelKeys.filter((key) => pod.labels[key] !== undefined)
}

/** All that decides which nodes count. To ignore demands is the same as to have none. */
function nodesWanted(pod: Pod, constraint: TopologySpreadConstraint): unknown {
  const { nodeSelector, nodeAffinity, tolerations } = pod.spec
  const honoursAffinity = constraint.nodeAffinityPolicy !== 'Ignore'
  return [
    keysOfAction(pod, constraint),
    honoursAffinity ? nodeSelector : {},
    honoursAffinity ? (nodeAffinity?.required ?? null) : null,
    constraint.nodeTaintsPolicy === 'Honor' ? tolerations : null,
  ]
}

function keysOfAction(pod: Pod, { whenUnsatisfiable }: TopologySpreadConstraint): string[] {
  return pod.spec.topologySpreadConstraints
    .filter((each) => each.whenUnsatisfiable === whenUnsatisfiable)
    .map((each) => each.topologyKey)
}

/** Whether the node counts for a constraint of the pod. */
function nodeCounts(pod: Pod, constraint: TopologySpreadConstraint, node: Node): boolean {
  if (!keysOfAction(pod, constraint).every((key) => node.labels[key] !== undefined)) return false
  if (constraint.nodeAffinityPolicy !== 'Ignore') {
    const { nodeSelector, nodeAffinity } = pod.spec
    if (!Object.keys(nodeSelector).every((key) => node.labels[key] === nodeSelector[key])) return false
    const terms = nodeAffinity?.required ?? null
    const suits = terms?.some(
      ({ matchExpressions, matchFields }) =>
        matchExpressions.length + matchFields.length > 0 &&
        matchExpressions.every((each) => holds(each, node.labels)) &&
        matchFields.every((each) => (each.operator === 'In') === (each.values[0] === node.name)),
    )
    if (suits === false) return false
  }
  if (constraint.nodeTaintsPolicy !== 'Honor') return true
  return node.taints
    .filter(({ effect }) => effect !== 'PreferNoSchedule')
    .every((taint) =>
      pod.spec.tolerations.some(
        ({ key, operator, value, effect }) =>
          (key === '' || key === taint.key) &&
          (effect === '' || effect === taint.effect) &&
          (operator === 'Exists' || value === taint.value),
      ),
    )
}

function selects(
  carrier: Pod,
  constraint: TopologySpreadConstraint,
  labels: Labels,
  emptySelectorMatches: boolean,
): boolean {
  const selector = constraint.labelSelector
  if (selector === null) return false
  const present = presentKeys(carrier, constraint)
  const keys = Object.keys(selector.matchLabels)
  if (keys.length + selector.matchExpressions.length + present.length === 0) return emptySelectorMatches
  return (
    keys.every((key) => labels[key] === selector.matchLabels[key]) &&
    selector.matchExpressions.every((each) => holds(each, labels)) &&
    present.every((key) => labels[key] === carrier.labels[key])
  )
}

function holds(requirement: LabelSelectorRequirement | NodeSelectorRequirement, labels: Labels): boolean {
  const { key, operator, values } = requirement
  const value = labels[key]
  if (operator === 'In') return value !== undefined && values.includes(value)
  if (operator === 'NotIn') return value === undefined || !values.includes(value)
  if (operator === 'Exists') return value !== undefined
  if (operator === 'DoesNotExist') return value === undefined
  if (operator === 'Gt') return Number(value) > Number(values[0])
  return Number(value) < Number(values[0])
}
