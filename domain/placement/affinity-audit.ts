import type { Taint } from '../model/node.ts'
import type { Pod } from '../model/pod.ts'
import type { PodAffinityTerm, Toleration } from '../model/pod-spec.ts'
import { AffinityReach, type TermPlace } from './affinity-reach.ts'
import { AffinityTerm, podsInReach } from './affinity-term.ts'
import { requiredLabels } from './label-selector.ts'
import { demandsNothing, type NodePredicate, parseNodeDemand } from './node-affinity.ts'
import type { SchedulingView } from './scheduling-view.ts'
import { tolerates } from './taints.ts'
import { nodeTermWords, termWords } from './term-words.ts'

/** A rule that was true when the pods were placed and is no longer. */
export interface BrokenTerm {
  readonly kind: 'affinity' | 'anti-affinity' | 'node-affinity' | 'taint'
  /** The rule, in words. */
  readonly words: string
  /** stays: nothing moves the pods (IgnoredDuringExecution, NoSchedule). evicts: NoExecute, their time runs out. */
  readonly effect: 'stays' | 'evicts'
  /** Pods for which it is broken. */
  readonly pods: number
  /** Some of them, at most 5, with the pod that they shouldn't be with, where there is one. */
  readonly examples: readonly { readonly pod: string; readonly node: string; readonly with: string | null }[]
}

/** A preferred term and how often it is met. */
export interface PreferredTerm {
  readonly kind: 'affinity' | 'anti-affinity' | 'node-affinity'
  readonly words: string
  readonly weight: number
  readonly pods: number
  readonly met: number
}

/** How the affinity rules of one workload's running pods hold. */
export interface AffinityStanding {
  /** namespace/kind/name. */
  readonly id: string
  readonly namespace: string
  readonly workload: { readonly kind: string; readonly name: string }
  readonly broken: readonly BrokenTerm[]
  readonly preferred: readonly PreferredTerm[]
  /** Sums over pods and preferred terms. */
  readonly weightMet: number
  readonly weightPossible: number
}

export interface AuditedPod {
  readonly pod: Pod
  readonly workload: { readonly kind: string; readonly name: string }
}

/** Pods looked at between two yields. */
const slice = 2_000
const examplesAtMost = 5

export interface AffinityAudit {
  readonly standings: readonly AffinityStanding[]
  /** Pods that the pod affinity terms may match. */
  readonly reach: AffinityReach
  /** Pods that were looked at. */
  readonly cost: number
}

/** Whether where a pod is may be at odds with rules of its own by and by, or with its preferences. */
export function hasPlacementRules({ spec, nodeName }: Pod): boolean {
  const { nodeSelector, nodeAffinity, podAffinity, podAntiAffinity } = spec
  for (const affinity of [podAffinity, podAntiAffinity]) {
    if (affinity && affinity.required.length + affinity.preferred.length > 0) return true
  }
  if (!nodeAffinity || demandsNothing(spec)) return !demandsNothing(spec) || (nodeAffinity?.preferred.length ?? 0) > 0
  if (nodeAffinity.preferred.length > 0) return true
  for (const _ in nodeSelector) return true
  // A DaemonSet ties its pods to their node by its name, which stays.
  return !nodeAffinity.required?.some(
    ({ matchExpressions, matchFields: [field, ...more] }) =>
      matchExpressions.length === 0 &&
      more.length === 0 &&
      field?.key === 'metadata.name' &&
      field.operator === 'In' &&
      field.values.includes(nodeName),
  )
}

/** A taint that pods which don't tolerate it shouldn't be with; Kubernetes' own NoSchedule ones (a cordon, pressure) say nothing of pods that run. */
export function isAudited({ key, effect }: Taint): boolean {
  return effect === 'NoExecute' || (effect === 'NoSchedule' && !key.startsWith('node.kubernetes.io/'))
}

/**
 * Compares affinity, node affinity and taints with where pods are. Nothing evicts for them but
 * NoExecute taints (k/k pkg/controller/tainteviction); the rules are those of PodFit. Costs a look at
 * the pods with rules, at all pods in the namespaces that their terms name (everywhere, with a
 * namespaceSelector), and for each term one at the pods that its selector can match. Without rules
 * and taints it costs nothing.
 *
 * Yields after each slice of its work.
 * @param pods on nodes and not ended: those with hasPlacementRules and those on nodes with a taint
 * for which isAudited holds; others add nothing
 */
export function* affinityAudit(pods: Iterable<AuditedPod>, view: SchedulingView): Generator<void, AffinityAudit> {
  const standings = new Map<string, Standing>()
  const groups = new Map<string, TermGroup>()
  const ids = new Ids()
  let count = 0
  for (const audited of pods) {
    count += 1
    if (count % slice === 0) yield
    const { pod } = audited
    const node = view.room(pod.nodeName)?.node
    if (!node) continue
    const { nodeAffinity, podAffinity, podAntiAffinity, tolerations } = pod.spec
    if (!demandsNothing(pod.spec) && !demandOf(pod)(node) && !isMirror(pod)) {
      standingOf(standings, audited).breaks(
        'node-affinity',
        'its node selector or required node affinity',
        'stays',
        pod,
      )
    }
    for (const taint of node.taints) {
      if (!isAudited(taint)) continue
      const tolerating = tolerations.filter((each) => tolerates(each, taint))
      const evicts = taint.effect === 'NoExecute' && !isTiredless(tolerating)
      if (tolerating.length > 0 && !evicts) continue
      const words = `the taint ${taint.key}${taint.value && `=${taint.value}`}:${taint.effect}`
      standingOf(standings, audited).breaks('taint', words, evicts ? 'evicts' : 'stays', pod)
    }
    for (const [index, { weight, preference }] of (nodeAffinity?.preferred ?? []).entries()) {
      const meets = preferenceOf(pod, index)(node)
      standingOf(standings, audited).prefers('node-affinity', nodeTermWords(preference), weight, meets)
    }
    if (!podAffinity && !podAntiAffinity) continue
    const key = `${pod.namespace}/${ids.of(podAffinity)}/${ids.of(podAntiAffinity)}/${keyValues(pod)}`
    const group = groups.get(key) ?? new TermGroup(pod, view)
    groups.set(key, group)
    group.carriers.push(audited)
  }
  const reach = new AffinityReach()
  const terms = [...groups.values()].flatMap((group) => group.terms)
  for (const { term, place } of terms) reach.add(term, place)
  const index = yield* labelIndex(terms, view)
  count += index.cost
  for (const group of groups.values()) {
    count = yield* group.judge(index.pods, view, standings, count)
  }
  return { standings: [...standings.values()].map((standing) => standing.result()), reach, cost: count }
}

const demands = new WeakMap<object, NodePredicate>()

function demandOf({ spec }: Pod): NodePredicate {
  const known = demands.get(spec)
  if (known) return known
  const made = parseNodeDemand(spec)
  demands.set(spec, made)
  return made
}

const preferences = new WeakMap<object, readonly NodePredicate[]>()

function preferenceOf({ spec }: Pod, index: number): NodePredicate {
  const { nodeAffinity } = spec
  if (!nodeAffinity) return () => false
  let known = preferences.get(nodeAffinity)
  if (!known) {
    known = nodeAffinity.preferred.map(({ preference }) =>
      parseNodeDemand({ nodeSelector: {}, nodeAffinity: { required: [preference], preferred: [] } }),
    )
    preferences.set(nodeAffinity, known)
  }
  return known[index] ?? (() => false)
}

/** The kubelet runs it whatever the rules say. */
function isMirror({ annotations }: Pod): boolean {
  return annotations['kubernetes.io/config.mirror'] !== undefined
}

/** Tolerated without an end. */
function isTiredless(tolerating: readonly Toleration[]): boolean {
  return tolerating.some(({ tolerationSeconds }) => tolerationSeconds === null)
}

function keyValues({ spec, labels }: Pod): string {
  const terms = [spec.podAffinity, spec.podAntiAffinity].flatMap((affinity) =>
    affinity ? [...affinity.required, ...affinity.preferred.map(({ term }) => term)] : [],
  )
  const keys = terms.flatMap((term) => [...term.matchLabelKeys, ...term.mismatchLabelKeys])
  return keys.length === 0 ? '' : JSON.stringify(keys.map((key) => labels[key]))
}

/** Numbers for objects that are one where they are equal. */
class Ids {
  readonly #ids = new Map<object | null, number>()

  of(object: object | null): number {
    const known = this.#ids.get(object)
    if (known !== undefined) return known
    this.#ids.set(object, this.#ids.size)
    return this.#ids.size - 1
  }
}

type LabelIndex = ReadonlyMap<string, ReadonlyMap<string, readonly Pod[]>>

/** The pods by those labels by which terms find theirs. */
function* labelIndex(
  terms: readonly GroupTerm[],
  view: SchedulingView,
): Generator<void, { readonly pods: LabelIndex; readonly cost: number }> {
  const index = new Map<string, Map<string, Pod[]>>()
  const placed = terms.filter(({ place }) => place !== null)
  for (const { place } of placed) {
    if (!place) continue
    const values = index.get(place.key) ?? new Map<string, Pod[]>()
    index.set(place.key, values)
    for (const value of place.values) if (!values.has(value)) values.set(value, [])
  }
  let count = 0
  for (const pod of podsInReach(
    placed.map(({ term }) => term),
    view,
  )) {
    count += 1
    if (count % slice === 0) yield
    for (const [key, values] of index) {
      const value = pod.labels[key]
      if (value !== undefined) values.get(value)?.push(pod)
    }
  }
  return { pods: index, cost: count }
}

interface GroupTerm {
  readonly kind: 'affinity' | 'anti-affinity'
  /** Null: required. */
  readonly weight: number | null
  readonly source: PodAffinityTerm
  readonly term: AffinityTerm
  readonly place: TermPlace
}

/** Matching pods of one domain. */
interface Matching {
  count: number
  /** Two: one of them is another than whoever asks. */
  readonly some: Pod[]
}

/** Pods with the same pod affinity and anti-affinity. */
class TermGroup {
  readonly carriers: AuditedPod[] = []
  readonly terms: readonly GroupTerm[]

  constructor(pod: Pod, view: SchedulingView) {
    const terms: GroupTerm[] = []
    for (const [kind, affinity] of [
      ['affinity', pod.spec.podAffinity],
      ['anti-affinity', pod.spec.podAntiAffinity],
    ] as const) {
      for (const source of affinity?.required ?? []) terms.push(groupTerm(kind, null, source, pod, view))
      for (const { weight, term } of affinity?.preferred ?? []) terms.push(groupTerm(kind, weight, term, pod, view))
    }
    this.terms = terms
  }

  *judge(
    index: LabelIndex,
    view: SchedulingView,
    standings: Map<string, Standing>,
    begun: number,
  ): Generator<void, number> {
    let count = begun
    const together = this.terms.filter(({ kind, weight }) => kind === 'affinity' && weight === null)
    for (const each of this.terms) {
      const isTogether = together.includes(each)
      const matching = new Map<string, Matching>()
      let anywhere = 0
      for (const pod of candidates(each, index, view)) {
        count += 1
        if (count % slice === 0) yield
        // Required affinity wants one pod that matches all its terms.
        if (!(isTogether ? together.every(({ term }) => term.matches(pod)) : each.term.matches(pod))) continue
        const domain = view.room(pod.nodeName)?.node.labels[each.term.topologyKey]
        if (domain === undefined) continue
        anywhere += 1
        const found = matching.get(domain) ?? { count: 0, some: [] }
        matching.set(domain, found)
        found.count += 1
        if (found.some.length < 2) found.some.push(pod)
      }
      for (const carrier of this.carriers) {
        count += 1
        if (count % slice === 0) yield
        judgeCarrier(each, carrier, matching, anywhere, isTogether ? together : [each], view, standings)
      }
    }
    return count
  }
}

function judgeCarrier(
  each: GroupTerm,
  carrier: AuditedPod,
  matching: ReadonlyMap<string, Matching>,
  anywhere: number,
  asked: readonly GroupTerm[],
  view: SchedulingView,
  standings: Map<string, Standing>,
): void {
  const { pod } = carrier
  const node = view.room(pod.nodeName)?.node
  if (!node) return
  const domain = node.labels[each.term.topologyKey]
  const found = domain === undefined ? undefined : matching.get(domain)
  const itself = domain !== undefined && asked.every(({ term }) => term.matches(pod)) ? 1 : 0
  const others = (found?.count ?? 0) - itself
  const words = `${each.kind} to ${termWords(each.source)}`
  if (each.weight !== null) {
    const meets = each.kind === 'affinity' ? others > 0 : others <= 0
    standingOf(standings, carrier).prefers(each.kind, words, each.weight, meets)
    return
  }
  if (each.kind === 'anti-affinity') {
    if (others <= 0) return
    const other = found?.some.find(({ uid }) => uid !== pod.uid)
    standingOf(standings, carrier).breaks('anti-affinity', words, 'stays', pod, other)
    return
  }
  // The first of its group is alone by right.
  const isFirst = itself === 1 && anywhere === 1
  if (others <= 0 && !isFirst) standingOf(standings, carrier).breaks('affinity', words, 'stays', pod)
}

function groupTerm(
  kind: GroupTerm['kind'],
  weight: number | null,
  source: PodAffinityTerm,
  pod: Pod,
  view: SchedulingView,
): GroupTerm {
  const place = requiredLabels(source.labelSelector)[0] ?? null
  return { kind, weight, source, term: new AffinityTerm(source, pod, view), place }
}

function* candidates({ place, term }: GroupTerm, index: LabelIndex, view: SchedulingView): Generator<Pod> {
  if (!place) {
    yield* podsInReach([term], view)
    return
  }
  for (const value of place.values) yield* index.get(place.key)?.get(value) ?? []
}

function standingOf(standings: Map<string, Standing>, { pod, workload }: AuditedPod): Standing {
  const id = `${pod.namespace}/${workload.kind}/${workload.name}`
  const known = standings.get(id)
  if (known) return known
  const made = new Standing(id, pod.namespace, workload)
  standings.set(id, made)
  return made
}

/** What is gathered of one workload. */
class Standing {
  readonly #id: string
  readonly #namespace: string
  readonly #workload: AuditedPod['workload']
  readonly #broken = new Map<string, Mutable<BrokenTerm> & { examples: BrokenTerm['examples'][number][] }>()
  readonly #preferred = new Map<string, Mutable<PreferredTerm>>()

  constructor(id: string, namespace: string, { kind, name }: AuditedPod['workload']) {
    this.#id = id
    this.#namespace = namespace
    this.#workload = { kind, name }
  }

  breaks(kind: BrokenTerm['kind'], words: string, effect: BrokenTerm['effect'], pod: Pod, other?: Pod): void {
    const key = `${kind} ${effect} ${words}`
    const known = this.#broken.get(key) ?? { kind, words, effect, pods: 0, examples: [] }
    this.#broken.set(key, known)
    known.pods += 1
    if (known.examples.length < examplesAtMost) {
      known.examples.push({
        pod: pod.name,
        node: pod.nodeName,
        with: other ? `${other.namespace}/${other.name}` : null,
      })
    }
  }

  prefers(kind: PreferredTerm['kind'], words: string, weight: number, meets: boolean): void {
    const key = `${kind} ${weight} ${words}`
    const known = this.#preferred.get(key) ?? { kind, words, weight, pods: 0, met: 0 }
    this.#preferred.set(key, known)
    known.pods += 1
    if (meets) known.met += 1
  }

  result(): AffinityStanding {
    const preferred = [...this.#preferred.values()]
    return {
      id: this.#id,
      namespace: this.#namespace,
      workload: this.#workload,
      broken: [...this.#broken.values()].sort((a, b) => b.pods - a.pods),
      preferred,
      weightMet: preferred.reduce((sum, { weight, met }) => sum + weight * met, 0),
      weightPossible: preferred.reduce((sum, { weight, pods }) => sum + weight * pods, 0),
    }
  }
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }
