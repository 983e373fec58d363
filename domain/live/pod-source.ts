import { type AnalysisChanges, type ClusterAnalysis, isReady } from '../analysis/cluster-analysis.ts'
import { eventContainer } from '../health/container-event.ts'
import { probeDetails } from '../health/probes.ts'
import { restartLoop } from '../health/restart-loop.ts'
import type { ClusterEvent } from '../model/cluster-event.ts'
import type { Labels } from '../model/labels.ts'
import type { ContainerStatus, Pod } from '../model/pod.ts'
import type { ContainerSpec } from '../model/pod-spec.ts'
import type { ClusterState } from '../state/cluster-state.ts'
import { placementGroup } from './placement-group.ts'
import type { ContainerDetail, PodDetail, PodEvent } from './protocol.ts'
import type { RoomSource } from './room-source.ts'

const shownEvents = 100

/** The room `pod?namespace=…&name=…`. */
export class PodSource implements RoomSource {
  readonly #state: ClusterState
  readonly #analysis: ClusterAnalysis
  readonly #namespace: string
  readonly #name: string
  #uid: string | null = null
  #events = new Set<string>()

  constructor(state: ClusterState, analysis: ClusterAnalysis, namespace: string, name: string) {
    this.#state = state
    this.#analysis = analysis
    this.#namespace = namespace
    this.#name = name
  }

  *records(): Generator<readonly [string, object]> {
    for (const [key, record] of this.#all()) if (record) yield [key, record]
  }

  *update(changes: AnalysisChanges): Generator<readonly [string, object | null]> {
    const uid = this.#state.podNamed(this.#namespace, this.#name)?.uid ?? null
    const touched =
      uid !== this.#uid ||
      (uid !== null && (changes.touchedPods.has(uid) || changes.pending.has(uid))) ||
      changes.services.has(this.#namespace) ||
      (uid !== null && this.#analysis.spread.groupsOfPod(uid).some((id) => changes.groups.has(id)))
    if (touched) yield* this.#all()
  }

  *#all(): Generator<readonly [string, object | null]> {
    const pod = this.#state.podNamed(this.#namespace, this.#name)
    const row = pod && this.#analysis.rows.get(pod.uid)
    const events = pod ? this.#state.eventsRegarding(pod.uid) : []
    this.#uid = pod && row ? pod.uid : null
    yield ['pod', pod && row ? this.#detail(pod, events) : null]
    const shown = new Set<string>()
    for (const event of [...events].sort((a, b) => b.lastAt - a.lastAt).slice(0, shownEvents)) {
      shown.add(event.uid)
      yield [`event/${event.uid}`, podEvent(event)]
    }
    for (const uid of this.#events) if (!shown.has(uid)) yield [`event/${uid}`, null]
    this.#events = shown
  }

  #detail(pod: Pod, events: readonly ClusterEvent[]): PodDetail | null {
    const row = this.#analysis.rows.get(pod.uid)
    if (!row) return null
    const node = this.#state.node(pod.nodeName)
    const now = this.#analysis.settledAt
    return {
      row,
      labels: entries(pod.labels),
      qosClass: pod.qosClass,
      podIP: pod.podIP,
      deletedAt: pod.deletedAt,
      conditions: pod.conditions,
      containers: [
        ...pod.spec.initContainers.map((spec) => containerDetail(pod, spec, true, events, now)),
        ...pod.spec.containers.map((spec) => containerDetail(pod, spec, false, events, now)),
      ],
      problems: this.#analysis.problemsOf(pod.uid),
      pending: this.#analysis.pending.get(pod.uid),
      spread: this.#analysis.spread.groupsOfPod(pod.uid).flatMap((id) => placementGroup(this.#analysis, id) ?? []),
      services: this.#services(pod),
      nodeReady: node ? isReady(node) : null,
      message: pod.message,
      reason: pod.reason,
    }
  }

  #services(pod: Pod): PodDetail['services'] {
    return this.#state
      .servicesIn(pod.namespace)
      .filter(({ selector }) => selector !== null && picks(selector, pod.labels))
      .map((service) => {
        // One endpoint may stand in two slices for a moment, and in one for each address family.
        const ready = new Map<string, boolean>()
        for (const slice of this.#state.slicesOf(service.namespace, service.name)) {
          for (const endpoint of slice.endpoints) {
            const key = endpoint.podUid || endpoint.addresses.join()
            ready.set(key, endpoint.ready || (ready.get(key) ?? false))
          }
        }
        return {
          name: service.name,
          ready: ready.get(pod.uid) ?? null,
          readyAddresses: [...ready.values()].filter(Boolean).length,
          addresses: ready.size,
        }
      })
      .sort((a, b) => (a.name < b.name ? -1 : 1))
  }
}

function containerDetail(
  pod: Pod,
  spec: ContainerSpec,
  init: boolean,
  events: readonly ClusterEvent[],
  now: number,
): ContainerDetail {
  const statuses = init ? pod.initContainerStatuses : pod.containerStatuses
  const status: ContainerStatus | undefined = statuses.find(({ name }) => name === spec.name)
  const loop = restartLoop(pod, spec.name, events, now)
  return {
    name: spec.name,
    type: !init ? 'main' : spec.restartPolicy === 'Always' ? 'sidecar' : 'init',
    image: spec.image,
    state: status?.state ?? { type: 'none' },
    lastState: status?.lastState ?? { type: 'none' },
    ready: status?.ready ?? false,
    started: status?.started ?? null,
    restartCount: status?.restartCount ?? 0,
    probes: probeDetails(pod, spec, status ?? null, events, now),
    requests: entries(spec.requests),
    limits: entries(spec.limits),
    loop: loop && { since: loop.since, restarts: loop.restarts, cause: loop.cause, nextAttemptAt: loop.nextAttemptAt },
  }
}

function podEvent(event: ClusterEvent): PodEvent {
  return {
    type: event.type,
    reason: event.reason,
    message: event.message,
    count: event.count,
    firstAt: event.firstAt,
    lastAt: event.lastAt,
    container: eventContainer(event),
  }
}

function entries(labels: Labels): (readonly [string, string])[] {
  return Object.entries(labels)
    .flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]))
    .sort(([a], [b]) => (a < b ? -1 : 1))
}

/** A Service's selector: every pair must be a label of the pod; an empty one picks nothing (endpoints controller). */
function picks(selector: Labels, labels: Labels): boolean {
  const pairs = Object.entries(selector)
  return pairs.length > 0 && pairs.every(([key, value]) => labels[key] === value)
}
