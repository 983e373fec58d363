import type { Labels } from '../model/labels.ts'
import type { Node } from '../model/node.ts'
import type { Pod } from '../model/pod.ts'
import type { Workload, WorkloadKind } from '../model/workload.ts'
import { DefaultDomains } from '../placement/assumed-spread.ts'
import type { DefaultSpread } from '../placement/default-spread.ts'
import { sameLabels } from '../placement/same-labels.ts'
import type { SchedulerRules } from '../placement/scheduler-rules.ts'
import { isOnNode } from '../placement/scheduling-view.ts'
import { SpreadTally } from '../placement/spread-tally.ts'
import { keepsPodsOff, sameTaints } from '../placement/taints.ts'
import { type ControllerPods, type WorkloadSpread, workloadSpread, zoneKey } from '../placement/workload-spread.ts'
import type { ClusterState, WorkloadRef } from '../state/cluster-state.ts'
import type { LiveSchedulingView } from './live-scheduling-view.ts'
import { workloadKey } from './workload-key.ts'

/**
 * How the pods of each workload lie. Pods are counted with their controller, one change at a time;
 * a workload is its controllers, so a ReplicaSet that is heard of late takes all its pods along at
 * once. Only records of touched workloads are made anew: those of changed pods, of pods on a node whose
 * labels changed, and, where a node's coming, going or labels make other domains of the default
 * constraints or another answer to whether there is somewhere else to go, all of them.
 */
export class WorkloadSpreads {
  readonly #state: ClusterState
  readonly #view: LiveSchedulingView
  readonly #rules: SchedulerRules
  readonly #defaultSpread: DefaultSpread
  readonly #records = new Map<string, WorkloadSpread>()
  /** By uid. */
  readonly #controllers = new Map<string, Controller>()
  readonly #placed = new Map<string, Placed>()
  readonly #touched = new Set<string>()
  #cluster = { zones: 0, nodes: 0 }
  #defaults: DefaultDomains
  #areNodesChanged = false
  #areLabelsChanged = false

  constructor(state: ClusterState, view: LiveSchedulingView, rules: SchedulerRules, defaultSpread: DefaultSpread) {
    this.#state = state
    this.#view = view
    this.#rules = rules
    this.#defaultSpread = defaultSpread
    this.#defaults = new DefaultDomains(defaultSpread, [])
  }

  /** By workloadKey. */
  get records(): ReadonlyMap<string, WorkloadSpread> {
    return this.#records
  }

  /** Workloads that still wait to be looked at. */
  get backlog(): number {
    return this.#touched.size
  }

  applyPod(previous: Pod | null, next: Pod | null): void {
    const before = previous && counts(previous) ? previous : null
    const after = next && counts(next) ? next : null
    if (before && after && isSameShare(before, after)) {
      if (!sameLabels(before.labels, after.labels)) this.#touchController(after.owner?.uid)
      return
    }
    if (before) this.#count(before, -1)
    if (after) this.#count(after, 1)
  }

  applyNode(previous: Node | null, next: Node | null): void {
    const areLabelsSame = previous !== null && next !== null && sameLabels(previous.labels, next.labels)
    if (areLabelsSame && previous.unschedulable === next.unschedulable && sameTaints(previous, next)) return
    this.#areNodesChanged = true
    if (areLabelsSame) return
    this.#areLabelsChanged = true
    for (const uid of this.#state.podsOnNode((next ?? previous)?.name ?? '')) {
      this.#touchController(this.#state.pod(uid)?.owner?.uid)
    }
  }

  applyWorkload(previous: Workload | null, next: Workload | null): void {
    const workload = next ?? previous
    if (!workload) return
    const controller = this.#controllers.get(workload.uid)
    if (controller) this.#move(controller)
    const [before, after] = [previous?.selector ?? null, next?.selector ?? null]
    if (JSON.stringify(before) === JSON.stringify(after)) return
    const key = workloadKey(workload.namespace, workload)
    if (this.#placed.has(key)) this.#touched.add(key)
  }

  /** @returns keys of the workloads, at most `limit`, whose record is another now, or gone */
  settle(limit: number): ReadonlySet<string> {
    this.#settleNodes()
    const changed = new Set<string>()
    let taken = 0
    for (const key of this.#touched) {
      if (taken >= limit) break
      taken += 1
      this.#touched.delete(key)
      if (this.#settleWorkload(key)) changed.add(key)
    }
    return changed
  }

  #count(pod: Pod, amount: 1 | -1): void {
    const { owner, namespace, nodeName, spec } = pod
    if (!owner || owner.kind === 'Node' || owner.kind === 'Pod') return
    let controller = this.#controllers.get(owner.uid)
    if (!controller) {
      controller = new Controller(owner.uid, namespace, owner)
      this.#controllers.set(owner.uid, controller)
      this.#move(controller)
    }
    controller.tally.count({ node: nodeName, isReady: isReady(pod), spec }, amount)
    this.#touched.add(controller.workload)
    if (controller.tally.pods > 0) return
    this.#controllers.delete(owner.uid)
    this.#leave(controller)
  }

  #touchController(uid: string | undefined): void {
    const controller = uid === undefined ? undefined : this.#controllers.get(uid)
    if (controller) this.#touched.add(controller.workload)
  }

  /** To the workload that it belongs to by now. */
  #move(controller: Controller): void {
    const { uid, namespace, kind, name } = controller
    const isMiddle = kind === 'ReplicaSet' || kind === 'Job'
    const ref = (isMiddle && this.#state.workload(kind as WorkloadKind, uid)?.owner) || { kind, name }
    const key = workloadKey(namespace, ref)
    if (key === controller.workload) return
    this.#leave(controller)
    controller.workload = key
    let placed = this.#placed.get(key)
    if (!placed) {
      placed = { namespace, ref: { kind: ref.kind, name: ref.name }, controllers: new Set() }
      this.#placed.set(key, placed)
    }
    placed.controllers.add(controller)
    this.#touched.add(key)
  }

  #leave(controller: Controller): void {
    const key = controller.workload
    const placed = this.#placed.get(key)
    if (!placed) return
    placed.controllers.delete(controller)
    if (placed.controllers.size === 0) this.#placed.delete(key)
    this.#touched.add(key)
  }

  #settleNodes(): void {
    if (!this.#areNodesChanged) return
    const before = this.#cluster
    const nodes = this.#view.rooms.map(({ node }) => node)
    const usable = nodes.filter(({ unschedulable, taints }) => !unschedulable && !taints.some(keepsPodsOff))
    this.#cluster = { zones: new Set(usable.flatMap(({ labels }) => labels[zoneKey] ?? [])).size, nodes: usable.length }
    const elsewhere = ({ zones, nodes: count }: typeof before) => `${zones > 1} ${count > 1}`
    let concernsAll = elsewhere(before) !== elsewhere(this.#cluster)
    if (this.#areLabelsChanged) {
      this.#defaults = new DefaultDomains(this.#defaultSpread, nodes)
      concernsAll ||= this.#defaultSpread.constraints.length > 0
    }
    this.#areNodesChanged = false
    this.#areLabelsChanged = false
    if (concernsAll) for (const key of this.#placed.keys()) this.#touched.add(key)
  }

  #settleWorkload(key: string): boolean {
    const known = this.#records.get(key)
    const placed = this.#placed.get(key)
    const record = placed && this.#recordOf(placed)
    if (!record) return this.#records.delete(key)
    // A record that says the same stays the same object.
    if (known && JSON.stringify(known) === JSON.stringify(record)) return false
    this.#records.set(key, record)
    return true
  }

  #recordOf({ namespace, ref, controllers }: Placed): WorkloadSpread | null {
    return workloadSpread(namespace, ref, controllers, {
      cluster: this.#cluster,
      nodeOf: (name) => this.#view.room(name)?.node,
      defaults: this.#defaults,
      hasMatchLabelKeys: this.#rules.hasMatchLabelKeys,
      selector: this.#state.workloadNamed(ref.kind, namespace, ref.name)?.selector ?? null,
      labelsOf: (controller) => this.#labelsOf(controller),
    })
  }

  /** Of the counted pod whose uid comes first, so that they don't rest on the order of what was heard. */
  #labelsOf(controller: string): Labels {
    let found: Pod | null = null
    for (const uid of this.#state.podsOfOwner(controller)) {
      if (found && uid > found.uid) continue
      const pod = this.#state.pod(uid)
      if (pod && counts(pod)) found = pod
    }
    return found?.labels ?? {}
  }
}

class Controller implements ControllerPods {
  readonly uid: string
  readonly namespace: string
  readonly kind: string
  readonly name: string
  readonly tally = new SpreadTally()
  /** By workloadKey; empty: not looked up yet. */
  workload = ''

  constructor(uid: string, namespace: string, { kind, name }: WorkloadRef) {
    this.uid = uid
    this.namespace = namespace
    this.kind = kind
    this.name = name
  }
}

interface Placed {
  readonly namespace: string
  readonly ref: WorkloadRef
  readonly controllers: Set<Controller>
}

function counts(pod: Pod): boolean {
  return isOnNode(pod) && pod.deletedAt === null
}

function isSameShare(a: Pod, b: Pod): boolean {
  return a.nodeName === b.nodeName && a.spec === b.spec && a.owner?.uid === b.owner?.uid && isReady(a) === isReady(b)
}

function isReady({ conditions }: Pod): boolean {
  return conditions.some(({ type, status }) => type === 'Ready' && status === 'True')
}
