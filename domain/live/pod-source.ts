import { type AnalysisChanges, type ClusterAnalysis, isReady } from '../analysis/cluster-analysis.ts'
import { serviceKey } from '../analysis/service-states.ts'
import { eventContainer } from '../health/container-event.ts'
import { endpointSince } from '../health/service-endpoints.ts'
import type { ClusterEvent } from '../model/cluster-event.ts'
import type { Pod } from '../model/pod.ts'
import type { ClusterState } from '../state/cluster-state.ts'
import { containerDetails, entries } from './container-detail.ts'
import { placementGroup } from './placement-group.ts'
import type { PodDetail, PodEvent } from './protocol.ts'
import type { RoomSource } from './room-source.ts'
import { serviceDetail } from './service-detail.ts'

const shownEvents = 100

/** The room `pod?namespace=…&name=…`. */
export class PodSource implements RoomSource {
  readonly #state: ClusterState
  readonly #analysis: ClusterAnalysis
  readonly #namespace: string
  readonly #name: string
  #uid: string | null = null
  #events = new Set<string>()
  #shownServices: ReadonlySet<string> = new Set()

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
    const groups = this.#analysis.problemGroups
    const touched =
      uid !== this.#uid ||
      (uid !== null && (changes.touchedPods.has(uid) || changes.pending.has(uid))) ||
      this.#picksOf(changes.services) ||
      // A rollout may turn out to have begun its problems.
      (uid !== null &&
        this.#analysis.problemsOf(uid).some((each) => changes.problemGroups.has(groups.idOf(each) ?? ''))) ||
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
      containers: containerDetails(pod, { node: node ?? null, events, counters: () => null }, now),
      problems: this.#analysis.problemsOf(pod.uid).map((problem) => ({ ...problem, ...this.#analysis.story(problem) })),
      pending: this.#analysis.pending.get(pod.uid),
      spread: this.#analysis.spread.groupsOfPod(pod.uid).flatMap((id) => placementGroup(this.#analysis, id) ?? []),
      services: this.#services(pod),
      rollout: this.#analysis.rolloutOfPod(pod.uid),
      nodeReady: node ? isReady(node) : null,
      kubeletVersion: node?.kubeletVersion ?? '',
      message: pod.message,
      reason: pod.reason,
    }
  }

  #services(pod: Pod): PodDetail['services'] {
    const services = [...this.#analysis.services.ofPod(pod)].sort((a, b) => (a.service.name < b.service.name ? -1 : 1))
    this.#shownServices = new Set(services.map(({ service }) => serviceKey(service)))
    return services.map((state) => {
      const ready = this.#analysis.services.endpointsOf(state.service).ready.get(pod.uid) ?? null
      return {
        ...serviceDetail(state),
        ready,
        since: ready === null ? null : endpointSince(state.service, pod, ready),
        publishNotReadyAddresses: state.service.publishNotReadyAddresses,
      }
    })
  }

  /** Whether one of the Services that pick this pod, now or when it was last shown, is among these. */
  #picksOf(changed: ReadonlySet<string>): boolean {
    if (changed.size === 0) return false
    for (const key of this.#shownServices) if (changed.has(key)) return true
    const pod = this.#state.podNamed(this.#namespace, this.#name)
    if (!pod) return false
    for (const { service } of this.#analysis.services.ofPod(pod)) if (changed.has(serviceKey(service))) return true
    return false
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
