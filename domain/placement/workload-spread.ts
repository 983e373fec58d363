import type { LabelSelector, Labels } from '../model/labels.ts'
import type { Node } from '../model/node.ts'
import type { PodSpec } from '../model/pod-spec.ts'
import type { AssumedSpread, DefaultDomains } from './assumed-spread.ts'
import { type DomainLoss, worstLoss } from './domain-loss.ts'

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

/** Counts that are gathered pod by pod. */
export class SpreadTally {
  pods = 0
  ready = 0
  readonly #readyInZone = new Map<string, number>()
  readonly #readyOnNode = new Map<string, number>()
  readonly #zones = new Set<string>()
  readonly #nodes = new Set<string>()
  /** Pods by node, of each owner: a rollout has two. */
  readonly #byOwner = new Map<string, Map<string, number>>()
  readonly spec: PodSpec
  readonly labels: Labels

  constructor(spec: PodSpec, labels: Labels) {
    this.spec = spec
    this.labels = labels
  }

  /** @param owner uid of the ReplicaSet or StatefulSet; empty: of another kind */
  add(node: string, zone: string | null, isReady: boolean, owner: string): void {
    this.pods += 1
    if (owner !== '') {
      const placed = this.#byOwner.get(owner) ?? new Map<string, number>()
      this.#byOwner.set(owner, placed)
      placed.set(node, (placed.get(node) ?? 0) + 1)
    }
    this.#nodes.add(node)
    if (zone !== null) this.#zones.add(zone)
    if (!isReady) return
    this.ready += 1
    this.#readyOnNode.set(node, (this.#readyOnNode.get(node) ?? 0) + 1)
    if (zone !== null) this.#readyInZone.set(zone, (this.#readyInZone.get(zone) ?? 0) + 1)
  }

  /** Of the owner with the most pods. */
  assumed(defaults: DefaultDomains, nodeOf: (name: string) => Node | undefined): readonly AssumedSpread[] {
    if (this.spec.topologySpreadConstraints.length > 0 || this.pods < 2) return []
    let largest: ReadonlyMap<string, number> | null = null
    let most = 0
    for (const placed of this.#byOwner.values()) {
      let pods = 0
      for (const count of placed.values()) pods += count
      if (pods <= most) continue
      most = pods
      largest = placed
    }
    return largest ? defaults.spreads(this.spec, largest, nodeOf) : []
  }

  /** @param cluster how many zones and nodes there are at all */
  result(
    namespace: string,
    workload: WorkloadSpread['workload'],
    selector: LabelSelector | null,
    cluster: { readonly zones: number; readonly nodes: number },
    hasMatchLabelKeys: boolean,
    assumed: readonly AssumedSpread[],
  ): WorkloadSpread {
    const { kind, name } = workload
    const base = {
      id: `${namespace}/${kind}/${name}`,
      namespace,
      workload: { kind, name },
      pods: this.pods,
      ready: this.ready,
      zones: this.#zones.size,
      nodes: this.#nodes.size,
      zoneLoss: worstLoss(this.#readyInZone, this.ready),
      nodeLoss: worstLoss(this.#readyOnNode, this.ready),
      assumed,
    }
    const found = this.#risk(kind, cluster)
    if (!found) return { ...base, risk: null }
    const keys = hasMatchLabelKeys && kind === 'Deployment' ? ['pod-template-hash'] : []
    const topologyKey = found.kind === 'one-zone' ? zoneKey : hostKey
    return { ...base, risk: { ...found, constraint: constraintYaml(topologyKey, selector, this.labels, keys) } }
  }

  #risk(
    kind: string,
    cluster: { readonly zones: number; readonly nodes: number },
  ): Pick<SpreadRisk, 'kind' | 'domain'> | null {
    if (this.pods < 2 || !replicated.has(kind) || hasSpreadRule(this.spec)) return null
    if (this.#nodes.size === 1 && cluster.nodes > 1) return { kind: 'one-node', domain: first(this.#nodes) }
    if (this.#zones.size === 1 && cluster.zones > 1) return { kind: 'one-zone', domain: first(this.#zones) }
    return null
  }
}

/** Whose replicas stand in for each other: Jobs' pods don't, a DaemonSet's are on every node anyway. */
const replicated: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'ReplicaSet'])

/** Any constraint or anti-affinity, hard or soft: somebody has thought of it. */
function hasSpreadRule({ topologySpreadConstraints, podAntiAffinity }: PodSpec): boolean {
  if (topologySpreadConstraints.length > 0) return true
  return podAntiAffinity !== null && podAntiAffinity.required.length + podAntiAffinity.preferred.length > 0
}

function first(names: ReadonlySet<string>): string {
  for (const name of names) return name
  return ''
}

/** Soft, so that it can never leave a pod without a node. */
function constraintYaml(
  topologyKey: string,
  selector: LabelSelector | null,
  labels: Labels,
  matchLabelKeys: readonly string[],
): string {
  const wanted = selector ?? { matchLabels: ownLabels(labels), matchExpressions: [] }
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
