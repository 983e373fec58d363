import type { Node } from '../model/node.ts'
import type { Pod } from '../model/pod.ts'
import { ConstraintGroup, type SpreadSummary } from './constraint-group.ts'
import type { LabelClass } from './label-class.ts'
import { NamespacePods } from './namespace-pods.ts'
import { NodeEligibility } from './node-eligibility.ts'
import { sameLabels } from './same-labels.ts'
import { SpreadCounts } from './spread-counts.ts'
import type { SpreadGroupResult } from './spread-group.ts'
import type { SpreadSignature, WorkloadName } from './spread-signature.ts'
import { type SpreadTemplate, SpreadTemplates } from './spread-template.ts'

/** What is kept of a pod. */
interface PodRecord {
  /** Null while it isn't counted: not bound, ended or being deleted. */
  labelClass: LabelClass | null
  node: string
  /** Null while it carries no constraint. */
  template: SpreadTemplate | null
}

/**
 * All topology spread constraints in use and how their pods lie, counted as kube-scheduler's
 * podtopologyspread plugin counts (k/k pkg/scheduler/framework/plugins/podtopologyspread), one pod
 * or node change at a time. Constraints of equal meaning on one workload are one group.
 *
 * A pod's change costs work for the counts that its labels belong to, a node's change for the counts
 * whose eligible nodes it joins or leaves.
 */
export class SpreadGroups {
  readonly #emptySelectorMatches: boolean
  readonly #groups = new Map<string, ConstraintGroup>()
  readonly #counts = new Map<string, SpreadCounts>()
  readonly #eligibilities = new Map<string, { eligibility: NodeEligibility; counts: Set<SpreadCounts> }>()
  readonly #namespaces = new Map<string, NamespacePods>()
  readonly #nodes = new Map<string, Node>()
  readonly #pods = new Map<string, PodRecord>()
  readonly #templates = new SpreadTemplates()
  #changed = new Set<string>()
  /** Whose groups have changed, to be named when somebody asks. */
  readonly #changedCounts = new Set<SpreadCounts>()
  readonly #changedDomains = new Set<ReadonlySet<SpreadCounts>>()

  /** @param options emptySelectorMatches: false from 1.27 to 1.37, where an empty selector counts no pod (kubernetes#141339) */
  constructor(options: { emptySelectorMatches: boolean }) {
    this.#emptySelectorMatches = options.emptySelectorMatches
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
    const record = this.#pods.get(uid) ?? { labelClass: null, node: '', template: null }
    this.#place(record, living && living.nodeName !== '' ? living : null)
    this.#carry(record, living && this.#templates.of(living, workload))
    if (record.labelClass === null && record.template === null) this.#pods.delete(uid)
    else this.#pods.set(uid, record)
  }

  applyNode(previous: Node | null, next: Node | null): void {
    const name = (next ?? previous)?.name
    if (name === undefined) return
    const known = this.#nodes.get(name)
    // A node that was deleted, while its successor of the same name is already here.
    if (!next && known && previous && known.uid !== previous.uid) return
    if (next) this.#nodes.set(name, next)
    else this.#nodes.delete(name)
    if (known && next && sameLabels(known.labels, next.labels) && sameTaints(known, next)) return
    for (const { eligibility, counts } of this.#eligibilities.values()) {
      const { from, to, domainsChanged } = eligibility.set(name, next)
      if (from === to) continue
      for (const each of counts) if (each.moveNode(name, from, to)) this.#changedCounts.add(each)
      if (domainsChanged) this.#changedDomains.add(counts)
    }
  }

  /** The groups whose answer may differ since the last call: made, changed or gone. */
  takeChanged(): ReadonlySet<string> {
    const changed = this.#changed
    for (const counts of this.#changedCounts) for (const { id } of counts.groups) changed.add(id)
    for (const counts of this.#changedDomains) {
      for (const each of counts) for (const { id } of each.groups) changed.add(id)
    }
    if (changed.size > 0) this.#changed = new Set()
    this.#changedCounts.clear()
    this.#changedDomains.clear()
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

  /** Null: there is no such group (any more). */
  summary(id: string): SpreadSummary | null {
    return this.#groups.get(id)?.summary() ?? null
  }

  /** Counts the pod where it is now; null: nowhere. */
  #place(record: PodRecord, pod: Pod | null): void {
    const before = record.labelClass
    const stays = before && pod && before.namespace === pod.namespace && sameLabels(before.labels, pod.labels)
    if (stays && record.node === pod.nodeName) return
    const after = stays ? before : pod && this.#namespace(pod.namespace).classOf(pod.labels)
    before?.add(record.node, -1, this.#changedCounts)
    if (pod) after?.add(pod.nodeName, 1, this.#changedCounts)
    record.labelClass = after
    record.node = pod?.nodeName ?? ''
    if (before?.isEmpty) {
      this.#namespaces.get(before.namespace)?.dropClass(before)
      this.#dropNamespaceIfEmpty(before.namespace)
    }
  }

  /** Makes the pod a carrier of exactly this template's constraints; null: of none. */
  #carry(record: PodRecord, template: SpreadTemplate | null): void {
    const before = record.template
    if (before === template || (before && template && sameGroups(before, template))) return
    if (template) {
      if (template.pods === 0) template.groups = template.signatures.map((each) => this.#group(each))
      template.pods += 1
      for (const group of template.groups) {
        group.pods += 1
        this.#changed.add(group.id)
      }
    }
    record.template = template
    if (!before) return
    for (const group of before.groups) {
      group.pods -= 1
      this.#changed.add(group.id)
      if (group.pods === 0) this.#dropGroup(group)
    }
    before.pods -= 1
    if (before.pods === 0) before.groups = []
  }

  #group(signature: SpreadSignature): ConstraintGroup {
    const known = this.#groups.get(signature.id)
    if (known) return known
    const group = new ConstraintGroup(signature, this.#countsOf(signature))
    group.counts.groups.add(group)
    this.#groups.set(signature.id, group)
    return group
  }

  #countsOf(signature: SpreadSignature): SpreadCounts {
    const known = this.#counts.get(signature.countsKey)
    if (known) return known
    const rule = signature.eligibility
    let shared = this.#eligibilities.get(rule.key)
    if (!shared) {
      shared = { eligibility: new NodeEligibility(rule, this.#nodes.values()), counts: new Set() }
      this.#eligibilities.set(rule.key, shared)
    }
    const made = new SpreadCounts(signature, shared.eligibility, this.#emptySelectorMatches)
    shared.counts.add(made)
    this.#counts.set(made.key, made)
    this.#namespace(made.namespace).addCounts(made)
    return made
  }

  #dropGroup(group: ConstraintGroup): void {
    const { counts } = group
    this.#groups.delete(group.id)
    counts.groups.delete(group)
    if (counts.groups.size > 0) return
    this.#counts.delete(counts.key)
    const { key } = counts.eligibility.rule
    const shared = this.#eligibilities.get(key)
    if (shared?.counts.delete(counts) && shared.counts.size === 0) this.#eligibilities.delete(key)
    this.#namespaces.get(counts.namespace)?.dropCounts(counts)
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
    a.signatures.length === b.signatures.length && a.signatures.every(({ id }, index) => id === b.signatures[index]?.id)
  )
}

function sameTaints(a: Node, b: Node): boolean {
  return (
    a.taints.length === b.taints.length &&
    a.taints.every((taint, index) => {
      const other = b.taints[index]
      return taint.key === other?.key && taint.value === other.value && taint.effect === other.effect
    })
  )
}
