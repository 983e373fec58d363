import { Placement } from './placement.ts'
import { isTerminal, isTerminating, type Node, type Pod } from './pod-types.ts'
import { schedulingFailure, type Verdict } from './scheduling-failure.ts'
import type { SimulatedCluster } from './simulated-cluster.ts'

/**
 * A small kube-scheduler: its filters (taints, node affinity, resources, topology spread, inter-pod
 * affinity) are those of the real one; its scoring is only alike. It says of a pod that fits nowhere
 * what kube-scheduler says.
 */
export class Scheduler {
  readonly #cluster: SimulatedCluster
  readonly #bind: (pod: Pod, nodeName: string) => void
  /** Pods that fitted nowhere, with the attempts so far. */
  readonly #unschedulable = new Map<string, { attempts: number }>()

  readonly #nodeSpecs = new Map<string, Node['spec']>()

  /** @param bind called once a pod has been assigned */
  constructor(cluster: SimulatedCluster, bind: (pod: Pod, nodeName: string) => void) {
    this.#cluster = cluster
    this.#bind = bind
    cluster.onPod((pod, change) => {
      if (change === 'added' && pod.spec.nodeName === undefined) this.#queue(pod, cluster.random.between(5, 60))
      if (change === 'deleted') {
        this.#unschedulable.delete(pod.metadata.uid ?? '')
        this.#move(pod.metadata.namespace)
      }
    })
    cluster.onNode((node) => {
      // A heartbeat changes nothing that a filter looks at.
      if (this.#nodeSpecs.get(node.metadata.name) !== node.spec) this.#move()
      this.#nodeSpecs.set(node.metadata.name, node.spec)
    })
    // What no event wakes is tried again after five minutes (flushUnschedulablePodsLeftover).
    cluster.simulation.every(300_000, () => this.#move())
  }

  /** The node that the pod goes to, or why none. */
  place(pod: Pod): Node | string {
    const nodes = this.#cluster.nodes
    const placed = [...this.#cluster.pods].filter((each) => each.spec.nodeName !== undefined && !isTerminal(each))
    const state = new Placement(pod, nodes, placed)
    const verdicts = nodes.map((node) => state.filter(node))
    let best: { node: Node; score: number } | null = null
    for (const [index, node] of nodes.entries()) {
      if (verdicts[index] !== null) continue
      const score = state.score(node) + this.#cluster.random.next() * 2
      if (!best || score > best.score) best = { node, score }
    }
    return best ? best.node : schedulingFailure(verdicts as readonly Verdict[])
  }

  #queue(pod: Pod, delay: number): void {
    const uid = pod.metadata.uid ?? ''
    this.#cluster.queue(`schedule/${uid}`, delay, () => {
      const now = this.#cluster.pod(uid)
      if (now && now.spec.nodeName === undefined && !isTerminating(now)) this.#schedule(now)
    })
  }

  #schedule(pod: Pod): void {
    const cluster = this.#cluster
    const uid = pod.metadata.uid ?? ''
    const subject = { kind: 'Pod', apiVersion: 'v1', object: pod }
    const placed = this.place(pod)
    if (typeof placed !== 'string') {
      this.#unschedulable.delete(uid)
      const name = `${pod.metadata.namespace}/${pod.metadata.name}`
      const note = `Successfully assigned ${name} to ${placed.metadata.name}`
      cluster.events.recordSeries('default-scheduler', 'Binding', subject, 'Normal', 'Scheduled', note)
      this.#bind(pod, placed.metadata.name)
      return
    }
    const known = this.#unschedulable.get(uid)
    this.#unschedulable.set(uid, { attempts: (known?.attempts ?? 0) + 1 })
    cluster.events.recordSeries('default-scheduler', 'Scheduling', subject, 'Warning', 'FailedScheduling', placed)
    const before = pod.status.conditions?.find((each) => each.type === 'PodScheduled')
    if (before?.message === placed) return
    const scheduled = {
      type: 'PodScheduled',
      observedGeneration: pod.metadata.generation,
      status: 'False',
      lastProbeTime: null,
      lastTransitionTime: before?.status === 'False' ? (before.lastTransitionTime ?? null) : cluster.timestamp,
      reason: 'Unschedulable',
      message: placed,
    }
    const others = (pod.status.conditions ?? []).filter((each) => each.type !== 'PodScheduled')
    cluster.writePod({ ...pod, status: { ...pod.status, conditions: [...others, scheduled] } })
  }

  /** Something has changed that may help: waiting pods are tried again after their back-off of 1 to 10 s. */
  #move(namespace?: string): void {
    for (const [uid, { attempts }] of this.#unschedulable) {
      const pod = this.#cluster.pod(uid)
      if (pod && namespace !== undefined && pod.metadata.namespace !== namespace) continue
      if (pod) this.#queue(pod, Math.min(10_000, 1000 * 2 ** Math.min(attempts - 1, 4)))
      else this.#unschedulable.delete(uid)
    }
  }
}
