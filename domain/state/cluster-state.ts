import type { ClusterEvent } from '../model/cluster-event.ts'
import { type ClusterObject, type ClusterObjectKind, clusterObjectKinds } from '../model/cluster-object.ts'
import type { EndpointSlice } from '../model/endpoint-slice.ts'
import type { Namespace } from '../model/namespace.ts'
import type { Node } from '../model/node.ts'
import type { OwnerReference } from '../model/object-meta.ts'
import type { Pod } from '../model/pod.ts'
import type { PodDisruptionBudget } from '../model/pod-disruption-budget.ts'
import type { Service } from '../model/service.ts'
import type { Workload, WorkloadKind } from '../model/workload.ts'
import { MultiIndex } from './multi-index.ts'

/** One object before and after: `previous` null for a new one, `next` null for one that is gone. */
export interface StateChange {
  readonly kind: ClusterObjectKind
  readonly previous: ClusterObject | null
  readonly next: ClusterObject | null
}

/** A pod's controller of controllers, as people know it: the Deployment and not its ReplicaSet. */
export interface WorkloadRef {
  readonly kind: string
  readonly name: string
}

/**
 * The cluster as last heard, keyed by uid, with the indices that analysis needs. Objects are
 * immutable: a change replaces one. Every operation costs the same whatever the cluster's size.
 */
export class ClusterState {
  readonly #objects: ReadonlyMap<ClusterObjectKind, Map<string, ClusterObject>> = new Map(
    clusterObjectKinds.map((kind) => [kind, new Map()]),
  )
  readonly #nodesByName = new Map<string, Node>()
  readonly #namespacesByName = new Map<string, Namespace>()
  readonly #refs = new WeakMap<OwnerReference, WorkloadRef>()
  readonly #podsByNode = new MultiIndex()
  readonly #podsByOwner = new MultiIndex()
  readonly #podsByNamespace = new MultiIndex()
  readonly #workloadsByOwner = new MultiIndex()
  readonly #eventsByRegarding = new MultiIndex()
  readonly #workloadsByName = new MultiIndex()
  readonly #servicesByNamespace = new MultiIndex()
  readonly #slicesByService = new MultiIndex()

  /** Takes an object in, new or changed. */
  apply(next: ClusterObject): StateChange {
    const objects = this.#of(next.kind)
    const previous = objects.get(next.uid) ?? null
    objects.set(next.uid, next)
    this.#index(next.uid, previous, next)
    return { kind: next.kind, previous, next }
  }

  /** Forgets an object; null when it wasn't known. */
  remove(kind: ClusterObjectKind, uid: string): StateChange | null {
    const objects = this.#of(kind)
    const previous = objects.get(uid)
    if (!previous) return null
    objects.delete(uid)
    this.#index(uid, previous, null)
    return { kind, previous, next: null }
  }

  version(kind: ClusterObjectKind, uid: string): string | undefined {
    return this.#of(kind).get(uid)?.resourceVersion
  }

  uids(kind: ClusterObjectKind): IterableIterator<string> {
    return this.#of(kind).keys()
  }

  size(kind: ClusterObjectKind): number {
    return this.#of(kind).size
  }

  pod(uid: string): Pod | undefined {
    return this.#of('Pod').get(uid) as Pod | undefined
  }

  pods(): IterableIterator<Pod> {
    return this.#of('Pod').values() as IterableIterator<Pod>
  }

  podNamed(namespace: string, name: string): Pod | undefined {
    // A name may be taken anew before the old object is gone; the younger one is meant.
    let found: Pod | undefined
    for (const uid of this.#podsByNamespace.get(namespace)) {
      const pod = this.pod(uid)
      if (pod?.name === name && (!found || pod.createdAt > found.createdAt)) found = pod
    }
    return found
  }

  *podsIn(namespace: string): Generator<Pod> {
    for (const uid of this.podsInNamespace(namespace)) {
      const pod = this.pod(uid)
      if (pod) yield pod
    }
  }

  podCountIn(namespace: string): number {
    return this.podsInNamespace(namespace).size
  }

  podsInNamespace(namespace: string): ReadonlySet<string> {
    return this.#podsByNamespace.get(namespace)
  }

  podsOnNode(name: string): ReadonlySet<string> {
    return this.#podsByNode.get(name)
  }

  /** Pods whose controller has this uid. */
  podsOfOwner(uid: string): ReadonlySet<string> {
    return this.#podsByOwner.get(uid)
  }

  /** Workloads whose controller has this uid: the ReplicaSets of a Deployment, the Jobs of a CronJob. */
  workloadsOfOwner(uid: string): ReadonlySet<string> {
    return this.#workloadsByOwner.get(uid)
  }

  /** The pods' node, zone and labels; undefined where nodes may not be read. */
  node(name: string): Node | undefined {
    return this.#nodesByName.get(name)
  }

  nodes(): IterableIterator<Node> {
    return this.#of('Node').values() as IterableIterator<Node>
  }

  namespaces(): IterableIterator<Namespace> {
    return this.#of('Namespace').values() as IterableIterator<Namespace>
  }

  namespace(name: string): Namespace | undefined {
    return this.#namespacesByName.get(name)
  }

  workload(kind: WorkloadKind, uid: string): Workload | undefined {
    return this.#of(kind).get(uid) as Workload | undefined
  }

  workloadNamed(kind: string, namespace: string, name: string): Workload | undefined {
    // As with pods: the younger of two is meant.
    let found: Workload | undefined
    for (const uid of this.#workloadsByName.get(`${kind}/${namespace}/${name}`)) {
      const workload = this.workload(kind as WorkloadKind, uid)
      if (workload && (!found || workload.createdAt > found.createdAt)) found = workload
    }
    return found
  }

  /**
   * The pods whose uppermost known controller is this one.
   * @param sample one of them: spares a walk over the namespace where the controller isn't known
   */
  *podsOfWorkload({ kind, name }: WorkloadRef, namespace: string, sample?: Pod): Generator<Pod> {
    const owner = this.workloadNamed(kind, namespace, name)?.uid ?? sample?.owner?.uid
    if (owner !== undefined) {
      for (const uid of [owner, ...this.workloadsOfOwner(owner)]) {
        for (const each of this.podsOfOwner(uid)) {
          const pod = this.pod(each)
          if (pod) yield pod
        }
      }
      return
    }
    // Its object isn't known: custom kinds aren't watched, others may not be read.
    for (const pod of this.podsIn(namespace)) {
      const ref = this.workloadOf(pod) ?? { kind: 'Pod', name: pod.name }
      if (ref.kind === kind && ref.name === name) yield pod
    }
  }

  workloads(kind: WorkloadKind): IterableIterator<Workload> {
    return this.#of(kind).values() as IterableIterator<Workload>
  }

  eventsRegarding(uid: string): readonly ClusterEvent[] {
    const events: ClusterEvent[] = []
    for (const each of this.#eventsByRegarding.get(uid)) {
      const event = this.#of('Event').get(each)
      if (event) events.push(event as ClusterEvent)
    }
    return events
  }

  budgets(): IterableIterator<PodDisruptionBudget> {
    return this.#of('PodDisruptionBudget').values() as IterableIterator<PodDisruptionBudget>
  }

  servicesIn(namespace: string): readonly Service[] {
    const services: Service[] = []
    for (const uid of this.#servicesByNamespace.get(namespace)) {
      const service = this.service(uid)
      if (service) services.push(service)
    }
    return services
  }

  service(uid: string): Service | undefined {
    return this.#of('Service').get(uid) as Service | undefined
  }

  slicesOf(namespace: string, service: string): readonly EndpointSlice[] {
    const slices: EndpointSlice[] = []
    for (const uid of this.#slicesByService.get(`${namespace}/${service}`)) {
      const slice = this.#of('EndpointSlice').get(uid)
      if (slice) slices.push(slice as EndpointSlice)
    }
    return slices
  }

  /** The uppermost controller that can be known: the Deployment over a ReplicaSet, the CronJob over a Job. */
  workloadOf(pod: Pod): WorkloadRef | null {
    const owner = pod.owner
    if (!owner) return null
    const middle =
      owner.kind === 'ReplicaSet' || owner.kind === 'Job' ? this.#of(owner.kind).get(owner.uid)?.owner : undefined
    // Pods of one workload get one object: at 150,000 pods that is megabytes.
    const top = middle ?? owner
    const known = this.#refs.get(top)
    if (known) return known
    const ref = { kind: top.kind, name: top.name }
    this.#refs.set(top, ref)
    return ref
  }

  #of(kind: ClusterObjectKind): Map<string, ClusterObject> {
    const objects = this.#objects.get(kind)
    if (!objects) throw new Error(`unknown kind ${kind}`)
    return objects
  }

  #index(uid: string, previous: ClusterObject | null, next: ClusterObject | null): void {
    const kind = (next ?? previous)?.kind
    switch (kind) {
      case 'Pod': {
        const [before, after] = [previous as Pod | null, next as Pod | null]
        this.#podsByNode.move(uid, before?.nodeName ?? '', after?.nodeName ?? '')
        this.#podsByOwner.move(uid, before?.owner?.uid ?? '', after?.owner?.uid ?? '')
        this.#podsByNamespace.move(uid, before?.namespace ?? '', after?.namespace ?? '')
        break
      }
      case 'Node': {
        // A node that was deleted and made again under its name: the old one's DELETE may come late.
        if (previous && this.#nodesByName.get(previous.name)?.uid === uid) this.#nodesByName.delete(previous.name)
        if (next) this.#nodesByName.set(next.name, next as Node)
        break
      }
      case 'Namespace': {
        if (previous && this.#namespacesByName.get(previous.name)?.uid === uid) {
          this.#namespacesByName.delete(previous.name)
        }
        if (next) this.#namespacesByName.set(next.name, next as Namespace)
        break
      }
      case 'Event': {
        const [before, after] = [previous as ClusterEvent | null, next as ClusterEvent | null]
        this.#eventsByRegarding.move(uid, before?.regarding.uid ?? '', after?.regarding.uid ?? '')
        break
      }
      case 'PodDisruptionBudget':
        break
      case 'Service':
        this.#servicesByNamespace.move(uid, previous?.namespace ?? '', next?.namespace ?? '')
        break
      case 'EndpointSlice':
        this.#slicesByService.move(
          uid,
          serviceKey(previous as EndpointSlice | null),
          serviceKey(next as EndpointSlice | null),
        )
        break
      case 'ReplicaSet':
      case 'Job':
      case 'Deployment':
      case 'StatefulSet':
      case 'DaemonSet':
      case 'CronJob':
        this.#workloadsByOwner.move(uid, previous?.owner?.uid ?? '', next?.owner?.uid ?? '')
        this.#workloadsByName.move(uid, nameKey(previous), nameKey(next))
        break
    }
  }
}

function nameKey(object: ClusterObject | null): string {
  return object ? `${object.kind}/${object.namespace}/${object.name}` : ''
}

function serviceKey(slice: EndpointSlice | null): string {
  return slice && slice.serviceName !== '' ? `${slice.namespace}/${slice.serviceName}` : ''
}
