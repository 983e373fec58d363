import type { LabelSelector, Labels } from '../model/labels.ts'
import type { Node } from '../model/node.ts'
import type { PodSpec } from '../model/pod-spec.ts'
import type { AssumedSpread, DefaultDomains } from './assumed-spread.ts'
import { type DomainLoss, worstLoss } from './domain-loss.ts'
import type { SpreadTally } from './spread-tally.ts'

/** How a workload's pods lie, whatever its rules say. */
export interface WorkloadSpread {
  /** namespace/kind/name. */
  readonly id: string
  readonly namespace: string
  readonly workload: { readonly kind: string; readonly name: string }
  /** Pods on nodes that neither have ended nor are being deleted. */
  readonly pods: number
  readonly ready: number
  /** Zones and nodes that hold some of them. */
  readonly zones: number
  readonly nodes: number
  /** Null where no pod is ready in a zone, or zones can't be known. */
  readonly zoneLoss: DomainLoss | null
  readonly nodeLoss: DomainLoss | null
  /** By the scheduler's default constraints, which bind pods without any of their own; empty: none do. */
  readonly assumed: readonly AssumedSpread[]
  /** Null: none, or its pods are meant to be as they are. */
  readonly risk: SpreadRisk | null
}

/** Several replicas that one failure takes together, with no rule that would keep them apart. */
export interface SpreadRisk {
  readonly kind: 'one-zone' | 'one-node'
  readonly domain: string
  /** The constraint to paste into the pod template's spec, YAML. */
  readonly constraint: string
}

export const zoneKey = 'topology.kubernetes.io/zone'
export const hostKey = 'kubernetes.io/hostname'

/** The pods of one of a workload's controllers: of a Deployment's ReplicaSets, of a StatefulSet itself. */
export interface ControllerPods {
  readonly uid: string
  readonly kind: string
  readonly tally: SpreadTally
}

/** What a workload is judged against. */
export interface SpreadSurroundings {
  /** How many zones and nodes take pods. */
  readonly cluster: { readonly zones: number; readonly nodes: number }
  readonly nodeOf: (name: string) => Node | undefined
  readonly defaults: DefaultDomains
  readonly hasMatchLabelKeys: boolean
  /** The workload's own; null where its object isn't known. */
  readonly selector: LabelSelector | null
  /** Those of one of the controller's pods; asked where there is no selector. */
  readonly labelsOf: (controller: string) => Labels
}

/**
 * How the pods of one workload lie. Judged by the controller that has most of them (a rollout has
 * two). Costs work for the nodes that hold some of them. Null where there are none.
 */
export function workloadSpread(
  namespace: string,
  { kind, name }: WorkloadSpread['workload'],
  controllers: Iterable<ControllerPods>,
  surroundings: SpreadSurroundings,
): WorkloadSpread | null {
  const zones = new Map<string, number>()
  const nodes = new Map<string, number>()
  let [pods, ready] = [0, 0]
  let main: ControllerPods | null = null
  for (const controller of controllers) {
    const { tally, uid } = controller
    if (!main || tally.pods > main.tally.pods || (tally.pods === main.tally.pods && uid < main.uid)) main = controller
    pods += tally.pods
    for (const node of tally.onNode.keys()) {
      const readyHere = tally.readyOn(node)
      const zone = surroundings.nodeOf(node)?.labels[zoneKey]
      ready += readyHere
      nodes.set(node, (nodes.get(node) ?? 0) + readyHere)
      if (zone !== undefined) zones.set(zone, (zones.get(zone) ?? 0) + readyHere)
    }
  }
  const spec = main?.tally.spec
  if (!main || !spec) return null
  const risk = riskOf(kind, pods, spec, zones, nodes, surroundings.cluster)
  return {
    id: `${namespace}/${kind}/${name}`,
    namespace,
    workload: { kind, name },
    pods,
    ready,
    zones: zones.size,
    nodes: nodes.size,
    zoneLoss: worstLoss(zones, ready),
    nodeLoss: worstLoss(nodes, ready),
    assumed: pods < 2 ? [] : assumedSpread(main, spec, surroundings),
    risk: risk && { ...risk, constraint: constraintFor(risk.kind, kind, main.uid, surroundings) },
  }
}

function assumedSpread(
  { kind, tally }: ControllerPods,
  spec: PodSpec,
  { defaults, nodeOf }: SpreadSurroundings,
): readonly AssumedSpread[] {
  if (kind !== 'ReplicaSet' && kind !== 'StatefulSet') return []
  return spec.topologySpreadConstraints.length > 0 ? [] : defaults.spreads(spec, tally.onNode, nodeOf)
}

function riskOf(
  kind: string,
  pods: number,
  spec: PodSpec,
  zones: ReadonlyMap<string, number>,
  nodes: ReadonlyMap<string, number>,
  cluster: SpreadSurroundings['cluster'],
): Pick<SpreadRisk, 'kind' | 'domain'> | null {
  if (pods < 2 || !replicated.has(kind) || hasSpreadRule(spec)) return null
  if (nodes.size === 1 && cluster.nodes > 1) return { kind: 'one-node', domain: first(nodes) }
  if (zones.size === 1 && cluster.zones > 1) return { kind: 'one-zone', domain: first(zones) }
  return null
}

/** Whose replicas stand in for each other: Jobs' pods don't, a DaemonSet's are on every node anyway. */
const replicated: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'ReplicaSet'])

/** Any constraint or anti-affinity, hard or soft: somebody has thought of it. */
function hasSpreadRule({ topologySpreadConstraints, podAntiAffinity }: PodSpec): boolean {
  if (topologySpreadConstraints.length > 0) return true
  return podAntiAffinity !== null && podAntiAffinity.required.length + podAntiAffinity.preferred.length > 0
}

function first(counts: ReadonlyMap<string, number>): string {
  for (const name of counts.keys()) return name
  return ''
}

function constraintFor(
  risk: SpreadRisk['kind'],
  kind: string,
  controller: string,
  { selector, labelsOf, hasMatchLabelKeys }: SpreadSurroundings,
): string {
  const keys = hasMatchLabelKeys && kind === 'Deployment' ? ['pod-template-hash'] : []
  const wanted = selector ?? { matchLabels: ownLabels(labelsOf(controller)), matchExpressions: [] }
  return constraintYaml(risk === 'one-zone' ? zoneKey : hostKey, wanted, keys)
}

/** Soft, so that it can never leave a pod without a node. */
function constraintYaml(topologyKey: string, wanted: LabelSelector, matchLabelKeys: readonly string[]): string {
  const lines = [
    'topologySpreadConstraints:',
    '  - maxSkew: 1',
    `    topologyKey: ${topologyKey}`,
    '    whenUnsatisfiable: ScheduleAnyway',
    '    labelSelector:',
  ]
  const entries = Object.entries(wanted.matchLabels)
  if (entries.length > 0) {
    lines.push('      matchLabels:', ...entries.map(([key, value]) => `        ${key}: ${JSON.stringify(value)}`))
  }
  if (wanted.matchExpressions.length > 0) {
    const requirement = ({ key, operator, values }: LabelSelector['matchExpressions'][number]) =>
      `        - { key: ${key}, operator: ${operator}${values.length > 0 ? `, values: ${JSON.stringify(values)}` : ''} }`
    lines.push('      matchExpressions:', ...wanted.matchExpressions.map(requirement))
  }
  if (matchLabelKeys.length > 0) lines.push(`    matchLabelKeys: [${matchLabelKeys.join(', ')}]`)
  return `${lines.join('\n')}\n`
}

/** Labels that controllers add tell revisions and single pods apart, which the constraint must not. */
function ownLabels(labels: Labels): Labels {
  const own: Record<string, string | undefined> = Object.create(null)
  for (const key in labels) if (!controllerLabels.has(key)) own[key] = labels[key]
  return own
}

const controllerLabels: ReadonlySet<string> = new Set([
  'pod-template-hash',
  'controller-revision-hash',
  'pod-template-generation',
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
])
