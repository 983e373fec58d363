import type { Labels } from '../model/labels.ts'
import type { Node } from '../model/node.ts'
import type { Pod } from '../model/pod.ts'
import { ConstraintGroup, type SpreadSummary } from './constraint-group.ts'
import { Eligibilities } from './eligibilities.ts'
import type { SpreadRules } from './eligibility-rule.ts'
import type { LabelClass } from './label-class.ts'
import { NamespacePods, type PodRecord } from './namespace-pods.ts'
import type { NodeEligibility } from './node-eligibility.ts'
import { sameLabels } from './same-labels.ts'
import { SpreadCounts } from './spread-counts.ts'
import type { SpreadGroupResult } from './spread-group.ts'
import type { SpreadSignature, WorkloadName } from './spread-signature.ts'
import { type SpreadTemplate, SpreadTemplates } from './spread-template.ts'

/**
 * All topology spread constraints in use and how their pods lie, counted as kube-scheduler's
 * podtopologyspread plugin counts (k/k pkg/scheduler/framework/plugins/podtopologyspread), one pod
 * or node change at a time. Constraints of equal meaning on one workload are one group.
 *
 * A pod's change costs work for the counts that its labels belong to, a node's change for the counts
 * whose eligible nodes it joins or leaves.
 */
export class SpreadGroups {
  readonly #rules: SpreadRules
  readonly #groups = new Map<string, ConstraintGroup>()
  readonly #counts = new Map<string, SpreadCounts>()
  readonly #eligibilities = new Eligibilities()
  readonly #countsOf = new Map<NodeEligibility, Set<SpreadCounts>>()
  readonly #namespaces = new Map<string, NamespacePods>()
  readonly #pods = new Map<string, PodRecord>()
  /** Counted pods by node, whether the node counts or not: it may come to count. */
  readonly #podsOn = new Map<string, Set<PodRecord>>()
  readonly #templates: SpreadTemplates
  #changed = new Set<string>()
  /** Whose groups have changed, to be named when somebody asks. */
  readonly #changedCounts = new Set<SpreadCounts>()
  readonly #changedEligibilities = new Set<NodeEligibility>()

  constructor(rules: SpreadRules) {
    this.#rules = rules
    this.#templates = new SpreadTemplates(rules)
  }

  get size(): number {
    return this.#groups.size
  }

  /**
   * @param previous what was last given of this pod; only its uid is read, and only where `next` is null
   * @param next null: the pod is gone
   * @param workload the topmost controller of the pod; for bare pods kind Pod and its own name. The
   *   same pod given again with another workload moves to that one's group.
   */
  applyPod(previous: Pod | null, next: Pod | null, workload: WorkloadName): void {
    const uid = (next ?? previous)?.uid
    if (uid === undefined) return
    const living = next && isLiving(next) ? next : null
    const record = this.#pods.get(uid) ?? { labels: noLabels, node: '', labelClass: null, template: null }
    this.#place(record, living && living.nodeName !== '' ? living : null)
    this.#carry(record, living && this.#templates.of(living, workload))
    if (record.labelClass === null && record.template === null) this.#pods.delete(uid)
    else this.#pods.set(uid, record)
  }

  applyNode(previous: Node | null, next: Node | null): void {
    const name = (next ?? previous)?.name
    if (name === undefined) return
    const moves = this.#eligibilities.applyNode(previous, next)
    if (moves.size === 0) return
    for (const [eligibility, { domainsChanged }] of moves) {
      if (domainsChanged) this.#changedEligibilities.add(eligibility)
    }
    for (const { labelClass } of this.#podsOn.get(name) ?? []) {
      for (const counts of labelClass?.countedBy ?? []) {
        const move = moves.get(counts.eligibility)
        if (!move) continue
        if (move.from !== undefined) counts.add(move.from, -1)
        if (move.to !== undefined) counts.add(move.to, 1)
        this.#changedCounts.add(counts)
      }
    }
  }

  /** The groups whose answer may differ since the last call: made, changed or gone. */
  takeChanged(): ReadonlySet<string> {
    const changed = this.#changed
    for (const counts of this.#changedCounts) for (const { id } of counts.groups) changed.add(id)
    for (const eligibility of this.#changedEligibilities) {
      for (const counts of this.#countsOf.get(eligibility) ?? []) for (const { id } of counts.groups) changed.add(id)
    }
    if (changed.size > 0) this.#changed = new Set()
    this.#changedCounts.clear()
    this.#changedEligibilities.clear()
    return changed
  }

  ids(): IterableIterator<string> {
    return this.#groups.keys()
  }

  groupsOfPod(uid: string): readonly string[] {
    return this.#pods.get(uid)?.template?.groups.map(({ id }) => id) ?? []
  }

  /** Null: there is no such group (any more). Costs a walk over the domains. */
  result(id: string): SpreadGroupResult | null {
    return this.#groups.get(id)?.result() ?? null
  }

  /**
   * The domains of a constraint's topology key that don't count, since none of their nodes is
   * eligible, with the pods in them that the constraint would count: they are the difference between
   * what people see and what the scheduler sees. Costs a walk over the domains and those pods' nodes.
   */
  excludedDomains(id: string): readonly { readonly value: string; readonly count: number }[] {
    const group = this.#groups.get(id)
    if (!group) return []
    const { eligibility, classes } = group.counts
    const excluded = this.#eligibilities.excludedDomains(eligibility)
    if (excluded.all.length === 0) return []
    const counts = new Map<string, number>()
    for (const labelClass of classes) {
      for (const [node, pods] of labelClass.placed()) {
        const domain = this.#eligibilities.labelOf(node, eligibility.rule.topologyKey)
        if (domain !== undefined && excluded.has(domain)) counts.set(domain, (counts.get(domain) ?? 0) + pods)
      }
    }
    return excluded.all.map((value) => ({ value, count: counts.get(value) ?? 0 }))
  }

  /** Null: there is no such group (any more). */
  summary(id: string): SpreadSummary | null {
    return this.#groups.get(id)?.summary() ?? null
  }

  /** Counts the pod where it is now; null: nowhere. */
  #place(record: PodRecord, pod: Pod | null): void {
    const { labelClass, node } = record
    if (
      pod &&
      labelClass?.namespace === pod.namespace &&
      node === pod.nodeName &&
      sameLabels(record.labels, pod.labels)
    ) {
      // Not to keep the earlier object alive.
      record.labels = pod.labels
      return
    }
    if (labelClass) {
      this.#addUp(labelClass, node, -1)
      this.#namespaces.get(labelClass.namespace)?.deletePod(record)
      this.#leaveNode(record, node)
    }
    if (pod) {
      this.#addUp(this.#namespace(pod.namespace).addPod(record, pod), pod.nodeName, 1)
      this.#enterNode(record, pod.nodeName)
    }
    if (labelClass) this.#dropNamespaceIfEmpty(labelClass.namespace)
  }

  #enterNode(record: PodRecord, node: string): void {
    const pods = this.#podsOn.get(node)
    if (pods) pods.add(record)
    else this.#podsOn.set(node, new Set([record]))
  }

  #leaveNode(record: PodRecord, node: string): void {
    const pods = this.#podsOn.get(node)
    if (pods?.delete(record) && pods.size === 0) this.#podsOn.delete(node)
  }

  /** Tells everything that counts a class of one pod more or less on a node. */
  #addUp(labelClass: LabelClass, node: string, amount: 1 | -1): void {
    for (const counts of labelClass.countedBy) {
      const domain = this.#eligibilities.countedIn(counts.eligibility, node)
      if (domain === undefined) continue
      counts.add(domain, amount)
      this.#changedCounts.add(counts)
    }
  }

  /** Makes the pod a carrier of exactly this template's constraints; null: of none. */
  #carry(record: PodRecord, template: SpreadTemplate | null): void {
    const before = record.template
    if (before === template || (before && template && sameGroups(before, template))) return
    if (template) {
      if (template.pods === 0) template.groups = template.signatures.map((each) => this.#group(each))
      template.pods += 1
      for (const [index, group] of template.groups.entries()) {
        group.pods += 1
        if (template.signatures[index]?.matchesItself) group.selfMatching += 1
        this.#changed.add(group.id)
      }
    }
    record.template = template
    if (!before) return
    for (const [index, group] of before.groups.entries()) {
      group.pods -= 1
      if (before.signatures[index]?.matchesItself) group.selfMatching -= 1
      this.#changed.add(group.id)
      if (group.pods === 0) this.#dropGroup(group)
    }
    before.pods -= 1
    if (before.pods === 0) before.groups = []
  }

  #group(signature: SpreadSignature): ConstraintGroup {
    const known = this.#groups.get(signature.id)
    if (known) return known
    const group = new ConstraintGroup(signature, this.#countsFor(signature))
    group.counts.groups.add(group)
    this.#groups.set(signature.id, group)
    return group
  }

  #countsFor(signature: SpreadSignature): SpreadCounts {
    const known = this.#counts.get(signature.countsKey)
    if (known) return known
    const eligibility = this.#eligibilities.take(signature.eligibility)
    const made = new SpreadCounts(signature, eligibility, this.#rules.emptySelectorMatches)
    this.#counts.set(made.key, made)
    const sharing = this.#countsOf.get(eligibility)
    if (sharing) sharing.add(made)
    else this.#countsOf.set(eligibility, new Set([made]))
    this.#namespace(made.namespace).addCounts(made)
    for (const labelClass of made.classes) {
      for (const [node, pods] of labelClass.placed()) {
        const domain = this.#eligibilities.countedIn(eligibility, node)
        if (domain !== undefined) made.add(domain, pods)
      }
    }
    return made
  }

  #dropGroup(group: ConstraintGroup): void {
    const { counts } = group
    this.#groups.delete(group.id)
    counts.groups.delete(group)
    if (counts.groups.size > 0) return
    this.#counts.delete(counts.key)
    const { eligibility } = counts
    const sharing = this.#countsOf.get(eligibility)
    if (sharing?.delete(counts) && sharing.size === 0) this.#countsOf.delete(eligibility)
    this.#eligibilities.release(eligibility)
    this.#namespaces.get(counts.namespace)?.deleteCounts(counts)
    this.#dropNamespaceIfEmpty(counts.namespace)
  }

  #namespace(name: string): NamespacePods {
    let namespace = this.#namespaces.get(name)
    if (!namespace) {
      namespace = new NamespacePods(name)
      this.#namespaces.set(name, namespace)
    }
    return namespace
  }

  #dropNamespaceIfEmpty(name: string): void {
    if (this.#namespaces.get(name)?.isEmpty) this.#namespaces.delete(name)
  }
}

const noLabels: Labels = Object.freeze(Object.create(null) as Record<string, string>)

/**
 * Neither ended nor being deleted. The scheduler doesn't hear of pods that have ended (k/k
 * pkg/scheduler/scheduler.go) and leaves terminating ones out of its counts (common.go
 * countPodsMatchSelector).
 */
function isLiving(pod: Pod): boolean {
  return pod.deletedAt === null && pod.phase !== 'Succeeded' && pod.phase !== 'Failed'
}

function sameGroups(a: SpreadTemplate, b: SpreadTemplate): boolean {
  return (
    a.signatures.length === b.signatures.length &&
    a.signatures.every(({ id, matchesItself }, index) => {
      const other = b.signatures[index]
      return id === other?.id && matchesItself === other.matchesItself
    })
  )
}
