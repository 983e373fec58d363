import type { Node } from '../model/node.ts'
import type { Pod } from '../model/pod.ts'
import type { PodAffinityTerm } from '../model/pod-spec.ts'
import { AffinityTerm, podsInReach } from './affinity-term.ts'
import type { SchedulingView } from './scheduling-view.ts'

export const affinityReason = "node(s) didn't match pod affinity rules"
export const antiAffinityReason = "node(s) didn't match pod anti-affinity rules"
export const existingAntiAffinityReason = "node(s) didn't satisfy existing pods anti-affinity rules"

/**
 * Required affinity and anti-affinity between one pod and those on the nodes
 * (k/k pkg/scheduler/framework/plugins/interpodaffinity/filtering.go). Pods that are being deleted
 * count until they are gone.
 */
export class PodAffinityFilter {
  readonly #pod: Pod
  readonly #view: SchedulingView
  readonly #affinity: readonly AffinityTerm[]
  readonly #antiAffinity: readonly AffinityTerm[]
  /** Pods that match all affinity terms at once. */
  readonly #attracting = new PairCounts()
  readonly #repelling = new PairCounts()
  readonly #repelled = new PairCounts()
  readonly #matchesItself: boolean

  constructor(pod: Pod, view: SchedulingView) {
    this.#pod = pod
    this.#view = view
    const parse = (term: ConstructorParameters<typeof AffinityTerm>[0]) => new AffinityTerm(term, pod, view)
    this.#affinity = (pod.spec.podAffinity?.required ?? []).map(parse)
    this.#antiAffinity = (pod.spec.podAntiAffinity?.required ?? []).map(parse)
    this.#matchesItself = this.#affinity.every((term) => term.matches(pod))
    for (const other of podsInReach([...this.#affinity, ...this.#antiAffinity], view)) {
      const room = view.room(other.nodeName)
      if (room) this.#countFor(other, room.node, 1)
    }
    for (const { namespace, terms, pods } of view.antiAffinityCarriers()) {
      if (!terms.some((term) => mayReach(term, namespace, pod.namespace))) continue
      // Terms with label keys differ from pod to pod; all others are the same for all that carry them.
      const alike = terms.every((term) => term.matchLabelKeys.length + term.mismatchLabelKeys.length === 0)
      let parsed: readonly AffinityTerm[] | null = null
      for (const carrier of pods) {
        const room = view.room(carrier.nodeName)
        if (!room) continue
        if (!parsed || !alike) {
          parsed = terms
            .map((term) => new AffinityTerm(term, { namespace, labels: carrier.labels }, view))
            .filter((term) => term.matches(pod))
        }
        if (alike && parsed.length === 0) break
        for (const { topologyKey } of parsed) this.#repelled.add(topologyKey, room.node, 1)
      }
    }
  }

  /** A pod more or less on a node. */
  addPod(other: Pod, node: Node, amount: 1 | -1): void {
    this.#countFor(other, node, amount)
    for (const term of other.spec.podAntiAffinity?.required ?? []) {
      if (new AffinityTerm(term, other, this.#view).matches(this.#pod)) {
        this.#repelled.add(term.topologyKey, node, amount)
      }
    }
  }

  /** The first reason against the node; null: it will do. */
  reason(node: Node): string | null {
    if (!this.#isAttracted(node)) return affinityReason
    if (this.#antiAffinity.some(({ topologyKey }) => this.#repelling.at(topologyKey, node) > 0)) {
      return antiAffinityReason
    }
    return this.#repelled.touches(node) ? existingAntiAffinityReason : null
  }

  #countFor(other: Pod, node: Node, amount: 1 | -1): void {
    if (this.#affinity.length > 0 && this.#affinity.every((term) => term.matches(other))) {
      for (const { topologyKey } of this.#affinity) this.#attracting.add(topologyKey, node, amount)
    }
    for (const term of this.#antiAffinity) {
      if (term.matches(other)) this.#repelling.add(term.topologyKey, node, amount)
    }
  }

  #isAttracted(node: Node): boolean {
    if (this.#affinity.some(({ topologyKey }) => node.labels[topologyKey] === undefined)) return false
    if (this.#affinity.every(({ topologyKey }) => this.#attracting.at(topologyKey, node) > 0)) return true
    // The first of a group of pods that want to be together may go anywhere.
    return this.#attracting.isEmpty && this.#matchesItself
  }
}

/** Whether the term of a pod in one namespace can match pods in the other: cheaper than to parse it. */
function mayReach({ namespaces, namespaceSelector }: PodAffinityTerm, owner: string, other: string): boolean {
  if (namespaceSelector !== null) return true
  return namespaces.length > 0 ? namespaces.includes(other) : owner === other
}

/** Counts by a node label's key and value: what is true of one node is true of its whole domain. */
class PairCounts {
  readonly #byKey = new Map<string, Map<string, number>>()

  get isEmpty(): boolean {
    return this.#byKey.size === 0
  }

  add(key: string, { labels }: Node, amount: number): void {
    const value = labels[key]
    if (value === undefined) return
    const counts = this.#byKey.get(key) ?? new Map<string, number>()
    const count = (counts.get(value) ?? 0) + amount
    if (count === 0) counts.delete(value)
    else counts.set(value, count)
    if (counts.size > 0) this.#byKey.set(key, counts)
    else this.#byKey.delete(key)
  }

  at(key: string, { labels }: Node): number {
    const value = labels[key]
    return value === undefined ? 0 : (this.#byKey.get(key)?.get(value) ?? 0)
  }

  /** Whether the node is in any counted domain. */
  touches({ labels }: Node): boolean {
    for (const [key, counts] of this.#byKey) {
      const value = labels[key]
      if (value !== undefined && counts.has(value)) return true
    }
    return false
  }
}
