import type { Pod } from '../model/pod.ts'
import type { PodAffinityTerm, Toleration } from '../model/pod-spec.ts'
import { AffinityTerm } from './affinity-term.ts'
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

/**
 * Compares the affinity, node affinity and taint rules of all running pods with where they are.
 * Nothing evicts for them but NoExecute taints (k/k pkg/controller/tainteviction); the rules are those
 * of PodFit. Costs one walk over all pods and, for each term, the pods that its selector can match.
 *
 * Yields after each slice of its work. @param pods on nodes and not ended
 */
export function* affinityAudit(
  pods: readonly AuditedPod[],
  view: SchedulingView,
): Generator<void, readonly AffinityStanding[]> {
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
      if (taint.effect !== 'NoExecute' && (taint.effect !== 'NoSchedule' || isOwnTaint(taint.key))) continue
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
  const index = yield* labelIndex(pods, groups.values())
  for (const group of groups.values()) {
    count = yield* group.judge(index, pods, view, standings, count)
  }
  return [...standings.values()].map((standing) => standing.result())
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

/** Kubernetes' own taints that keep new pods off say nothing of those that run: a cordon, pressure. */
function isOwnTaint(key: string): boolean {
  return key.startsWith('node.kubernetes.io/')
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
function* labelIndex(pods: readonly AuditedPod[], groups: Iterable<TermGroup>): Generator<void, LabelIndex> {
  const index = new Map<string, Map<string, Pod[]>>()
  for (const group of groups) {
    for (const { place } of group.terms) {
      if (!place) continue
      const values = index.get(place.key) ?? new Map<string, Pod[]>()
      index.set(place.key, values)
      for (const value of place.values) if (!values.has(value)) values.set(value, [])
    }
  }
  if (index.size === 0) return index
  let count = 0
  for (const { pod } of pods) {
    count += 1
    if (count % slice === 0) yield
    for (const [key, values] of index) {
      const value = pod.labels[key]
      if (value !== undefined) values.get(value)?.push(pod)
    }
  }
  return index
}

interface GroupTerm {
  readonly kind: 'affinity' | 'anti-affinity'
  /** Null: required. */
  readonly weight: number | null
  readonly source: PodAffinityTerm
  readonly term: AffinityTerm
  /** A label without which nothing matches; null: there is none. */
  readonly place: { readonly key: string; readonly values: readonly string[] } | null
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
    all: readonly AuditedPod[],
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
      for (const pod of candidates(each, index, all)) {
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

function* candidates({ place }: GroupTerm, index: LabelIndex, all: readonly AuditedPod[]): Generator<Pod> {
  if (!place) {
    for (const { pod } of all) yield pod
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
