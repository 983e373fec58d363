import type { Node } from '../model/node.ts'
import type { Pod } from '../model/pod.ts'
import type { PodSpec } from '../model/pod-spec.ts'
import { GroupIndex } from './group-index.ts'
import { isEmptySelector, matchesSelector } from './label-selector.ts'
import { NodeEligibility } from './node-eligibility.ts'
import { type EligibilityRule, type SpreadSignature, spreadSignatures } from './spread-constraint-group.ts'
import { SpreadCounts, type SpreadSummary } from './spread-counts.ts'
import type { SpreadGroupResult } from './spread-group.ts'

interface WorkloadName {
  readonly kind: string
  readonly name: string
}

/**
 * All topology spread constraints in use and how their pods lie, counted as kube-scheduler's
 * podtopologyspread plugin counts (k/k pkg/scheduler/framework/plugins/podtopologyspread), one pod
 * or node change at a time. Constraints of equal meaning on one workload are one group.
 */
export class SpreadGroups {
  readonly #emptySelectorMatches: boolean
  readonly #groups = new Map<string, SpreadCounts>()
  readonly #byNamespace = new Map<string, GroupIndex>()
  readonly #eligibilities = new Map<string, { eligibility: NodeEligibility; groups: Set<SpreadCounts> }>()
  readonly #nodes = new Map<string, Node>()
  readonly #pods = new Map<string, Map<string, Pod>>()
  readonly #groupsOfPod = new Map<string, readonly SpreadCounts[]>()
  readonly #signatures = new WeakMap<PodSpec, Map<string, readonly SpreadSignature[]>>()
  #changed = new Set<string>()

  /** @param options emptySelectorMatches: false from 1.27 to 1.37, where an empty selector counts no pod (kubernetes#141339) */
  constructor(options: { emptySelectorMatches: boolean }) {
    this.#emptySelectorMatches = options.emptySelectorMatches
  }

  get size(): number {
    return this.#groups.size
  }

  /**
   * @param workload the topmost controller of the pod; for bare pods kind Pod and its own name. The
   *   same pod given again with another workload moves to that one's group.
   */
  applyPod(previous: Pod | null, next: Pod | null, workload: WorkloadName): void {
    const pod = next ?? previous
    if (!pod) return
    this.#keep(pod, next)
    if (!sameCount(previous, next)) {
      if (previous) this.#count(previous, -1)
      if (next) this.#count(next, 1)
    }
    this.#carry(pod.uid, next && isLiving(next) ? next : null, workload)
  }

  applyNode(previous: Node | null, next: Node | null): void {
    const name = (next ?? previous)?.name
    if (name === undefined) return
    // A deleted node whose successor of the same name is already here.
    if (!next && previous && this.#nodes.get(name) !== previous && this.#nodes.get(name)?.uid !== previous.uid) return
    const known = this.#nodes.get(name)
    if (next) this.#nodes.set(name, next)
    else this.#nodes.delete(name)
    if (known && next && known.labels === next.labels && known.taints === next.taints) return
    for (const { eligibility, groups } of this.#eligibilities.values()) {
      const { from, to, domainsChanged } = eligibility.set(name, next)
      if (from === to) continue
      for (const group of groups) {
        if (group.moveNode(name, from, to) || domainsChanged) this.#changed.add(group.id)
      }
    }
  }

  /** The groups whose answer may differ since the last call: made, changed or gone. */
  takeChanged(): ReadonlySet<string> {
    const changed = this.#changed
    if (changed.size > 0) this.#changed = new Set()
    return changed
  }

  ids(): IterableIterator<string> {
    return this.#groups.keys()
  }

  groupsOfPod(uid: string): readonly string[] {
    return (this.#groupsOfPod.get(uid) ?? []).map(({ id }) => id)
  }

  /** Null: there is no such group (any more). Costs a walk over the domains. */
  result(id: string): SpreadGroupResult | null {
    return this.#groups.get(id)?.result() ?? null
  }

  /** Null: there is no such group (any more). */
  summary(id: string): SpreadSummary | null {
    return this.#groups.get(id)?.summary() ?? null
  }

  #keep(pod: Pod, next: Pod | null): void {
    const pods = this.#pods.get(pod.namespace)
    if (next) {
      if (pods) pods.set(pod.uid, next)
      else this.#pods.set(pod.namespace, new Map([[pod.uid, next]]))
    } else if (pods?.delete(pod.uid) && pods.size === 0) {
      this.#pods.delete(pod.namespace)
    }
  }

  /** Adds a pod to, or takes it from, every group that counts it. */
  #count(pod: Pod, amount: 1 | -1): void {
    if (!isCounted(pod)) return
    for (const group of this.#byNamespace.get(pod.namespace)?.mayMatch(pod.labels) ?? []) {
      if (this.#matches(group.signature, pod) && group.addPod(pod.nodeName, amount)) this.#changed.add(group.id)
    }
  }

  #matches({ selector }: SpreadSignature, pod: Pod): boolean {
    if (selector !== null && !this.#emptySelectorMatches && isEmptySelector(selector)) return false
    return matchesSelector(selector, pod.labels)
  }

  /** Makes the pod a carrier of exactly its groups; `pod` null: of none. */
  #carry(uid: string, pod: Pod | null, workload: WorkloadName): void {
    const before = this.#groupsOfPod.get(uid) ?? none
    const signatures = pod ? this.#signaturesOf(pod, workload) : []
    if (before.length === signatures.length && before.every((group, index) => group.id === signatures[index]?.id))
      return
    const after = signatures.map((signature) => this.#groups.get(signature.id) ?? this.#make(signature))
    for (const group of after) {
      group.carriers.add(uid)
      this.#changed.add(group.id)
    }
    for (const group of before) {
      if (after.includes(group)) continue
      group.carriers.delete(uid)
      this.#changed.add(group.id)
      if (group.carriers.size === 0) this.#drop(group)
    }
    if (after.length > 0) this.#groupsOfPod.set(uid, after)
    else this.#groupsOfPod.delete(uid)
  }

  /** Pods of one template share their spec, so the signatures are worked out once for each. */
  #signaturesOf(pod: Pod, workload: WorkloadName): readonly SpreadSignature[] {
    if (pod.spec.topologySpreadConstraints.length === 0) return []
    let bySpec = this.#signatures.get(pod.spec)
    if (!bySpec) {
      bySpec = new Map()
      this.#signatures.set(pod.spec, bySpec)
    }
    const keys = pod.spec.topologySpreadConstraints.flatMap((each) => each.matchLabelKeys)
    const key = JSON.stringify([
      pod.namespace,
      workload.kind,
      workload.name,
      ...keys.map((each) => pod.labels[each] ?? null),
    ])
    const known = bySpec.get(key)
    if (known) return known
    const signatures = spreadSignatures(pod, workload)
    bySpec.set(key, signatures)
    return signatures
  }

  #make(signature: SpreadSignature): SpreadCounts {
    const { eligibility, groups } = this.#eligible(signature.eligibility)
    const group = new SpreadCounts(signature, eligibility)
    groups.add(group)
    this.#groups.set(signature.id, group)
    const index = this.#byNamespace.get(signature.namespace) ?? new GroupIndex()
    this.#byNamespace.set(signature.namespace, index)
    index.add(group)
    for (const pod of this.#pods.get(signature.namespace)?.values() ?? []) {
      if (isCounted(pod) && this.#matches(signature, pod)) group.addPod(pod.nodeName, 1)
    }
    return group
  }

  #drop(group: SpreadCounts): void {
    const { id, namespace, eligibility } = group.signature
    this.#groups.delete(id)
    const index = this.#byNamespace.get(namespace)
    index?.delete(group)
    if (index?.size === 0) this.#byNamespace.delete(namespace)
    const shared = this.#eligibilities.get(eligibility.key)
    shared?.groups.delete(group)
    if (shared?.groups.size === 0) this.#eligibilities.delete(eligibility.key)
  }

  #eligible(rule: EligibilityRule): { eligibility: NodeEligibility; groups: Set<SpreadCounts> } {
    const known = this.#eligibilities.get(rule.key)
    if (known) return known
    const made = { eligibility: new NodeEligibility(rule, this.#nodes.values()), groups: new Set<SpreadCounts>() }
    this.#eligibilities.set(rule.key, made)
    return made
  }
}

const none: readonly SpreadCounts[] = []

/** Neither ended nor being deleted: the constraint still speaks for it. */
function isLiving(pod: Pod): boolean {
  return pod.deletedAt === null && pod.phase !== 'Succeeded' && pod.phase !== 'Failed'
}

/** What the scheduler counts: bound, living (terminating pods are left out, podtopologyspread common.go countPodsMatchSelector). */
function isCounted(pod: Pod): boolean {
  return pod.nodeName !== '' && isLiving(pod)
}

/** Most updates change neither where a pod is nor what it is called. */
function sameCount(previous: Pod | null, next: Pod | null): boolean {
  if (!previous || !next) return false
  return (
    isCounted(previous) === isCounted(next) &&
    previous.nodeName === next.nodeName &&
    sameLabels(previous.labels, next.labels)
  )
}

function sameLabels(a: Pod['labels'], b: Pod['labels']): boolean {
  if (a === b) return true
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key])
}
