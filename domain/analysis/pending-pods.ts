import type { Pod } from '../model/pod.ts'
import type { PodSpec } from '../model/pod-spec.ts'
import { explainPending, type PendingExplanation, sameReasons } from '../placement/pending-explanation.ts'
import { isPending, type PendingPod, pendingPod } from '../placement/pending-pod.ts'
import type { SchedulerRules } from '../placement/scheduler-rules.ts'
import { type SingleChange, singleChanges } from '../placement/single-change.ts'
import type { ClusterState } from '../state/cluster-state.ts'
import type { LiveSchedulingView } from './live-scheduling-view.ts'

/** The same question is asked again after this at the earliest, ms. */
const askedAgainAfter = 1_000
/** Changes that would help are tried again after this, though the reasons are the same, ms. */
const triedAgainAfter = 60_000
/** Nodes and pods looked at in one turn, at least one question: some 20 ms with 5,000 nodes. */
const workPerTurn = 8_000
/** The scheduler whose rules are known. */
const defaultScheduler = 'default-scheduler'

/** Pending pods that only differ in their names: one answer does for all. */
interface Question {
  readonly key: string
  readonly pods: Set<string>
  askedAt: number
  /** Of the view when it was asked. */
  version: number
  explanation: PendingExplanation | null
  triedAt: number
  trying: Generator<SingleChange | null> | null
  found: SingleChange[]
}

/**
 * Why pods are pending, asked anew when something changes that may matter and at most once a
 * second, a little at a time: with thousands of pending pods the answers are older, nothing else is slower.
 */
export class PendingPods {
  readonly #state: ClusterState
  readonly #view: LiveSchedulingView
  readonly #rules: SchedulerRules
  readonly #questionOf = new Map<string, Question>()
  /** In the order in which they were last asked. */
  readonly #questions = new Map<string, Question>()
  readonly #specKeys = new WeakMap<PodSpec, number>()
  #specs = 0

  constructor(state: ClusterState, view: LiveSchedulingView, rules: SchedulerRules) {
    this.#state = state
    this.#view = view
    this.#rules = rules
  }

  get size(): number {
    return this.#questionOf.size
  }

  uids(): IterableIterator<string> {
    return this.#questionOf.keys()
  }

  /** Null: the pod isn't pending. */
  get(uid: string): PendingPod | null {
    const question = this.#questionOf.get(uid)
    const pod = question && this.#state.pod(uid)
    if (!pod) return null
    return pendingPod(pod, this.#state.workloadOf(pod), this.#state.eventsRegarding(uid), question.explanation)
  }

  applyPod(previous: Pod | null, next: Pod | null): void {
    const uid = (next ?? previous)?.uid ?? ''
    const before = this.#questionOf.get(uid)
    const key = next && isPending(next) ? this.#keyOf(next) : null
    if (before?.key === key) return
    if (before) {
      this.#questionOf.delete(uid)
      before.pods.delete(uid)
      if (before.pods.size === 0) this.#questions.delete(before.key)
    }
    if (key === null) return
    const question = this.#questions.get(key) ?? newQuestion(key)
    this.#questions.set(key, question)
    question.pods.add(uid)
    this.#questionOf.set(uid, question)
  }

  /** Works for one turn. Returns the pods whose answer is another now. */
  settle(now: number): string[] {
    const changed: string[] = []
    let work = 0
    for (const question of [...this.#questions.values()]) {
      if (work >= workPerTurn) break
      const pod = this.#representative(question)
      if (!pod || pod.spec.schedulerName !== defaultScheduler) continue
      const isStale = question.version !== this.#view.version && now - question.askedAt >= askedAgainAfter
      if (isStale) {
        work += this.#ask(question, pod, now)
        // Whoever was asked goes to the end of the queue.
        this.#questions.delete(question.key)
        this.#questions.set(question.key, question)
        if (question.trying === null) changed.push(...question.pods)
      }
      if (!question.trying) continue
      while (question.trying && work < workPerTurn) work += this.#tryOne(question, pod)
      if (!question.trying) changed.push(...question.pods)
    }
    return changed
  }

  /** Asks and tries at once, whatever it costs: for tests and single requests. */
  settleAll(now: number): void {
    for (const question of this.#questions.values()) {
      const pod = this.#representative(question)
      if (!pod || pod.spec.schedulerName !== defaultScheduler) continue
      if (question.version !== this.#view.version) this.#ask(question, pod, now)
      while (question.trying) this.#tryOne(question, pod)
    }
  }

  /** Returns about how many nodes and pods were looked at. */
  #ask(question: Question, pod: Pod, now: number): number {
    const found = explainPending(pod, this.#view, this.#rules)
    const before = question.explanation
    const same = before !== null && sameReasons(before, found)
    question.askedAt = now
    question.version = this.#view.version
    if (!same || now - question.triedAt >= triedAgainAfter) {
      question.triedAt = now
      question.found = []
      question.trying =
        found.feasible > 0
          ? null
          : singleChanges(pod, this.#view, this.#rules, (each) => this.#state.workloadOf(each)?.name ?? each.name)
    }
    // What helped a moment ago is better than nothing while it is tried again.
    question.explanation = same ? { ...found, changes: before.changes } : found
    return this.#costOf(pod)
  }

  #tryOne(question: Question, pod: Pod): number {
    const step = question.trying?.next()
    if (step?.value) question.found.push(step.value)
    if (!step || step.done) {
      question.trying = null
      const changes = question.found.sort((a, b) => b.nodes - a.nodes)
      if (question.explanation) question.explanation = { ...question.explanation, changes }
    }
    return this.#costOf(pod)
  }

  #costOf({ spec, namespace }: Pod): number {
    const counts = spec.topologySpreadConstraints.length > 0 || spec.podAffinity || spec.podAntiAffinity
    return this.#view.rooms.length + 100 + (counts ? this.#state.podCountIn(namespace) / 4 : 0)
  }

  #representative({ pods }: Question): Pod | undefined {
    for (const uid of pods) return this.#state.pod(uid)
    return undefined
  }

  /** Pods with equal keys are equal to the scheduler. */
  #keyOf({ namespace, labels, spec }: Pod): string {
    let number = this.#specKeys.get(spec)
    if (number === undefined) {
      this.#specs += 1
      number = this.#specs
      this.#specKeys.set(spec, number)
    }
    return JSON.stringify([namespace, number, Object.entries(labels).sort()])
  }
}

function newQuestion(key: string): Question {
  return {
    key,
    pods: new Set(),
    askedAt: Number.NEGATIVE_INFINITY,
    version: -1,
    explanation: null,
    triedAt: Number.NEGATIVE_INFINITY,
    trying: null,
    found: [],
  }
}
