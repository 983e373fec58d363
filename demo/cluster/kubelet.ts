import type { BehaviourOf } from './behaviour.ts'
import type { EventSubject } from './event-recorder.ts'
import type { Pod } from './pod-types.ts'
import { PodWorker } from './pod-worker.ts'
import { ProbeCounters } from './probe-counters.ts'
import type { SimulatedCluster } from './simulated-cluster.ts'

/** One node's kubelet: it runs the pods bound to the node and writes their status, for as long as it can be reached. */
export class Kubelet {
  readonly nodeName: string
  readonly hostIP: string
  readonly cluster: SimulatedCluster
  readonly behaviourOf: BehaviourOf
  readonly probeCounters = new ProbeCounters()
  readonly #workers = new Map<string, PodWorker>()
  readonly #images = new Set<string>()
  readonly #podCIDR: string
  readonly #addresses = new Set<number>()
  #nextAddress = 2
  #online = true

  /** @param podCIDR the first three octets of the addresses of its pods: `10.244.3` */
  constructor(cluster: SimulatedCluster, nodeName: string, hostIP: string, podCIDR: string, behaviourOf: BehaviourOf) {
    this.cluster = cluster
    this.nodeName = nodeName
    this.hostIP = hostIP
    this.#podCIDR = podCIDR
    this.behaviourOf = behaviourOf
  }

  /** False while the node is cut off: containers run on, but nobody hears of it. */
  get online(): boolean {
    return this.#online
  }

  set online(online: boolean) {
    if (this.#online === online) return
    this.#online = online
    if (!online) return
    let delay = 0
    for (const worker of this.#workers.values()) {
      delay += this.cluster.random.between(20, 150)
      this.cluster.simulation.after(delay, () => worker.resync())
    }
  }

  /** Starts a pod that has just been bound. */
  run(pod: Pod): void {
    this.#add(pod).begin()
  }

  /** Takes over a pod that has been running since `startedAt`, with restarts behind it. */
  adopt(pod: Pod, startedAt: number, restarts: number): void {
    for (const container of [...(pod.spec.initContainers ?? []), ...pod.spec.containers]) {
      this.#images.add(container.image)
    }
    this.#add(pod).adopt(startedAt, restarts)
  }

  /** The API object has got a deletionTimestamp. */
  terminate(uid: string): void {
    this.#workers.get(uid)?.terminate()
  }

  worker(uid: string): PodWorker | undefined {
    return this.#workers.get(uid)
  }

  forget(uid: string): void {
    const worker = this.#workers.get(uid)
    if (!worker) return
    worker.stop()
    this.probeCounters.forget(uid)
    this.#workers.delete(uid)
    this.#addresses.delete(Number(worker.podIP.split('.')[3]))
  }

  hasImage(image: string): boolean {
    return this.#images.has(image)
  }

  pulled(image: string): void {
    this.#images.add(image)
  }

  allocateIP(): string {
    do this.#nextAddress = this.#nextAddress >= 254 ? 2 : this.#nextAddress + 1
    while (this.#addresses.has(this.#nextAddress) && this.#addresses.size < 250)
    this.#addresses.add(this.#nextAddress)
    return `${this.#podCIDR}.${this.#nextAddress}`
  }

  event(subject: EventSubject, type: 'Normal' | 'Warning', reason: string, message: string): void {
    if (!this.#online) return
    this.cluster.events.record({ component: 'kubelet', host: this.nodeName }, subject, type, reason, message)
  }

  #add(pod: Pod): PodWorker {
    const worker = new PodWorker(this, pod)
    this.#workers.set(pod.metadata.uid ?? '', worker)
    return worker
  }
}
