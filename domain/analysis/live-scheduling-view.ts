import type { Labels } from '../model/labels.ts'
import type { Namespace } from '../model/namespace.ts'
import type { Node } from '../model/node.ts'
import type { Pod } from '../model/pod.ts'
import type { PodAffinity, TopologySpreadConstraint } from '../model/pod-spec.ts'
import { NodeLoad } from '../placement/node-load.ts'
import { isPending } from '../placement/pending-pod.ts'
import { sameLabels } from '../placement/same-labels.ts'
import type { SchedulerRules } from '../placement/scheduler-rules.ts'
import {
  type AntiAffinityCarriers,
  isOnNode,
  type NodeRoom,
  type SchedulingView,
} from '../placement/scheduling-view.ts'
import { sameTaints } from '../placement/taints.ts'
import type { ClusterState } from '../state/cluster-state.ts'

/** Pods by namespace that share one read anti-affinity: mostly those of one workload. */
type Carriers = Map<string, Set<string>>

/**
 * The scheduler's view of the state as last heard. What pods take of their nodes is added up one
 * change at a time; everything else is the state's own.
 */
export class LiveSchedulingView implements SchedulingView {
  readonly #state: ClusterState
  readonly #rules: SchedulerRules
  readonly #defaults: (pod: Pod) => readonly TopologySpreadConstraint[]
  readonly #rooms = new Map<string, NodeRoom>()
  /** Of nodes that aren't known too: pods may be heard of first. */
  readonly #loads = new Map<string, NodeLoad>()
  readonly #carriers = new Map<PodAffinity, Carriers>()
  /** Uids by node. */
  readonly #nominated = new Map<string, Set<string>>()
  #list: readonly NodeRoom[] | null = null
  /** Another number after each change that may change an answer. */
  version = 0

  constructor(
    state: ClusterState,
    rules: SchedulerRules,
    defaults: (pod: Pod) => readonly TopologySpreadConstraint[] = () => [],
  ) {
    this.#state = state
    this.#rules = rules
    this.#defaults = defaults
  }

  applyPod(previous: Pod | null, next: Pod | null): void {
    this.#nominate(previous, next)
    const before = previous && isOnNode(previous) ? previous : null
    const after = next && isOnNode(next) ? next : null
    if (before?.nodeName === after?.nodeName && before?.spec === after?.spec) {
      if (!before || !after) return
      if (before.deletedAt !== after.deletedAt || !sameLabels(before.labels, after.labels)) this.version += 1
      return
    }
    this.version += 1
    if (before) this.#leave(before)
    if (after) this.#enter(after)
  }

  /** Namespaces are read from the state; this only takes note that their labels may be others. */
  applyNamespace(previous: Namespace | null, next: Namespace | null): void {
    if (!previous || !next || !sameLabels(previous.labels, next.labels)) this.version += 1
  }

  applyNode(previous: Node | null, next: Node | null): void {
    const name = (next ?? previous)?.name ?? ''
    const known = this.#state.node(name)
    this.#list = null
    if (!previous || !next || !sameToScheduler(previous, next)) this.version += 1
    if (known) this.#rooms.set(name, { node: known, load: this.#load(name) })
    else this.#rooms.delete(name)
    if (!known && this.#load(name).pods === 0) this.#loads.delete(name)
  }

  get rooms(): readonly NodeRoom[] {
    this.#list ??= [...this.#rooms.values()]
    return this.#list
  }

  room(node: string): NodeRoom | undefined {
    return this.#rooms.get(node)
  }

  *podsIn(namespace: string): Generator<Pod> {
    for (const pod of this.#state.podsIn(namespace)) if (isOnNode(pod)) yield pod
  }

  *allPods(): Generator<Pod> {
    for (const pod of this.#state.pods()) if (isOnNode(pod)) yield pod
  }

  nominatedOn(node: string): Iterable<Pod> {
    const uids = this.#nominated.get(node)
    return uids ? this.#pods(uids) : []
  }

  *antiAffinityCarriers(): Generator<AntiAffinityCarriers> {
    for (const [{ required }, carriers] of this.#carriers) {
      for (const [namespace, uids] of carriers) yield { namespace, terms: required, pods: this.#pods(uids) }
    }
  }

  namespaceLabels(namespace: string): Labels | undefined {
    return this.#state.namespace(namespace)?.labels
  }

  defaultConstraints(pod: Pod): readonly TopologySpreadConstraint[] {
    return this.#defaults(pod)
  }

  *#pods(uids: ReadonlySet<string>): Generator<Pod> {
    for (const uid of uids) {
      const pod = this.#state.pod(uid)
      if (pod) yield pod
    }
  }

  #nominate(previous: Pod | null, next: Pod | null): void {
    const before = previous && isPending(previous) ? previous.nominatedNodeName : ''
    const after = next && isPending(next) ? next.nominatedNodeName : ''
    if (before === after) return
    this.version += 1
    const uid = (next ?? previous)?.uid ?? ''
    const uids = this.#nominated.get(before)
    if (uids?.delete(uid) && uids.size === 0) this.#nominated.delete(before)
    if (after === '') return
    const known = this.#nominated.get(after)
    if (known) known.add(uid)
    else this.#nominated.set(after, new Set([uid]))
  }

  #load(node: string): NodeLoad {
    let load = this.#loads.get(node)
    if (!load) {
      load = new NodeLoad()
      this.#loads.set(node, load)
    }
    return load
  }

  #enter({ uid, namespace, nodeName, spec }: Pod): void {
    this.#load(nodeName).add(spec, 1, this.#rules)
    const { podAntiAffinity } = spec
    if (!podAntiAffinity || podAntiAffinity.required.length === 0) return
    const carriers: Carriers = this.#carriers.get(podAntiAffinity) ?? new Map()
    this.#carriers.set(podAntiAffinity, carriers)
    const uids = carriers.get(namespace)
    if (uids) uids.add(uid)
    else carriers.set(namespace, new Set([uid]))
  }

  #leave({ uid, namespace, nodeName, spec }: Pod): void {
    const load = this.#load(nodeName)
    load.add(spec, -1, this.#rules)
    if (load.pods === 0 && !this.#rooms.has(nodeName)) this.#loads.delete(nodeName)
    const { podAntiAffinity } = spec
    const carriers = podAntiAffinity && this.#carriers.get(podAntiAffinity)
    if (!podAntiAffinity || !carriers) return
    const uids = carriers.get(namespace)
    if (uids?.delete(uid) && uids.size === 0) carriers.delete(namespace)
    if (carriers.size === 0) this.#carriers.delete(podAntiAffinity)
  }
}

/** Heartbeats and conditions change nothing for the scheduler: it goes by taints. */
function sameToScheduler(a: Node, b: Node): boolean {
  return (
    a.unschedulable === b.unschedulable &&
    sameLabels(a.labels, b.labels) &&
    sameLabels(a.allocatable, b.allocatable) &&
    sameTaints(a, b)
  )
}
