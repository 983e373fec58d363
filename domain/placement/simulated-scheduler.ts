import type { Pod } from '../model/pod.ts'
import { buildFitMessage } from './fit-message.ts'
import type { HypotheticalView } from './hypothetical-view.ts'
import { NodeScores } from './node-scores.ts'
import { PodFit } from './pod-fit.ts'
import type { SchedulerRules } from './scheduler-rules.ts'
import type { NodeRoom } from './scheduling-view.ts'
import type { CountedConstraint } from './spread-filter.ts'
import { zoneKey } from './workload-spread.ts'

/** Where the scheduler would put a pod. */
export interface SimulatedPlacement {
  /** Empty: nowhere. */
  readonly node: string
  /** Of the node; null without. */
  readonly zone: string | null
  /** All nodes that could take it are in this one zone: scores had no say in that. */
  readonly zoneDecided: boolean
  /** What the scheduler would say where it is nowhere. */
  readonly message: string
}

interface Template {
  readonly fit: PodFit
  readonly scores: NodeScores
}

/**
 * Places pods one after another as kube-scheduler would: its filters exactly, its scores as far as
 * NodeScores goes; among equals the first by name, where the scheduler takes any. Preemption is left out.
 */
export class SimulatedScheduler {
  readonly #view: HypotheticalView
  readonly #rules: SchedulerRules
  /** Pods that are equal to the scheduler share theirs. */
  readonly #templates = new Map<string, Template>()
  readonly #inNamespace = new Map<string, Template[]>()
  /** Those that look at pods of other namespaces than their own. */
  readonly #far: Template[] = []
  #next = 0
  /** Nodes looked at so far, for whoever has to stop somewhere. */
  work = 0

  constructor(view: HypotheticalView, rules: SchedulerRules) {
    this.#view = view
    this.#rules = rules
  }

  /** @param key the same for pods that only differ in their names */
  place(pod: Pod, key: string): SimulatedPlacement {
    const { fit, scores } = this.#template(pod, key)
    const feasible: NodeRoom[] = []
    const reasons = new Map<string, number>()
    const { rooms } = this.#view
    const wanted = enough(rooms.length)
    // It begins where it ended the last time, and stops when it has found enough (schedule_one.go).
    let looked = 0
    for (; fit.preFilter === '' && looked < rooms.length && feasible.length < wanted; looked += 1) {
      const room = rooms[(this.#next + looked) % rooms.length]
      if (!room) continue
      const rejection = fit.rejection(room)
      if (!rejection) feasible.push(room)
      for (const reason of rejection?.reasons ?? []) reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
    }
    if (rooms.length > 0) this.#next = (this.#next + looked) % rooms.length
    this.work += looked + feasible.length
    const [chosen] = [...scores.best(feasible)].sort((a, b) => (a.node.name < b.node.name ? -1 : 1))
    if (!chosen) {
      const message = buildFitMessage({ nodes: rooms.length, reasons, preFilter: fit.preFilter, postFilter: '' })
      return { node: '', zone: null, zoneDecided: false, message }
    }
    this.take({ ...pod, nodeName: chosen.node.name })
    const zone = chosen.node.labels[zoneKey] ?? null
    const sawAll = looked === rooms.length
    const zoneDecided = zone !== null && sawAll && feasible.every(({ node }) => node.labels[zoneKey] === zone)
    return { node: chosen.node.name, zone, zoneDecided, message: '' }
  }

  /** A pod that is on its node from now on. */
  take(pod: Pod): void {
    this.#view.addPod(pod)
    this.#tell(pod, 1)
  }

  /** A pod that is gone from now on. */
  remove(pod: Pod): void {
    this.#tell(pod, -1)
    this.#view.removePod(pod)
  }

  /** The pod's constraints with what they count now, hard and soft. */
  constraints(pod: Pod, key: string): readonly CountedConstraint[] {
    const { fit, scores } = this.#template(pod, key)
    return [...fit.spread.constraints, ...scores.constraints]
  }

  #tell(pod: Pod, amount: 1 | -1): void {
    const room = this.#view.room(pod.nodeName)
    if (!room) return
    for (const { fit, scores } of this.#concerned(pod)) {
      fit.addPod(pod, room.node, amount)
      scores.addPod(pod, room.node, amount)
    }
  }

  /** The templates to which a pod may matter. */
  #concerned(pod: Pod): Iterable<Template> {
    if (looksFar(pod.spec.podAntiAffinity, pod.namespace)) return this.#templates.values()
    const near = this.#inNamespace.get(pod.namespace) ?? []
    return this.#far.length === 0 ? near : new Set([...near, ...this.#far])
  }

  #template(pod: Pod, key: string): Template {
    const known = this.#templates.get(key)
    if (known) return known
    this.work += this.#view.rooms.length * (1 + pod.spec.topologySpreadConstraints.length)
    const fit = new PodFit(pod, this.#view, this.#rules)
    const made = { fit, scores: new NodeScores(pod, fit.request, this.#view, this.#rules) }
    this.#templates.set(key, made)
    const near = this.#inNamespace.get(pod.namespace)
    if (near) near.push(made)
    else this.#inNamespace.set(pod.namespace, [made])
    const { podAffinity, podAntiAffinity } = pod.spec
    if (looksFar(podAffinity, pod.namespace) || looksFar(podAntiAffinity, pod.namespace)) this.#far.push(made)
    return made
  }
}

function looksFar(affinity: Pod['spec']['podAffinity'], namespace: string): boolean {
  if (!affinity) return false
  const terms = [...affinity.required, ...affinity.preferred.map(({ term }) => term)]
  return terms.some(
    ({ namespaces, namespaceSelector }) => namespaceSelector !== null || namespaces.some((each) => each !== namespace),
  )
}

/**
 * How many nodes are enough to choose from. The scheduler takes at least 100 (schedule_one.go
 * minFeasibleNodesToFind), in clusters of thousands some hundreds.
 */
function enough(nodes: number): number {
  return Math.min(nodes, 100)
}
