import type { Node } from '../model/node.ts'
import type { Pod } from '../model/pod.ts'
import type { TopologySpreadConstraint } from '../model/pod-spec.ts'
import { eligibilityRule } from './eligibility-rule.ts'
import type { LabelPredicate } from './label-requirement.ts'
import { isEmptySelector, mergeMatchLabelKeys, parseSelector } from './label-selector.ts'
import { parseNodeDemand } from './node-affinity.ts'
import type { SchedulerRules } from './scheduler-rules.ts'
import type { SchedulingView } from './scheduling-view.ts'
import { toleratesTaints } from './taints.ts'

export const spreadReason = "node(s) didn't match pod topology spread constraints"
export const missingLabelReason = `${spreadReason} (missing required label)`

/**
 * The hard topology spread constraints of one pod, counted from nothing
 * (k/k pkg/scheduler/framework/plugins/podtopologyspread/filtering.go).
 */
export class SpreadFilter {
  readonly constraints: readonly CountedConstraint[]

  constructor(pod: Pod, view: SchedulingView, rules: SchedulerRules) {
    const own = pod.spec.topologySpreadConstraints
    const all = own.length > 0 ? own : view.defaultConstraints(pod)
    const hard = all.filter(({ whenUnsatisfiable }) => whenUnsatisfiable === 'DoNotSchedule')
    this.constraints = hard.map((constraint) => new CountedConstraint(constraint, hard, pod, rules))
    if (this.constraints.length === 0) return
    for (const { node } of view.rooms) for (const each of this.constraints) each.addNode(node)
    for (const other of view.podsIn(pod.namespace)) {
      const room = view.room(other.nodeName)
      if (room) this.addPod(other, room.node, 1)
    }
  }

  /** A pod more or less on a node. */
  addPod(pod: Pod, node: Node, amount: 1 | -1): void {
    for (const each of this.constraints) each.addPod(pod, node, amount)
  }

  /** Null: the node will do. */
  reason(node: Node): string | null {
    for (const each of this.constraints) {
      const domain = node.labels[each.constraint.topologyKey]
      if (domain === undefined) return missingLabelReason
      if (!each.accepts(domain)) return spreadReason
    }
    return null
  }
}

/** One constraint of a pod with the pods that it counts. */
export class CountedConstraint {
  readonly constraint: TopologySpreadConstraint
  /** The pod matches its own selector. */
  readonly self: 0 | 1
  readonly counts = new Map<string, number>()
  readonly #namespace: string
  readonly #counts: LabelPredicate
  readonly #isEligible: (node: Node) => boolean
  readonly #countsExcludedNodes: boolean
  #least: number | null = null

  /** @param sameAction all constraints of the pod with the same whenUnsatisfiable */
  constructor(
    constraint: TopologySpreadConstraint,
    sameAction: readonly TopologySpreadConstraint[],
    { namespace, labels, spec }: Pod,
    rules: SchedulerRules,
  ) {
    this.constraint = constraint
    this.#namespace = namespace
    const selector = mergeMatchLabelKeys(constraint.labelSelector, constraint.matchLabelKeys, labels)
    const matches = parseSelector(selector)
    const silent = selector !== null && !rules.emptySelectorMatches && isEmptySelector(selector)
    this.#counts = silent ? () => false : matches
    this.self = matches(labels) ? 1 : 0
    const rule = eligibilityRule(constraint, { ...spec, topologySpreadConstraints: sameAction }, rules)
    const meetsDemand = rule.demand && parseNodeDemand(rule.demand)
    this.#countsExcludedNodes = rule.countsExcludedNodes
    this.#isEligible = (node) =>
      rule.topologyKeys.every((key) => node.labels[key] !== undefined) &&
      (meetsDemand === null || meetsDemand(node)) &&
      (rule.tolerations === null || toleratesTaints(rule.tolerations, node.taints))
  }

  addNode(node: Node): void {
    const domain = node.labels[this.constraint.topologyKey]
    if (domain === undefined || !this.#isEligible(node)) return
    this.#least = null
    if (!this.counts.has(domain)) this.counts.set(domain, 0)
  }

  addPod(pod: Pod, node: Node, amount: 1 | -1): void {
    if (pod.namespace !== this.#namespace || pod.deletedAt !== null) return
    const domain = node.labels[this.constraint.topologyKey]
    const count = domain === undefined ? undefined : this.counts.get(domain)
    if (domain === undefined || count === undefined || !this.#counts(pod.labels)) return
    if (!this.#countsExcludedNodes && !this.#isEligible(node)) return
    this.counts.set(domain, count + amount)
    this.#least = null
  }

  /** 0 where there are fewer domains than minDomains (minMatchNum). */
  get globalMinimum(): number {
    if (this.counts.size < (this.constraint.minDomains ?? 1)) return 0
    if (this.#least === null) {
      this.#least = Number.POSITIVE_INFINITY
      for (const count of this.counts.values()) if (count < this.#least) this.#least = count
    }
    return this.#least
  }

  /** What the skew would be with the pod in the domain. */
  skewWith(domain: string): number {
    return (this.counts.get(domain) ?? 0) + this.self - this.globalMinimum
  }

  accepts(domain: string): boolean {
    return this.skewWith(domain) <= this.constraint.maxSkew
  }
}
