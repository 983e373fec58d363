import type { Node, Taint } from '../model/node.ts'
import type { Pod } from '../model/pod.ts'
import type { TopologySpreadConstraint } from '../model/pod-spec.ts'
import { type BudgetStanding, budgetStanding, isReady } from './budget-standing.ts'
import { withSpec } from './changed-pod.ts'
import { HypotheticalView } from './hypothetical-view.ts'
import { requiredLabels } from './label-selector.ts'
import { firstToGo } from './scale-down.ts'
import { isOnNode } from './scheduling-view.ts'
import { SimulatedScheduler } from './simulated-scheduler.ts'
import { nodeLike } from './single-change-nodes.ts'
import type { CountedConstraint } from './spread-filter.ts'
import { tolerates } from './taints.ts'
import type { WhatIfCluster, WorkloadId } from './what-if-cluster.ts'
import type { WhatIfChange, WhatIfRequest } from './what-if-request.ts'
import type { ConstraintOutcome, SkewOutcome, WhatIfResult, WorkloadOutcome } from './what-if-result.ts'
import { zoneKey } from './workload-spread.ts'

/** The request names something that there isn't; says what. */
export class WhatIfError extends Error {}

/** Nodes looked at before the rest is left out: some seconds. */
const workAtMost = 12_000_000
/** Between two yields: some 20 ms. */
const workInSlice = 30_000
const podsInSlice = 2_000
const shownWorkloads = 2_000
const shownConstraints = 2_000
const shownDomains = 100
const assumptions = [
  'Among nodes that the scheduler scores alike, the first by name is taken; the scheduler takes any.',
  'In clusters of more than 100 nodes it chooses from the first 100 that fit; the scheduler from some hundreds.',
  'Images that nodes have already, preemption and other schedulers’ pods are left out.',
]

/**
 * Works out what would come of the changes, pod by pod as the scheduler would place them. Nothing is
 * touched: pure computation on the cluster as it is. Yields after each slice of work.
 * @throws WhatIfError where a node, zone or workload of the request isn't there
 */
export function* whatIf(cluster: WhatIfCluster, { changes }: WhatIfRequest): Generator<void, WhatIfResult> {
  const run = new WhatIf(cluster)
  for (const change of changes) yield* run.apply(change)
  yield* run.place()
  return run.result()
}

/** What happens to one workload. */
class Outcome {
  readonly namespace: string
  readonly workload: WorkloadId
  pods = 0
  ready = 0
  lost = 0
  readyLost = 0
  wanted = 0
  placed = 0
  unplaced = 0
  message = ''
  readonly zones = new Map<string, { before: number; left: number; pods: number; decided: number }>()
  readonly nodes = new Map<string, number>()
  /** One of its pods as it would be: its constraints are those that are reported. */
  sample: Pod | null = null
  /** Of one of its pods that is there now. */
  uid = ''

  constructor(namespace: string, { kind, name }: WorkloadId) {
    this.namespace = namespace
    this.workload = { kind, name }
  }

  in(zone: string): { before: number; left: number; pods: number; decided: number } {
    const known = this.zones.get(zone) ?? { before: 0, left: 0, pods: 0, decided: 0 }
    this.zones.set(zone, known)
    return known
  }

  result(): WorkloadOutcome {
    const { namespace, workload, pods, ready, lost, wanted, placed, unplaced, message } = this
    return {
      namespace,
      workload,
      pods,
      ready,
      lost,
      readyLeft: ready - this.readyLost,
      toZero: ready > 0 && ready === this.readyLost,
      wanted,
      placed,
      unplaced,
      notSimulated: wanted - placed - unplaced,
      zones: [...this.zones]
        .map(([zone, { before, left, pods, decided }]) => ({ zone, before, after: left + pods, pods, decided }))
        .sort((a, b) => b.before - a.before || b.after - a.after || (a.zone < b.zone ? -1 : 1)),
      nodes: [...this.nodes]
        .map(([node, count]) => ({ node, pods: count }))
        .sort((a, b) => b.pods - a.pods || (a.node < b.node ? -1 : 1))
        .slice(0, shownDomains),
      message,
    }
  }
}

class WhatIf {
  readonly #cluster: WhatIfCluster
  readonly #view: HypotheticalView
  readonly #scheduler: SimulatedScheduler
  readonly #outcomes = new Map<string, Outcome>()
  readonly #lost = new Map<string, Pod>()
  #lostNodes = 0
  #notReplaced = 0
  /** To be placed, in order. */
  #queue: { readonly pod: Pod; readonly outcome: Outcome }[] = []
  #complete = true
  #made = 0
  readonly #keys = new Map<object, number>()

  constructor(cluster: WhatIfCluster) {
    this.#cluster = cluster
    this.#view = new HypotheticalView(cluster.view, cluster.rules)
    this.#scheduler = new SimulatedScheduler(this.#view, cluster.rules)
  }

  *apply(change: WhatIfChange): Generator<void> {
    switch (change.type) {
      case 'lose':
        yield* this.#lose(this.#nodesOf(change), change.how)
        break
      case 'scale':
        this.#scale(change.namespace, change.workload, change.replicas)
        break
      case 'add-nodes':
        this.#addNodes(change.like, change.count, change.zone)
        break
      case 'constraint':
        this.#constrain(change)
    }
  }

  *place(): Generator<void> {
    let sliceEnd = workInSlice
    for (const { pod, outcome } of this.#queue) {
      const { work } = this.#scheduler
      if (work > workAtMost) {
        this.#complete = false
        return
      }
      if (work > sliceEnd) {
        sliceEnd = work + workInSlice
        yield
      }
      const { node, zone, zoneDecided, message } = this.#scheduler.place(pod, this.#keyOf(pod))
      if (node === '') {
        outcome.unplaced += 1
        outcome.message ||= message
        continue
      }
      outcome.placed += 1
      outcome.nodes.set(node, (outcome.nodes.get(node) ?? 0) + 1)
      const known = outcome.in(zone ?? '')
      known.pods += 1
      if (zoneDecided) known.decided += 1
    }
  }

  result(): WhatIfResult {
    const outcomes = [...this.#outcomes.values()].filter(({ lost, wanted, sample }) => lost + wanted > 0 || sample)
    const looked = this.#complete ? outcomes : outcomes.filter(({ placed, unplaced }) => placed + unplaced > 0)
    const constraints = looked.slice(0, shownConstraints).flatMap((outcome) => this.#constraints(outcome))
    return {
      lost: { nodes: this.#lostNodes, pods: this.#lost.size, notReplaced: this.#notReplaced },
      workloads: outcomes
        .map((outcome) => outcome.result())
        .sort((a, b) => Number(b.toZero) - Number(a.toZero) || b.unplaced - a.unplaced || b.lost - a.lost)
        .slice(0, shownWorkloads),
      budgets: this.#budgets(),
      constraints: constraints.slice(0, shownConstraints),
      complete: this.#complete,
      assumptions,
    }
  }

  #nodesOf({ nodes, zones }: { readonly nodes: readonly string[]; readonly zones: readonly string[] }): Node[] {
    const found = nodes.map((name) => {
      const room = this.#view.room(name)
      if (!room) throw new WhatIfError(`lose: there is no node ${name}`)
      return room.node
    })
    for (const zone of zones) {
      const inZone = this.#view.rooms.filter(({ node }) => node.labels[zoneKey] === zone)
      if (inZone.length === 0) throw new WhatIfError(`lose: no node is in zone ${zone} (label ${zoneKey})`)
      found.push(...inZone.map(({ node }) => node))
    }
    return [...new Map(found.map((node) => [node.name, node])).values()]
  }

  *#lose(nodes: readonly Node[], how: 'deleted' | 'down'): Generator<void> {
    this.#lostNodes += nodes.length
    const pods = nodes.flatMap((node) => [...this.#cluster.podsOnNode(node.name)]).filter(isOnNode)
    for (const node of nodes) {
      if (how === 'down') this.#view.changeNode({ ...node, taints: [...node.taints, ...unreachable] })
    }
    for (const [index, pod] of pods.entries()) {
      if (index % podsInSlice === podsInSlice - 1) yield
      const outcome = this.#outcome(pod)
      if (pod.deletedAt === null) {
        this.#lost.set(pod.uid, pod)
        outcome.lost += 1
        outcome.in(this.#zoneOf(pod)).left -= 1
        if (isReady(pod)) outcome.readyLost += 1
      }
      const staysForEver = how === 'down' && unreachable.every((taint) => toleratesForEver(pod, taint))
      if (how === 'deleted') this.#scheduler.remove(pod)
      else if (!staysForEver && pod.deletedAt === null) {
        // Evicted, but nobody is there to say that it has stopped.
        this.#scheduler.remove(pod)
        this.#scheduler.take({ ...pod, deletedAt: 0 })
      }
      if (pod.deletedAt !== null) continue
      if (staysForEver || !isReplaced(pod, how)) {
        this.#notReplaced += 1
        continue
      }
      this.#want(pod, outcome)
    }
    if (how === 'deleted') for (const node of nodes) this.#view.removeNode(node.name)
  }

  #scale(namespace: string, id: WorkloadId, replicas: number): void {
    const pods = this.#podsOf(namespace, id)
    const outcome = this.#outcomeOf(namespace, id)
    if (replicas < pods.length) {
      for (const pod of firstToGo(pods, pods.length - replicas, id.kind)) {
        outcome.lost += 1
        if (isReady(pod)) outcome.readyLost += 1
        this.#lost.set(pod.uid, pod)
        if (pod.nodeName === '') continue
        outcome.in(this.#zoneOf(pod)).left -= 1
        this.#scheduler.remove(pod)
      }
      outcome.sample ??= pods[0] ?? null
      return
    }
    const model = this.#modelOf(namespace, id, pods)
    for (let more = pods.length; more < replicas; more += 1) this.#want(model, outcome)
  }

  #addNodes(like: string, count: number, zone: string | undefined): void {
    const model = this.#view.room(like)?.node
    if (!model) throw new WhatIfError(`add-nodes: there is no node ${like}`)
    for (let index = 1; index <= count; index += 1) {
      const node = nodeLike(model, `${like}-new-${index}`)
      const labels = zone === undefined ? node.labels : Object.setPrototypeOf({ ...node.labels, [zoneKey]: zone }, null)
      this.#view.addNode({ ...node, labels })
    }
    // What waits for a node gets its chance.
    for (const pod of this.#cluster.pendingPods()) this.#queue.push({ pod, outcome: this.#outcomeWanting(pod) })
  }

  #constrain(change: Extract<WhatIfChange, { type: 'constraint' }>): void {
    const { namespace, workload, topologyKey } = change
    const pods = this.#podsOf(namespace, workload)
    const model = this.#modelOf(namespace, workload, pods)
    if (!model.spec.topologySpreadConstraints.some((each) => each.topologyKey === topologyKey)) {
      throw new WhatIfError(`constraint: ${workload.name} has no spread constraint over ${topologyKey}`)
    }
    const outcome = this.#outcomeOf(namespace, workload)
    // A changed template makes all pods anew.
    const topologySpreadConstraints = model.spec.topologySpreadConstraints.map((each) => changed(each, change))
    for (const pod of pods) {
      if (pod.nodeName === '') continue
      outcome.in(this.#zoneOf(pod)).left -= 1
      this.#scheduler.remove(pod)
    }
    const next = withSpec(model, { topologySpreadConstraints })
    for (const _ of pods) this.#want(next, outcome)
    outcome.sample = next
  }

  /** Living pods, in the order in which they were made. */
  #podsOf(namespace: string, id: WorkloadId): Pod[] {
    const pods = [...this.#cluster.podsOfWorkload(id, namespace)].filter(
      ({ deletedAt, phase, uid }) =>
        deletedAt === null && phase !== 'Succeeded' && phase !== 'Failed' && !this.#lost.has(uid),
    )
    return pods.sort((a, b) => a.createdAt - b.createdAt || (a.name < b.name ? -1 : 1))
  }

  /** What the next pod would be like: the youngest, or the template's. */
  #modelOf(namespace: string, id: WorkloadId, pods: readonly Pod[]): Pod {
    const youngest = pods.at(-1)
    if (youngest) return youngest
    const workload = this.#cluster.workload(id, namespace)
    if (!workload?.podSpec) throw new WhatIfError(`there is no ${id.kind} ${namespace}/${id.name} with a pod template`)
    return podOf(workload.podSpec, workload.podLabels, namespace, id.name)
  }

  #want(model: Pod, outcome: Outcome): void {
    this.#made += 1
    const pod = {
      ...model,
      uid: `what-if-${this.#made}`,
      nodeName: '',
      phase: 'Pending',
      deletedAt: null,
      conditions: [],
    }
    outcome.wanted += 1
    outcome.sample ??= pod
    this.#queue.push({ pod, outcome })
  }

  #outcomeWanting(pod: Pod): Outcome {
    const outcome = this.#outcome(pod)
    outcome.wanted += 1
    outcome.sample ??= pod
    return outcome
  }

  #outcome(pod: Pod): Outcome {
    return this.#outcomeOf(pod.namespace, this.#cluster.workloadOf(pod), pod)
  }

  /** @param sample one of its pods, where there is one at hand */
  #outcomeOf(namespace: string, id: WorkloadId, sample?: Pod): Outcome {
    const key = `${namespace}/${id.kind}/${id.name}`
    const known = this.#outcomes.get(key)
    if (known) return known
    const made = new Outcome(namespace, id)
    for (const pod of this.#cluster.podsOfWorkload(id, namespace, sample)) {
      if (!isOnNode(pod) || pod.deletedAt !== null) continue
      made.pods += 1
      made.uid = pod.uid
      const zone = made.in(this.#zoneOf(pod))
      zone.before += 1
      zone.left += 1
      if (isReady(pod)) made.ready += 1
    }
    this.#outcomes.set(key, made)
    return made
  }

  /** Of the node that the pod is on now; empty where it has none. */
  #zoneOf({ nodeName }: Pod): string {
    return this.#cluster.view.room(nodeName)?.node.labels[zoneKey] ?? ''
  }

  #budgets(): BudgetStanding[] | null {
    const budgets = this.#cluster.budgets()
    if (!budgets) return null
    const namespaces = new Set([...this.#lost.values()].map(({ namespace }) => namespace))
    const labels = new Set<string>()
    for (const lost of this.#lost.values()) {
      for (const key in lost.labels) labels.add(JSON.stringify([lost.namespace, key, lost.labels[key]]))
    }
    const standings: BudgetStanding[] = []
    for (const budget of budgets) {
      if (!namespaces.has(budget.namespace)) continue
      // Most budgets are those of others: a label that they require tells it fast.
      const [place] = requiredLabels(budget.selector)
      const { namespace } = budget
      if (place && !place.values.some((value) => labels.has(JSON.stringify([namespace, place.key, value])))) continue
      const standing = budgetStanding(budget, this.#cluster.podsIn(budget.namespace), ({ uid }) => this.#lost.has(uid))
      if (standing.healthyAfter < standing.healthyBefore) standings.push(standing)
    }
    return standings.sort((a, b) => Number(b.under) - Number(a.under) || (a.name < b.name ? -1 : 1))
  }

  #constraints({ namespace, workload, sample, uid }: Outcome): ConstraintOutcome[] {
    if (!sample) return []
    return this.#scheduler.constraints(sample, this.#keyOf(sample)).map((counted) => {
      const { topologyKey, maxSkew, whenUnsatisfiable } = counted.constraint
      return {
        namespace,
        workload,
        topologyKey,
        maxSkew,
        whenUnsatisfiable,
        before: this.#cluster.skewNow(uid, topologyKey, whenUnsatisfiable),
        after: skewOf(counted),
      }
    })
  }

  /** The same for pods between which the scheduler sees no difference. */
  #keyOf({ namespace, labels, spec }: Pod): string {
    let number = this.#keys.get(spec)
    if (number === undefined) {
      number = this.#keys.size
      this.#keys.set(spec, number)
    }
    return JSON.stringify([namespace, number, Object.entries(labels).sort()])
  }
}

const unreachable: readonly Taint[] = [
  { key: 'node.kubernetes.io/unreachable', value: '', effect: 'NoSchedule' },
  { key: 'node.kubernetes.io/unreachable', value: '', effect: 'NoExecute' },
]

function toleratesForEver({ spec }: Pod, taint: Taint): boolean {
  if (taint.effect !== 'NoExecute') return true
  return spec.tolerations.some((each) => each.tolerationSeconds === null && tolerates(each, taint))
}

/** Whether a controller makes another pod for it. A StatefulSet waits until the old one is gone for certain. */
function isReplaced({ owner }: Pod, how: 'deleted' | 'down'): boolean {
  if (!owner || owner.kind === 'DaemonSet' || owner.kind === 'Node') return false
  return owner.kind !== 'StatefulSet' || how === 'deleted'
}

function changed(
  constraint: TopologySpreadConstraint,
  change: Extract<WhatIfChange, { type: 'constraint' }>,
): TopologySpreadConstraint {
  if (constraint.topologyKey !== change.topologyKey) return constraint
  return {
    ...constraint,
    maxSkew: change.maxSkew ?? constraint.maxSkew,
    minDomains: change.minDomains === undefined ? constraint.minDomains : change.minDomains,
    whenUnsatisfiable: change.whenUnsatisfiable ?? constraint.whenUnsatisfiable,
  }
}

function podOf(spec: Pod['spec'], labels: Pod['labels'], namespace: string, name: string): Pod {
  return {
    kind: 'Pod',
    uid: '',
    namespace,
    name,
    resourceVersion: '',
    labels,
    createdAt: 0,
    deletedAt: null,
    owner: null,
    annotations: Object.create(null),
    spec,
    nodeName: '',
    phase: 'Pending',
    reason: '',
    message: '',
    podIP: '',
    startTime: null,
    nominatedNodeName: '',
    qosClass: '',
    conditions: [],
    initContainerStatuses: [],
    containerStatuses: [],
  }
}

/** How a constraint stands: as SpreadGroups tells it of those in use. */
export function skewOf(counted: CountedConstraint): SkewOutcome {
  const { counts, constraint } = counted
  const globalMinimum = constraint.whenUnsatisfiable === 'DoNotSchedule' ? counted.globalMinimum : least(counts)
  let most = 0
  for (const count of counts.values()) most = Math.max(most, count)
  const skew = counts.size === 0 ? 0 : most - globalMinimum
  const domains = [...counts].map(([value, count]) => ({ value, count }))
  domains.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
  return { skew, violated: skew > constraint.maxSkew, globalMinimum, domains: domains.slice(0, shownDomains) }
}

function least(counts: ReadonlyMap<string, number>): number {
  let found = Number.POSITIVE_INFINITY
  for (const count of counts.values()) found = Math.min(found, count)
  return found === Number.POSITIVE_INFINITY ? 0 : found
}
