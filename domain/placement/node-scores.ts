import type { Node } from '../model/node.ts'
import type { Pod } from '../model/pod.ts'
import { AffinityTerm, podsInReach } from './affinity-term.ts'
import { type NodePredicate, parseNodeDemand } from './node-affinity.ts'
import { allocatableOf, type PodRequest } from './resource-amounts.ts'
import type { SchedulerRules } from './scheduler-rules.ts'
import type { NodeRoom, SchedulingView } from './scheduling-view.ts'
import { CountedConstraint } from './spread-filter.ts'
import { tolerates } from './taints.ts'

const most = 100
const spreadWeight = 2

/**
 * Which of the nodes that can take a pod kube-scheduler would prefer, by its default score plugins
 * (k/k pkg/scheduler/framework/plugins: noderesources least_allocated.go and balanced_allocation.go,
 * tainttoleration, nodeaffinity, podtopologyspread/scoring.go, interpodaffinity/scoring.go). Left out:
 * images that a node has already, and what running pods would rather have beside them. Of nodes with
 * the same score the scheduler takes any.
 */
export class NodeScores {
  readonly #pod: Pod
  readonly #rules: SchedulerRules
  readonly #request: PodRequest
  readonly #constraints: readonly CountedConstraint[]
  readonly #preferences: readonly { readonly weight: number; readonly meets: NodePredicate }[]
  readonly #terms: readonly { readonly weight: number; readonly term: AffinityTerm }[]
  /** From topology key and value to the sum of weights. */
  readonly #pull = new Map<string, number>()

  constructor(pod: Pod, request: PodRequest, view: SchedulingView, rules: SchedulerRules) {
    this.#pod = pod
    this.#rules = rules
    this.#request = request
    const own = pod.spec.topologySpreadConstraints
    const soft = (own.length > 0 ? own : view.defaultConstraints(pod)).filter(
      ({ whenUnsatisfiable }) => whenUnsatisfiable === 'ScheduleAnyway',
    )
    this.#constraints = soft.map((constraint) => new CountedConstraint(constraint, soft, pod, rules))
    this.#preferences = (pod.spec.nodeAffinity?.preferred ?? []).map(({ weight, preference }) => ({
      weight,
      meets: parseNodeDemand({ nodeSelector: {}, nodeAffinity: { required: [preference], preferred: [] } }),
    }))
    const terms = (sign: 1 | -1, affinity: Pod['spec']['podAffinity']) =>
      (affinity?.preferred ?? []).map(({ weight, term }) => ({
        weight: sign * weight,
        term: new AffinityTerm(term, pod, view),
      }))
    this.#terms = [...terms(1, pod.spec.podAffinity), ...terms(-1, pod.spec.podAntiAffinity)]
    for (const { node } of view.rooms) for (const each of this.#constraints) each.addNode(node)
    const reach = new Set(this.#constraints.length > 0 ? view.podsIn(pod.namespace) : [])
    if (this.#terms.length > 0) {
      for (const other of podsInReach(
        this.#terms.map(({ term }) => term),
        view,
      )) {
        reach.add(other)
      }
    }
    for (const other of reach) {
      const room = view.room(other.nodeName)
      if (room) this.addPod(other, room.node, 1)
    }
  }

  /** The soft constraints with what they count. */
  get constraints(): readonly CountedConstraint[] {
    return this.#constraints
  }

  addPod(pod: Pod, node: Node, amount: 1 | -1): void {
    for (const each of this.#constraints) each.addPod(pod, node, amount)
    for (const { weight, term } of this.#terms) {
      const value = node.labels[term.topologyKey]
      if (value === undefined || !term.matches(pod)) continue
      const key = JSON.stringify([term.topologyKey, value])
      this.#pull.set(key, (this.#pull.get(key) ?? 0) + amount * weight)
    }
  }

  /** The nodes with the highest score, of those that can take the pod. */
  best(feasible: readonly NodeRoom[]): readonly NodeRoom[] {
    if (feasible.length <= 1) return feasible
    const totals = feasible.map((room) => this.#leastAllocated(room) + this.#balanced(room))
    const { weights } = this.#rules
    addTo(totals, weights.taints, reversed(feasible.map(({ node }) => this.#untolerated(node))))
    if (this.#preferences.length > 0) {
      addTo(totals, weights.nodeAffinity, proportional(feasible.map(({ node }) => this.#preference(node))))
    }
    if (this.#constraints.length > 0) addTo(totals, spreadWeight, this.#spread(feasible))
    if (this.#terms.length > 0) {
      addTo(totals, weights.podAffinity, between(feasible.map(({ node }) => this.#attraction(node))))
    }
    const highest = totals.reduce((a, b) => Math.max(a, b))
    return feasible.filter((_, index) => totals[index] === highest)
  }

  #leastAllocated({ node, load }: NodeRoom): number {
    const has = allocatableOf(node)
    const cpu = free(has.cpu, load.scoredCpu + this.#request.scoredCpu)
    const memory = free(has.memory, load.scoredMemory + this.#request.scoredMemory)
    return Math.floor((cpu + memory) / 2)
  }

  #balanced({ node, load }: NodeRoom): number {
    const has = allocatableOf(node)
    // Up to 1.22 with the assumed least requests, since then with what is really requested.
    const assumed = this.#rules.weights.taints === 1
    const usedCpu = assumed ? load.scoredCpu + this.#request.scoredCpu : load.cpu + this.#request.cpu
    const usedMemory = assumed ? load.scoredMemory + this.#request.scoredMemory : load.memory + this.#request.memory
    const cpu = has.cpu === 0 ? 1 : Math.min(1, usedCpu / has.cpu)
    const memory = has.memory === 0 ? 1 : Math.min(1, usedMemory / has.memory)
    if (assumed) return cpu >= 1 || memory >= 1 ? 0 : Math.floor((1 - Math.abs(cpu - memory)) * most)
    return Math.floor((1 - Math.abs(cpu - memory) / 2) * most)
  }

  #untolerated({ taints }: Node): number {
    const { tolerations } = this.#pod.spec
    return taints.filter(
      (taint) => taint.effect === 'PreferNoSchedule' && !tolerations.some((each) => tolerates(each, taint)),
    ).length
  }

  #preference(node: Node): number {
    return this.#preferences.reduce((sum, { weight, meets }) => sum + (meets(node) ? weight : 0), 0)
  }

  #attraction({ labels }: Node): number {
    let sum = 0
    for (const key of new Set(this.#terms.map(({ term }) => term.topologyKey))) {
      const value = labels[key]
      if (value !== undefined) sum += this.#pull.get(JSON.stringify([key, value])) ?? 0
    }
    return sum
  }

  /** Nodes without some topology key get nothing; fewer matching pods are better. */
  #spread(feasible: readonly NodeRoom[]): number[] {
    const keys = this.#constraints.map(({ constraint }) => constraint.topologyKey)
    const ignored = feasible.map(({ node }) => keys.some((key) => node.labels[key] === undefined))
    const counted = feasible.filter((_, index) => !ignored[index])
    const sizes = keys.map((key) => new Set(counted.map(({ node }) => node.labels[key])).size)
    const raw = feasible.map(({ node }) => {
      let score = 0
      for (const [index, { constraint, counts }] of this.#constraints.entries()) {
        const count = counts.get(node.labels[constraint.topologyKey] ?? '') ?? 0
        score += count * Math.log((sizes[index] ?? 0) + 2) + (constraint.maxSkew - 1)
      }
      return Math.round(score)
    })
    const kept = raw.filter((_, index) => !ignored[index])
    const [low, high] = [Math.min(...kept), Math.max(...kept)]
    return raw.map((score, index) => {
      if (ignored[index]) return 0
      return high === 0 ? most : Math.floor((most * (high + low - score)) / high)
    })
  }
}

function addTo(totals: number[], weight: number, scores: readonly number[]): void {
  for (const [index, score] of scores.entries()) totals[index] = (totals[index] ?? 0) + weight * score
}

function free(allocatable: number, used: number): number {
  return allocatable === 0 || used > allocatable ? 0 : Math.floor(((allocatable - used) * most) / allocatable)
}

/** helper/normalize_score.go DefaultNormalizeScore. */
function proportional(scores: readonly number[]): number[] {
  const highest = scores.reduce((a, b) => Math.max(a, b), 0)
  return scores.map((score) => (highest === 0 ? 0 : Math.floor((score * most) / highest)))
}

function reversed(scores: readonly number[]): number[] {
  const highest = scores.reduce((a, b) => Math.max(a, b), 0)
  return scores.map((score) => (highest === 0 ? most : most - Math.floor((score * most) / highest)))
}

/** interpodaffinity/scoring.go NormalizeScore. */
function between(scores: readonly number[]): number[] {
  const low = scores.reduce((a, b) => Math.min(a, b))
  const high = scores.reduce((a, b) => Math.max(a, b))
  return scores.map((score) => (high === low ? 0 : Math.trunc((most * (score - low)) / (high - low))))
}
