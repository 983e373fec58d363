import type { PodControl } from './pod-control.ts'
import { conditionOf, isTerminating, labelsOf, type Node, type Pod, type Taint } from './pod-types.ts'
import { tolerates } from './selectors.ts'
import type { SimulatedCluster } from './simulated-cluster.ts'

/** --node-monitor-grace-period of recent versions, and how often the controller looks. */
const gracePeriod = 50_000
const monitorPeriod = 5_000
/** --node-eviction-rate: one node of a zone every ten seconds gets the taint that evicts. */
const evictionPeriod = 10_000
/** Kubelet posts an unchanged node status every five minutes. */
const reportPeriod = 300_000
const unreachable = 'node.kubernetes.io/unreachable'

const unknownConditions = ['MemoryPressure', 'DiskPressure', 'PIDPressure', 'Ready']

/** Notices nodes that fall silent, taints them, and evicts what doesn't tolerate that (k/k nodelifecycle, tainteviction). */
export class NodeLifecycle {
  readonly #cluster: SimulatedCluster
  readonly #pods: PodControl
  readonly #lastSeen = new Map<string, number>()
  /** When the zone's next node may be tainted NoExecute. */
  readonly #nextEviction = new Map<string, number>()

  constructor(cluster: SimulatedCluster, pods: PodControl) {
    this.#cluster = cluster
    this.#pods = pods
    cluster.simulation.every(monitorPeriod, () => this.#monitor())
  }

  /** Begins a node's heartbeats, some time within their period. */
  add(node: Node): void {
    const { name } = node.metadata
    this.#lastSeen.set(name, this.#cluster.now)
    const report = () => {
      this.#report(name)
      this.#cluster.simulation.after(reportPeriod, report)
    }
    this.#cluster.simulation.after(this.#cluster.random.between(0, reportPeriod), report)
  }

  /** Cuts a node off, or brings it back. Its containers run on meanwhile. */
  setReachable(name: string, reachable: boolean): void {
    const kubelet = this.#pods.kubelet(name)
    if (!kubelet || kubelet.online === reachable) return
    if (!reachable) {
      this.#lastSeen.set(name, this.#cluster.now)
      kubelet.online = false
      return
    }
    this.#recover(name)
    kubelet.online = true
  }

  /** `kubectl cordon` and `uncordon`. */
  setSchedulable(name: string, schedulable: boolean): void {
    const node = this.#cluster.node(name)
    if (!node || (node.spec.unschedulable !== true) === schedulable) return
    const { unschedulable: _unschedulable, taints = [], ...spec } = node.spec
    const rest = taints.filter((each) => each.key !== 'node.kubernetes.io/unschedulable')
    const taint = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule', timeAdded: this.#cluster.timestamp }
    const all = schedulable ? rest : [...rest, taint]
    this.#cluster.writeNode({
      ...node,
      spec: { ...spec, ...(all.length > 0 && { taints: all }), ...(!schedulable && { unschedulable: true }) },
    })
    const reason = schedulable ? 'NodeSchedulable' : 'NodeNotSchedulable'
    this.#kubeletEvent(node, reason, `Node ${name} status is now: ${reason}`)
  }

  /** Memory runs short on a node, or is free again. */
  setMemoryPressure(name: string, pressure: boolean): void {
    const node = this.#cluster.node(name)
    if (!node || !this.#pods.kubelet(name)?.online) return
    const at = this.#cluster.timestamp
    const conditions = node.status.conditions.map((each) => {
      if (each.type !== 'MemoryPressure') return each
      if (!pressure) return healthy('MemoryPressure', at) ?? each
      const reason = { reason: 'KubeletHasInsufficientMemory', message: 'kubelet has insufficient memory available' }
      return { ...each, status: 'True', lastHeartbeatTime: at, lastTransitionTime: at, ...reason }
    })
    const key = 'node.kubernetes.io/memory-pressure'
    const { taints = [], ...spec } = node.spec
    const rest = taints.filter((each) => each.key !== key)
    const all = pressure ? [...rest, { key, effect: 'NoSchedule', timeAdded: at }] : rest
    this.#cluster.writeNode({
      ...node,
      spec: { ...spec, ...(all.length > 0 && { taints: all }) },
      status: { ...node.status, conditions },
    })
    const reason = pressure ? 'NodeHasInsufficientMemory' : 'NodeHasSufficientMemory'
    this.#kubeletEvent(node, reason, `Node ${name} status is now: ${reason}`)
  }

  #report(name: string): void {
    const node = this.#cluster.node(name)
    if (!node || !this.#pods.kubelet(name)?.online) return
    const conditions = node.status.conditions.map((each) => ({ ...each, lastHeartbeatTime: this.#cluster.timestamp }))
    this.#cluster.writeNode({ ...node, status: { ...node.status, conditions } })
  }

  #monitor(): void {
    const { now } = this.#cluster
    for (const node of this.#cluster.nodes) {
      const { name } = node.metadata
      if (this.#pods.kubelet(name)?.online) {
        this.#lastSeen.set(name, now)
        continue
      }
      const unknown = conditionOf(node, 'Ready')?.status === 'Unknown'
      if (!unknown && now - (this.#lastSeen.get(name) ?? now) > gracePeriod) this.#lose(node)
      else if (unknown) this.#taintNoExecute(node)
    }
  }

  #lose(node: Node): void {
    const at = this.#cluster.timestamp
    const conditions = node.status.conditions.map((each) =>
      unknownConditions.includes(each.type)
        ? {
            ...each,
            status: 'Unknown',
            lastTransitionTime: at,
            reason: 'NodeStatusUnknown',
            message: 'Kubelet stopped posting node status.',
          }
        : each,
    )
    const taint = { key: unreachable, effect: 'NoSchedule', timeAdded: at }
    const spec = { ...node.spec, taints: [...(node.spec.taints ?? []), taint] }
    const lost = this.#cluster.writeNode({ ...node, spec, status: { ...node.status, conditions } })
    const { name } = node.metadata
    const subject = { kind: 'Node', apiVersion: 'v1', object: lost }
    const message = `Node ${name} status is now: NodeNotReady`
    this.#cluster.events.record({ component: 'node-controller' }, subject, 'Normal', 'NodeNotReady', message)
    for (const pod of this.#podsOn(name)) this.#markNotReady(pod)
    this.#taintNoExecute(lost)
  }

  /** Only the pod's condition Ready changes: its containers' last known states stay as they were. */
  #markNotReady(pod: Pod): void {
    if (conditionOf(pod, 'Ready')?.status !== 'True') return
    const conditions = (pod.status.conditions ?? []).map((each) =>
      each.type === 'Ready' ? { ...each, status: 'False', lastTransitionTime: this.#cluster.timestamp } : each,
    )
    this.#cluster.writePod({ ...pod, status: { ...pod.status, conditions } })
    const subject = { kind: 'Pod', apiVersion: 'v1', object: pod }
    this.#cluster.events.record(
      { component: 'node-controller' },
      subject,
      'Warning',
      'NodeNotReady',
      'Node is not ready',
    )
  }

  #taintNoExecute(node: Node): void {
    const { now } = this.#cluster
    const taints = node.spec.taints ?? []
    if (taints.some((each) => each.key === unreachable && each.effect === 'NoExecute')) return
    const zone = labelsOf(node)['topology.kubernetes.io/zone'] ?? ''
    if (now < (this.#nextEviction.get(zone) ?? 0)) return
    this.#nextEviction.set(zone, now + evictionPeriod)
    const taint: Taint = { key: unreachable, effect: 'NoExecute', timeAdded: this.#cluster.timestamp }
    this.#cluster.writeNode({ ...node, spec: { ...node.spec, taints: [...taints, taint] } })
    for (const pod of this.#podsOn(node.metadata.name)) this.#evictLater(pod, taint)
  }

  #evictLater(pod: Pod, taint: Taint): void {
    const toleration = (pod.spec.tolerations ?? []).find((each) => tolerates([each], taint))
    if (toleration && toleration.tolerationSeconds === undefined) return
    const uid = pod.metadata.uid ?? ''
    this.#cluster.simulation.after((toleration?.tolerationSeconds ?? 0) * 1000, () => {
      const now = this.#cluster.pod(uid)
      const node = this.#cluster.node(pod.spec.nodeName ?? '')
      const still = node?.spec.taints?.some((each) => each.timeAdded === taint.timeAdded && each.effect === 'NoExecute')
      if (!now || !still || isTerminating(now)) return
      const subject = { kind: 'Pod', apiVersion: 'v1', object: now }
      const message = `Marking for deletion Pod ${now.metadata.namespace}/${now.metadata.name}`
      this.#cluster.events.record(
        { component: 'taint-eviction-controller' },
        subject,
        'Normal',
        'TaintManagerEviction',
        message,
      )
      const condition = {
        type: 'DisruptionTarget',
        observedGeneration: 1,
        status: 'True',
        lastProbeTime: null,
        lastTransitionTime: this.#cluster.timestamp,
        reason: 'DeletionByTaintManager',
        message: 'Taint manager: deleting due to NoExecute taint',
      }
      const conditions = [...(now.status.conditions ?? []), condition]
      this.#pods.delete(this.#cluster.writePod({ ...now, status: { ...now.status, conditions } }))
    })
  }

  #recover(name: string): void {
    const node = this.#cluster.node(name)
    if (!node) return
    this.#lastSeen.set(name, this.#cluster.now)
    if (conditionOf(node, 'Ready')?.status === 'True') return
    const at = this.#cluster.timestamp
    const conditions = node.status.conditions.map((each) => healthy(each.type, at) ?? each)
    const ready = this.#cluster.writeNode({ ...node, status: { ...node.status, conditions } })
    for (const each of ['NodeHasSufficientMemory', 'NodeHasNoDiskPressure', 'NodeHasSufficientPID', 'NodeReady']) {
      this.#kubeletEvent(ready, each, `Node ${name} status is now: ${each}`)
    }
    // The node controller takes its taints away with its next look.
    this.#cluster.simulation.after(this.#cluster.random.between(500, monitorPeriod), () => {
      const now = this.#cluster.node(name)
      if (!now || conditionOf(now, 'Ready')?.status !== 'True') return
      const { taints = [], ...spec } = now.spec
      const rest = taints.filter((each) => each.key !== unreachable)
      this.#cluster.writeNode({ ...now, spec: { ...spec, ...(rest.length > 0 && { taints: rest }) } })
    })
  }

  #podsOn(name: string): Pod[] {
    return [...this.#cluster.pods].filter((pod) => pod.spec.nodeName === name)
  }

  /** Kubelet names a node in its events by its name also where a uid is meant. */
  #kubeletEvent(node: Node, reason: string, message: string): void {
    const { name } = node.metadata
    const subject = { kind: 'Node', apiVersion: 'v1', object: { metadata: { name, uid: name } } }
    this.#cluster.events.record({ component: 'kubelet', host: name }, subject, 'Normal', reason, message)
  }
}

/** The conditions of a healthy node as kubelet posts them. */
export function healthy(type: string, at: string) {
  const texts: Readonly<Record<string, readonly [string, string, string]>> = {
    MemoryPressure: ['False', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'],
    DiskPressure: ['False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'],
    PIDPressure: ['False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'],
    Ready: ['True', 'KubeletReady', 'kubelet is posting ready status'],
  }
  const text = texts[type]
  if (!text) return null
  const [status, reason, message] = text
  return { type, status, lastHeartbeatTime: at, lastTransitionTime: at, reason, message }
}
