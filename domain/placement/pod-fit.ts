import type { Node, Taint } from '../model/node.ts'
import type { Pod } from '../model/pod.ts'
import { type HostPort, hostPorts } from './host-ports.ts'
import { type NodePredicate, namedNodes, parseNodeDemand } from './node-affinity.ts'
import { PodAffinityFilter } from './pod-affinity-filter.ts'
import { type PodRequest, podRequest } from './resource-amounts.ts'
import { shortageReason, shortages } from './resource-filter.ts'
import type { SchedulerRules } from './scheduler-rules.ts'
import type { NodeRoom, SchedulingView } from './scheduling-view.ts'
import { SpreadFilter } from './spread-filter.ts'
import { keepsPodsOff, tolerates } from './taints.ts'

export const unschedulableReason = 'node(s) were unschedulable'
export const hostPortReason = "node(s) didn't have free ports for the requested pod ports"
/** nodeaffinity/node_affinity.go errReasonConflict: no node can have all the names that are asked for. */
const conflictReason = 'pod affinity terms conflict'
const unschedulableTaint: Taint = { key: 'node.kubernetes.io/unschedulable', value: '', effect: 'NoSchedule' }

/** Why a node can't take a pod: the plugin that rejects it first, and its reasons in the scheduler's words. */
export interface Rejection {
  readonly plugin: string
  readonly reasons: readonly string[]
}

/**
 * Whether nodes can take one pod, by kube-scheduler's default filter plugins in its order
 * (k/k pkg/scheduler/apis/config/v1/default_plugins.go; up to 1.21 algorithmprovider/registry.go), those
 * for volumes left out. The first plugin that rejects a node ends its check; that one may give several reasons.
 *
 * Making it costs a walk over the pods that constraints and terms may count; a check then costs the same for each node.
 */
export class PodFit {
  readonly pod: Pod
  readonly spread: SpreadFilter
  readonly request: PodRequest
  readonly #view: SchedulingView
  readonly #rules: SchedulerRules
  readonly #affinity: PodAffinityFilter
  readonly #ports: readonly HostPort[]
  readonly #meetsDemand: NodePredicate
  /** Null: all are tried. */
  readonly #tried: ReadonlySet<string> | null
  /** Why no node is asked at all; empty: they are. */
  readonly preFilter: string

  constructor(pod: Pod, view: SchedulingView, rules: SchedulerRules) {
    this.pod = pod
    this.#view = view
    this.#rules = rules
    this.request = podRequest(pod.spec)
    this.spread = new SpreadFilter(pod, view, rules)
    this.#affinity = new PodAffinityFilter(pod, view)
    this.#ports = hostPorts(pod.spec, rules)
    this.#meetsDemand = parseNodeDemand(pod.spec)
    this.#tried = rules.triesNamedNodesOnly ? namedNodes(pod.spec) : null
    this.preFilter = this.#tried?.size === 0 ? conflictReason : ''
  }

  /**
   * Null: the node can take the pod, with pods of the same or a higher priority that are nominated
   * there, and without them (k/k pkg/scheduler/framework/runtime/framework.go
   * RunFilterPluginsWithNominatedPods).
   */
  rejection(room: NodeRoom): Rejection | null {
    let nominated: Pod[] | null = null
    for (const other of this.#view.nominatedOn(room.node.name)) {
      if (other.uid === this.pod.uid || other.spec.priority < this.pod.spec.priority) continue
      nominated ??= []
      nominated.push(other)
    }
    return (nominated && this.#rejectionBeside(nominated, room)) ?? this.#rejectionNow(room)
  }

  #rejectionBeside(nominated: readonly Pod[], { node, load }: NodeRoom): Rejection | null {
    const fuller = load.copy()
    const there = nominated.map((other) => ({ ...other, nodeName: node.name }))
    for (const other of there) {
      fuller.add(other.spec, 1, this.#rules)
      this.addPod(other, node, 1)
    }
    const found = this.#rejectionNow({ node, load: fuller })
    for (const other of there) this.addPod(other, node, -1)
    return found
  }

  #rejectionNow(room: NodeRoom): Rejection | null {
    const { node, load } = room
    const { tolerations } = this.pod.spec
    if (this.#tried && !this.#tried.has(node.name)) {
      const { notTriedReason } = this.#rules
      return { plugin: 'NodeAffinity', reasons: notTriedReason === null ? [] : [notTriedReason] }
    }
    if (node.unschedulable && !tolerations.some((each) => tolerates(each, unschedulableTaint))) {
      return { plugin: 'NodeUnschedulable', reasons: [unschedulableReason] }
    }
    const taint = this.untolerated(node)
    if (taint) return { plugin: 'TaintToleration', reasons: [this.#rules.taintReason(taint)] }
    if (!this.#meetsDemand(node)) return { plugin: 'NodeAffinity', reasons: [this.#rules.nodeAffinityReason] }
    if (this.#ports.some((port) => load.conflicts(port))) return { plugin: 'NodePorts', reasons: [hostPortReason] }
    const short = shortages(this.request, room, this.#rules)
    if (short.length > 0) return { plugin: 'NodeResourcesFit', reasons: short.map(shortageReason) }
    const spread = this.spread.reason(node)
    if (spread !== null) return { plugin: 'PodTopologySpread', reasons: [spread] }
    const affinity = this.#affinity.reason(node)
    if (affinity === null) return null
    const { podAffinityReason } = this.#rules
    return {
      plugin: 'InterPodAffinity',
      reasons: podAffinityReason === null ? [affinity] : [podAffinityReason, affinity],
    }
  }

  /** The first taint that keeps the pod off the node (component-helpers FindMatchingUntoleratedTaint). */
  untolerated({ taints }: Node): Taint | undefined {
    return taints.find(
      (taint) => keepsPodsOff(taint) && !this.pod.spec.tolerations.some((each) => tolerates(each, taint)),
    )
  }

  /** A pod more or less on a node; the node's load is the caller's. */
  addPod(pod: Pod, node: Node, amount: 1 | -1): void {
    this.spread.addPod(pod, node, amount)
    this.#affinity.addPod(pod, node, amount)
  }
}
