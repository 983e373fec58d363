import type { KubernetesObject, ObjectMetadata, OwnerReference } from '../api/kubernetes-object.ts'
import { type ObjectStore, timestamp } from '../api/object-store.ts'
import { EventRecorder } from './event-recorder.ts'
import type { Node, Pod } from './pod-types.ts'
import { ownerUid } from './pod-types.ts'
import type { Random } from './random.ts'
import type { Cancel, Simulation } from './simulation.ts'

export type PodChange = 'added' | 'changed' | 'deleted'
export type PodListener = (pod: Pod, change: PodChange) => void
export type NodeListener = (node: Node) => void

/** What the simulated controllers share: the store, time, chance, events, and news of pods and nodes. */
export class SimulatedCluster {
  readonly store: ObjectStore
  readonly simulation: Simulation
  readonly random: Random
  readonly events: EventRecorder
  readonly #podListeners: PodListener[] = []
  readonly #nodeListeners: NodeListener[] = []
  readonly #podsByOwner = new Map<string, Set<string>>()
  readonly #pods = new Map<string, Pod>()
  readonly #queued = new Map<string, Cancel>()

  constructor(store: ObjectStore, simulation: Simulation, random: Random) {
    this.store = store
    this.simulation = simulation
    this.random = random
    this.events = new EventRecorder(store, simulation, random)
  }

  get now(): number {
    return this.simulation.now
  }

  /** The time as objects tell it. */
  get timestamp(): string {
    return timestamp(this.simulation.now)
  }

  onPod(listener: PodListener): void {
    this.#podListeners.push(listener)
  }

  onNode(listener: NodeListener): void {
    this.#nodeListeners.push(listener)
  }

  get pods(): Iterable<Pod> {
    return this.#pods.values()
  }

  pod(uid: string): Pod | undefined {
    return this.#pods.get(uid)
  }

  /** Pods that a controller owns, the oldest first. */
  podsOf(owner: string): Pod[] {
    const pods: Pod[] = []
    for (const uid of this.#podsByOwner.get(owner) ?? []) {
      const pod = this.#pods.get(uid)
      if (pod) pods.push(pod)
    }
    return pods
  }

  get nodes(): Node[] {
    return [...this.store.collection('nodes').values()].map((stored) => stored.object() as Node)
  }

  node(name: string): Node | undefined {
    return this.store.get('nodes', '', name) as Node | undefined
  }

  get<T extends KubernetesObject>(plural: string, namespace: string, name: string): T | undefined {
    return this.store.get(plural, namespace, name) as T | undefined
  }

  /** Stores an object (not a pod, nor a node) as it is. */
  write<T extends KubernetesObject>(plural: string, object: T): T {
    return this.store.replace(plural, object) as T
  }

  writePod(pod: Pod): Pod {
    const uid = pod.metadata.uid ?? ''
    const known = this.#pods.has(uid)
    const stored = this.store.replace('pods', pod) as Pod
    this.#pods.set(uid, stored)
    if (!known) {
      const owner = ownerUid(stored)
      const owned = this.#podsByOwner.get(owner) ?? new Set()
      this.#podsByOwner.set(owner, owned.add(uid))
    }
    for (const listener of this.#podListeners) listener(stored, known ? 'changed' : 'added')
    return stored
  }

  /** Takes a pod out of the API at once. */
  removePod(uid: string): void {
    const pod = this.#pods.get(uid)
    if (!pod) return
    const owned = this.#podsByOwner.get(ownerUid(pod))
    owned?.delete(uid)
    if (owned?.size === 0) this.#podsByOwner.delete(ownerUid(pod))
    this.#pods.delete(uid)
    this.store.delete('pods', pod.metadata.namespace ?? '', pod.metadata.name)
    for (const listener of this.#podListeners) listener(pod, 'deleted')
  }

  writeNode(node: Node): Node {
    const stored = this.store.replace('nodes', node) as Node
    for (const listener of this.#nodeListeners) listener(stored)
    return stored
  }

  /** Has a controller look at something soon; what is queued already isn't queued twice. */
  queue(key: string, delay: number, reconcile: () => void): void {
    if (this.#queued.has(key)) return
    const cancel = this.simulation.after(delay, () => {
      this.#queued.delete(key)
      reconcile()
    })
    this.#queued.set(key, cancel)
  }

  /** Metadata of a new object. */
  newMetadata(name: string, namespace: string | undefined, more: Partial<ObjectMetadata> = {}): ObjectMetadata {
    return {
      name,
      ...(namespace !== undefined && { namespace }),
      uid: this.random.uuid(),
      creationTimestamp: this.timestamp,
      ...more,
    }
  }
}

export function controllerReference(apiVersion: string, kind: string, owner: KubernetesObject): OwnerReference {
  const { name, uid = '' } = owner.metadata
  return { apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true }
}
