import type { Labels } from '../model/labels.ts'
import type { Node } from '../model/node.ts'
import type { Pod } from '../model/pod.ts'
import type { PodAffinity, TopologySpreadConstraint } from '../model/pod-spec.ts'
import { NodeLoad } from './node-load.ts'
import type { SchedulerRules } from './scheduler-rules.ts'
import type { AntiAffinityCarriers, NodeRoom, SchedulingView } from './scheduling-view.ts'

/**
 * The cluster as it would be: another view with some things changed. Only what is changed is
 * copied, so that asking "what if" costs the same however large the cluster is.
 */
export class HypotheticalView implements SchedulingView {
  readonly #base: SchedulingView
  readonly #rules: SchedulerRules
  readonly #rooms = new Map<string, NodeRoom | null>()
  readonly #removedPods = new Set<string>()
  readonly #addedPods = new Map<string, Map<string, Pod>>()
  /** Those of the added pods that have required anti-affinity, by its terms and their namespace. */
  readonly #addedCarriers = new Map<PodAffinity['required'], Map<string, Map<string, Pod>>>()
  readonly #ignoredTerms = new Set<PodAffinity['required']>()
  #list: NodeRoom[] | null = null
  /** Where each node stands in the list. */
  readonly #places = new Map<string, number>()

  constructor(base: SchedulingView, rules: SchedulerRules) {
    this.#base = base
    this.#rules = rules
  }

  addNode(node: Node): NodeRoom {
    const room = { node, load: new NodeLoad() }
    this.#rooms.set(node.name, room)
    this.#list = null
    return room
  }

  /** Its pods stay where they are; who counts them asks whether their node is known. */
  removeNode(name: string): void {
    this.#rooms.set(name, null)
    this.#list = null
  }

  /** The node with other labels or taints; its pods stay. */
  changeNode(node: Node): void {
    const load = this.#ownLoad(node.name)
    if (!load) return
    this.#rooms.set(node.name, { node, load })
    this.#list = null
  }

  /** A pod more, on the node that it names. */
  addPod(pod: Pod): void {
    const pods = this.#addedPods.get(pod.namespace) ?? new Map<string, Pod>()
    this.#addedPods.set(pod.namespace, pods)
    pods.set(pod.uid, pod)
    const terms = pod.spec.podAntiAffinity?.required ?? []
    if (terms.length > 0) this.#carriersOf(terms, pod.namespace).set(pod.uid, pod)
    this.#ownLoad(pod.nodeName)?.add(pod.spec, 1, this.#rules)
  }

  removePod(pod: Pod): void {
    if (this.#addedPods.get(pod.namespace)?.delete(pod.uid) !== true) this.#removedPods.add(pod.uid)
    const terms = pod.spec.podAntiAffinity?.required ?? []
    this.#addedCarriers.get(terms)?.get(pod.namespace)?.delete(pod.uid)
    this.#ownLoad(pod.nodeName)?.add(pod.spec, -1, this.#rules)
  }

  /** As if the pods that carry this required anti-affinity didn't. */
  ignoreAntiAffinity(terms: PodAffinity['required']): void {
    this.#ignoredTerms.add(terms)
  }

  get rooms(): readonly NodeRoom[] {
    if (!this.#list) {
      const rooms = this.#base.rooms.flatMap((room) => this.room(room.node.name) ?? [])
      for (const room of this.#rooms.values()) if (room && !this.#base.room(room.node.name)) rooms.push(room)
      this.#list = rooms
      this.#places.clear()
      for (const [index, { node }] of rooms.entries()) this.#places.set(node.name, index)
    }
    return this.#list
  }

  room(node: string): NodeRoom | undefined {
    const own = this.#rooms.get(node)
    return own === undefined ? this.#base.room(node) : (own ?? undefined)
  }

  *podsIn(namespace: string): Generator<Pod> {
    for (const pod of this.#base.podsIn(namespace)) if (!this.#removedPods.has(pod.uid)) yield pod
    yield* this.#addedPods.get(namespace)?.values() ?? []
  }

  *allPods(): Generator<Pod> {
    for (const pod of this.#base.allPods()) if (!this.#removedPods.has(pod.uid)) yield pod
    for (const pods of this.#addedPods.values()) yield* pods.values()
  }

  nominatedOn(node: string): Iterable<Pod> {
    const nominated = this.#base.nominatedOn(node)
    // Who has a node by now no longer waits for one.
    return [...nominated].filter(
      ({ uid, namespace }) => !this.#removedPods.has(uid) && !this.#addedPods.get(namespace)?.has(uid),
    )
  }

  *antiAffinityCarriers(): Generator<AntiAffinityCarriers> {
    for (const carriers of this.#base.antiAffinityCarriers()) {
      if (!this.#ignoredTerms.has(carriers.terms)) yield { ...carriers, pods: this.#kept(carriers.pods) }
    }
    for (const [terms, byNamespace] of this.#addedCarriers) {
      if (this.#ignoredTerms.has(terms)) continue
      for (const [namespace, pods] of byNamespace) yield { namespace, terms, pods: pods.values() }
    }
  }

  namespaceLabels(namespace: string): Labels | undefined {
    return this.#base.namespaceLabels(namespace)
  }

  defaultConstraints(pod: Pod): readonly TopologySpreadConstraint[] {
    return this.#base.defaultConstraints(pod)
  }

  #carriersOf(terms: PodAffinity['required'], namespace: string): Map<string, Pod> {
    const byNamespace = this.#addedCarriers.get(terms) ?? new Map<string, Map<string, Pod>>()
    this.#addedCarriers.set(terms, byNamespace)
    const pods = byNamespace.get(namespace) ?? new Map<string, Pod>()
    byNamespace.set(namespace, pods)
    return pods
  }

  *#kept(pods: Iterable<Pod>): Generator<Pod> {
    for (const pod of pods) if (!this.#removedPods.has(pod.uid)) yield pod
  }

  /** The load of a node that may be changed. */
  #ownLoad(name: string): NodeLoad | null {
    const own = this.#rooms.get(name)
    if (own !== undefined) return own?.load ?? null
    const room = this.#base.room(name)
    if (!room) return null
    const copy = { node: room.node, load: room.load.copy() }
    this.#rooms.set(name, copy)
    const place = this.#places.get(name)
    if (this.#list && place !== undefined) this.#list[place] = copy
    return copy.load
  }
}
