import { NextCheck } from '../health/next-check.ts'
import { isPodReady } from '../health/pod-condition.ts'
import type { Problem } from '../health/problem.ts'
import {
  type EndpointCounts,
  endpointsOfPods,
  endpointsOfSlices,
  hasPodEndpoints,
  type ServiceEndpoints,
} from '../health/service-endpoints.ts'
import { serviceProblem } from '../health/service-problem.ts'
import type { EndpointSlice } from '../model/endpoint-slice.ts'
import type { Pod } from '../model/pod.ts'
import type { Service } from '../model/service.ts'
import { sameLabels } from '../placement/same-labels.ts'
import type { ClusterState } from '../state/cluster-state.ts'
import { RecheckQueue } from './recheck-queue.ts'
import { SelectorIndex } from './selector-index.ts'

/** What is concluded of one Service. */
export interface ServiceState {
  readonly service: Service
  readonly endpoints: EndpointCounts
  /** It has pods and none of them gets its traffic. */
  readonly outage: Problem | null
  /** It has had a ready address since it has had pods. */
  readonly wasReady: boolean
}

/** What came of one Service: `after` null where it is gone. */
export interface SettledService {
  readonly before: ServiceState | null
  readonly after: ServiceState | null
  /** Uids of the pods that it picks, or picked before. */
  readonly pods: ReadonlySet<string>
}

/**
 * All Services: which pods they pick, how many addresses are ready, and which have none. A changed
 * pod, slice or Service costs work for its own Services.
 */
export class ServiceStates {
  readonly #state: ClusterState
  readonly #index = new SelectorIndex()
  /** Pods that a Service's selector picks, without those that have ended. */
  readonly #pods = new Map<string, Set<string>>()
  readonly #uidsByName = new Map<string, string>()
  readonly #states = new Map<string, ServiceState>()
  readonly #dirty = new Set<string>()
  /** Pods that Services picked until their selectors changed. */
  readonly #left = new Map<string, readonly string[]>()
  /** Services whose pods haven't been looked for yet. */
  readonly #unscanned = new Set<string>()
  readonly #rechecks = new RecheckQueue()
  /** See serviceProblem. */
  terminatingServes = true

  constructor(state: ClusterState) {
    this.#state = state
  }

  get(uid: string): ServiceState | undefined {
    return this.#states.get(uid)
  }

  /** The Services whose selector picks this pod, in no order. */
  *ofPod(pod: Pod): Generator<ServiceState> {
    for (const uid of this.#index.picking(pod.namespace, pod.labels)) {
      const state = this.#states.get(uid)
      if (state) yield state
    }
  }

  /** Uids of the pods that a Service picks, without those that have ended. */
  podsOf(uid: string): ReadonlySet<string> {
    return this.#pods.get(uid) ?? none
  }

  applyPod(previous: Pod | null, next: Pod | null): void {
    if (previous && next && sameForServices(previous, next)) return
    if (previous) {
      for (const uid of this.#index.picking(previous.namespace, previous.labels)) {
        this.#pods.get(uid)?.delete(previous.uid)
        this.#dirty.add(uid)
      }
    }
    if (!next) return
    for (const uid of this.#index.picking(next.namespace, next.labels)) {
      if (!hasEnded(next)) this.#pods.get(uid)?.add(next.uid)
      this.#dirty.add(uid)
    }
  }

  applyService(previous: Service | null, next: Service | null): void {
    const service = next ?? previous
    if (!service) return
    const { uid } = service
    const name = serviceKey(service)
    this.#dirty.add(uid)
    if (!next) {
      this.#index.delete(uid)
      this.#unscanned.delete(uid)
      if (this.#uidsByName.get(name) === uid) this.#uidsByName.delete(name)
      return
    }
    this.#uidsByName.set(name, uid)
    if (previous && sameSelector(previous, next)) return
    this.#remember(uid)
    this.#pods.set(uid, new Set())
    if (hasPodEndpoints(next) && next.selector) {
      this.#index.set(uid, next.namespace, next.selector)
      // Pods that come later find it by themselves.
      if (this.#state.podsInNamespace(next.namespace).size > 0) this.#unscanned.add(uid)
    } else {
      this.#index.delete(uid)
      this.#unscanned.delete(uid)
    }
  }

  applySlice(previous: EndpointSlice | null, next: EndpointSlice | null): void {
    for (const slice of [previous, next]) {
      const uid = slice && this.#uidsByName.get(`${slice.namespace}/${slice.serviceName}`)
      if (uid) this.#dirty.add(uid)
    }
  }

  /** Draws the conclusions from all changes so far; what came of each Service, and null for those that are gone. */
  settle(now: number): ReadonlyMap<string, SettledService> {
    for (const uid of this.#rechecks.take(now)) this.#dirty.add(uid)
    this.#scan()
    const settled = new Map<string, SettledService>()
    for (const uid of this.#dirty) {
      const before = this.#states.get(uid) ?? null
      const service = this.#state.service(uid)
      const after = service ? this.#conclude(service, before, now) : null
      settled.set(uid, { before, after, pods: new Set([...this.podsOf(uid), ...(this.#left.get(uid) ?? [])]) })
      if (after) {
        this.#states.set(uid, after)
      } else {
        this.#states.delete(uid)
        this.#pods.delete(uid)
        this.#rechecks.set(uid, null)
      }
    }
    this.#dirty.clear()
    this.#left.clear()
    return settled
  }

  #remember(uid: string): void {
    const pods = this.#pods.get(uid)
    if (pods && pods.size > 0) this.#left.set(uid, [...(this.#left.get(uid) ?? []), ...pods])
  }

  /** One walk over a namespace's pods for all its new Services. */
  #scan(): void {
    if (this.#unscanned.size === 0) return
    const namespaces = new Set<string>()
    for (const uid of this.#unscanned) namespaces.add(this.#state.service(uid)?.namespace ?? '')
    for (const namespace of namespaces) {
      for (const podUid of this.#state.podsInNamespace(namespace)) {
        const pod = this.#state.pod(podUid)
        if (!pod || hasEnded(pod)) continue
        for (const uid of this.#index.picking(namespace, pod.labels)) {
          if (this.#unscanned.has(uid)) this.#pods.get(uid)?.add(podUid)
        }
      }
    }
    this.#unscanned.clear()
  }

  /** Whether each of its endpoints gets traffic, by uid of the pod; costs a walk over them. */
  endpointsOf(service: Service): ServiceEndpoints {
    const slices = this.#state.slicesOf(service.namespace, service.name)
    // The controller makes a slice for every Service with a selector, be it empty: none means not (yet) readable.
    return slices.length > 0 || !hasPodEndpoints(service)
      ? endpointsOfSlices(slices)
      : endpointsOfPods(service, this.#podObjects(service.uid))
  }

  #conclude(service: Service, before: ServiceState | null, now: number): ServiceState {
    const { ready: _, ...endpoints } = this.endpointsOf(service)
    const check = new NextCheck(now)
    const wasReady = before?.wasReady === true && this.podsOf(service.uid).size > 0
    const outage =
      endpoints.readyAddresses > 0
        ? null
        : serviceProblem(
            service,
            endpoints,
            [...this.#podObjects(service.uid)],
            { wasReady, since: before?.outage?.since ?? null },
            this.terminatingServes,
            check,
          )
    this.#rechecks.set(service.uid, check.at)
    return { service, endpoints, outage, wasReady: wasReady || endpoints.readyAddresses > 0 }
  }

  *#podObjects(uid: string): Generator<Pod> {
    for (const podUid of this.podsOf(uid)) {
      const pod = this.#state.pod(podUid)
      if (pod) yield pod
    }
  }
}

const none: ReadonlySet<string> = new Set()

/** Names a Service among all of the cluster. */
export function serviceKey({ namespace, name }: Pick<Service, 'namespace' | 'name'>): string {
  return `${namespace}/${name}`
}

function hasEnded({ phase }: Pod): boolean {
  return phase === 'Succeeded' || phase === 'Failed'
}

/** Whether a pod's change is none to the Services that pick it. */
function sameForServices(a: Pod, b: Pod): boolean {
  return (
    a.deletedAt === b.deletedAt &&
    hasEnded(a) === hasEnded(b) &&
    (a.podIP === '') === (b.podIP === '') &&
    isPodReady(a) === isPodReady(b) &&
    (a.labels === b.labels || sameLabels(a.labels, b.labels))
  )
}

function sameSelector(a: Service, b: Service): boolean {
  return hasPodEndpoints(a) === hasPodEndpoints(b) && sameLabels(a.selector ?? {}, b.selector ?? {})
}
