import type { KubectlDialect } from '../health/kubectl-dialect.ts'
import { nodeProblems } from '../health/node-health.ts'
import { type PodHealth, podHealth } from '../health/pod-health.ts'
import type { Problem } from '../health/problem.ts'
import { compareSeverity, type Severity } from '../health/severity.ts'
import type { PodRow } from '../live/pod-row.ts'
import type { ClusterEvent } from '../model/cluster-event.ts'
import type { Node } from '../model/node.ts'
import type { Pod } from '../model/pod.ts'
import type { Workload } from '../model/workload.ts'
import { skewProblem } from '../placement/skew-problem.ts'
import { SpreadGroups } from '../placement/spread-groups.ts'
import type { ClusterState, StateChange, WorkloadRef } from '../state/cluster-state.ts'
import { SortedList } from '../state/sorted-list.ts'
import { Counter } from './counter.ts'
import { RecheckQueue } from './recheck-queue.ts'
import { samePodRow } from './same-pod-row.ts'

/** What changed in the answers since the analysis was last settled. */
export interface AnalysisChanges {
  readonly pods: ReadonlyMap<string, { readonly previous: PodRow | null; readonly next: PodRow | null }>
  /** Pods of which something changed that their row doesn't show (events, conditions, services). */
  readonly touchedPods: ReadonlySet<string>
  readonly nodes: ReadonlySet<string>
  readonly problems: ReadonlyMap<string, { readonly previous: Problem | null; readonly next: Problem | null }>
  readonly groups: ReadonlySet<string>
  /** Namespaces in which Services or EndpointSlices changed. */
  readonly services: ReadonlySet<string>
}

/** What the server's version decides. */
export interface AnalysisRules {
  readonly dialect: KubectlDialect
  /** See SpreadGroups. */
  readonly emptySelectorMatches: boolean
  readonly countsExcludedNodes: boolean
}

export interface NodeCounts {
  readonly bySeverity: Record<Severity, number>
}

/** label topology.kubernetes.io/zone; the deprecated beta label only where that one is absent (for display). */
export function zoneOf(node: Node | undefined): string | null {
  return node?.labels['topology.kubernetes.io/zone'] ?? node?.labels['failure-domain.beta.kubernetes.io/zone'] ?? null
}

/**
 * Everything that Plumbline concludes from the cluster's state, kept up to date one change at a
 * time. No I/O and no clock: `now` is given. A change costs work for the pods, nodes and constraint
 * groups that it touches and for nothing else.
 */
export class ClusterAnalysis {
  readonly #state: ClusterState
  #dialect: KubectlDialect
  spread: SpreadGroups
  readonly rows = new Map<string, PodRow>()
  readonly byNamespace = new Counter()
  readonly byStatus = new Counter()
  readonly byZone = new Counter()
  readonly bySeverity = new Counter()
  readonly nodesByZone = new Counter()
  readonly problemCounts = new Counter()
  /** The worst first, and within one severity the youngest first. */
  readonly problems = new SortedList<Problem>(compareProblems)
  /** Since when each violated group is violated, ms. */
  readonly violatedSince = new Map<string, number>()
  readonly #violatedSkew = new Map<string, { readonly skew: number; readonly since: number }>()
  readyNodes = 0
  /** Pods that could not be judged; more than 0 is a defect to report. */
  faults = 0
  /** The instant of the latest conclusions, ms since the Unix epoch. */
  settledAt = 0
  readonly #problemsById = new Map<string, Problem>()
  readonly #problemsOf = new Map<string, readonly Problem[]>()
  readonly #nodeCounts = new Map<string, NodeCounts>()
  readonly #rechecks = new RecheckQueue()
  readonly #dirtyPods = new Set<string>()
  readonly #dirtyNodes = new Set<string>()
  readonly #readyTexts = new Map<number, string>()
  #topWorkloads = 0
  #changes = noChanges()

  constructor(state: ClusterState, options: AnalysisRules) {
    this.#state = state
    this.#dialect = options.dialect
    this.spread = new SpreadGroups(options)
  }

  /** What the server's version decides. To be told before the first object. */
  setRules(options: AnalysisRules): void {
    this.#dialect = options.dialect
    this.spread = new SpreadGroups(options)
  }

  /** Workloads that no other workload controls. */
  get workloads(): number {
    return this.#topWorkloads
  }

  /** Pods that still wait to be looked at. */
  get backlog(): number {
    return this.#dirtyPods.size
  }

  problem(id: string): Problem | undefined {
    return this.#problemsById.get(id)
  }

  problemsOf(uid: string): readonly Problem[] {
    return this.#problemsOf.get(uid) ?? []
  }

  nodeCounts(name: string): Readonly<Record<Severity, number>> {
    return this.#nodeCounts.get(name)?.bySeverity ?? noPods
  }

  /** Takes in one change of the state that has just been made. */
  apply(change: StateChange): void {
    switch (change.kind) {
      case 'Pod':
        this.#applyPod(change.previous as Pod | null, change.next as Pod | null)
        break
      case 'Node':
        this.#applyNode(change.previous as Node | null, change.next as Node | null)
        break
      case 'Event': {
        const event = (change.next ?? change.previous) as ClusterEvent
        if (event.regarding.kind === 'Pod' && this.#state.hasPod(event.regarding.uid)) {
          this.#dirtyPods.add(event.regarding.uid)
        }
        break
      }
      case 'Service':
      case 'EndpointSlice':
        this.#changes.services.add((change.next ?? change.previous)?.namespace ?? '')
        break
      case 'Namespace':
        break
      default:
        this.#applyWorkload(change.previous as Workload | null, change.next as Workload | null)
    }
  }

  /**
   * Draws the conclusions from all changes so far, for at most `limit` pods: after a first list
   * there may be 150,000, and whoever calls has other things to do too. See `backlog`.
   */
  settle(now: number, limit = Number.POSITIVE_INFINITY): void {
    this.settledAt = now
    for (const uid of this.#rechecks.take(now)) this.#dirtyPods.add(uid)
    let taken = 0
    for (const uid of this.#dirtyPods) {
      if (taken >= limit) break
      taken += 1
      this.#dirtyPods.delete(uid)
      this.#changes.touchedPods.add(uid)
      this.#settlePod(uid, now)
    }
    for (const name of this.#dirtyNodes) {
      this.#changes.nodes.add(name)
      this.#settleNode(name, now)
    }
    this.#dirtyNodes.clear()
    for (const id of this.spread.takeChanged()) {
      this.#changes.groups.add(id)
      this.#settleGroup(id, now)
    }
  }

  /** Hands over what the conclusions since the last call have changed; null when nothing has. */
  takeChanges(): AnalysisChanges | null {
    const changes = this.#changes
    const { pods, touchedPods, nodes, problems, groups, services } = changes
    if (pods.size + touchedPods.size + nodes.size + problems.size + groups.size + services.size === 0) return null
    this.#changes = noChanges()
    return changes
  }

  #applyPod(previous: Pod | null, next: Pod | null): void {
    const pod = next ?? previous
    if (!pod) return
    this.spread.applyPod(previous, next, this.#state.workloadOf(pod) ?? { kind: 'Pod', name: pod.name })
    this.#dirtyPods.add(pod.uid)
  }

  #applyNode(previous: Node | null, next: Node | null): void {
    this.spread.applyNode(previous, next)
    if (previous) {
      this.nodesByZone.add(zoneOf(previous) ?? '', -1)
      if (isReady(previous)) this.readyNodes -= 1
    }
    if (next) {
      this.nodesByZone.add(zoneOf(next) ?? '', 1)
      if (isReady(next)) this.readyNodes += 1
    }
    const name = (next ?? previous)?.name ?? ''
    this.#dirtyNodes.add(name)
    const changed = !previous || !next || zoneOf(previous) !== zoneOf(next) || isReady(previous) !== isReady(next)
    if (changed) for (const uid of this.#state.podsOnNode(name)) this.#dirtyPods.add(uid)
  }

  #applyWorkload(previous: Workload | null, next: Workload | null): void {
    if (previous && !previous.owner) this.#topWorkloads -= 1
    if (next && !next.owner) this.#topWorkloads += 1
    const workload = next ?? previous
    if (!workload || (workload.kind !== 'ReplicaSet' && workload.kind !== 'Job')) return
    if (previous?.owner?.uid === next?.owner?.uid) return
    // Pods that came before their ReplicaSet now belong to its Deployment.
    for (const uid of this.#state.podsOfOwner(workload.uid)) {
      const pod = this.#state.pod(uid)
      if (pod) this.#applyPod(pod, pod)
    }
  }

  #settlePod(uid: string, now: number): void {
    const pod = this.#state.pod(uid)
    const previous = this.rows.get(uid) ?? null
    let next: PodRow | null = null
    let found: readonly Problem[] = []
    if (pod) {
      const node = this.#state.node(pod.nodeName)
      const workload = this.#state.workloadOf(pod)
      const events = this.#state.eventsRegarding(uid)
      const health = this.#healthOf(pod, node ?? null, workload, events, now)
      found = health.problems
      this.#rechecks.set(uid, health.recheckAt)
      next = {
        uid,
        namespace: pod.namespace,
        name: pod.name,
        node: pod.nodeName === '' ? null : pod.nodeName,
        zone: zoneOf(node),
        phase: pod.phase,
        status: health.status.status,
        ready: this.#readyText(health.status.ready, health.status.total),
        restarts: health.status.restarts,
        lastRestartAt: health.status.lastRestartAt,
        createdAt: pod.createdAt,
        workload,
        severity: health.severity,
        init: health.init && { done: health.init.done, total: health.init.total },
      }
    } else {
      this.#rechecks.set(uid, null)
    }
    this.#replaceProblems(uid, found)
    if (previous && next && samePodRow(previous, next)) return
    if (!previous && !next) return
    if (next) this.rows.set(uid, next)
    else this.rows.delete(uid)
    this.#countRow(previous, -1)
    this.#countRow(next, 1)
    const known = this.#changes.pods.get(uid)
    this.#changes.pods.set(uid, { previous: known ? known.previous : previous, next })
  }

  /** The same few texts for all pods. */
  #readyText(ready: number, total: number): string {
    const key = ready * 1_000 + total
    const known = this.#readyTexts.get(key)
    if (known !== undefined) return known
    const text = `${ready}/${total}`
    if (total < 1_000) this.#readyTexts.set(key, text)
    return text
  }

  /** One pod that no rule foresaw must cost one row's judgement and not the service (it is counted). */
  #healthOf(
    pod: Pod,
    node: Node | null,
    workload: WorkloadRef | null,
    events: readonly ClusterEvent[],
    now: number,
  ): PodHealth {
    try {
      return podHealth(pod, { node, workload, events, dialect: this.#dialect }, now)
    } catch {
      this.faults += 1
      const status = {
        status: pod.phase || 'Unknown',
        ready: 0,
        total: pod.spec.containers.length,
        restarts: 0,
        lastRestartAt: null,
      }
      return { status, severity: 'warning', init: null, loops: [], problems: [], recheckAt: null }
    }
  }

  #countRow(row: PodRow | null, amount: 1 | -1): void {
    if (!row) return
    this.byNamespace.add(row.namespace, amount)
    this.byStatus.add(row.status, amount)
    this.byZone.add(row.zone ?? '', amount)
    this.bySeverity.add(row.severity, amount)
    const node = row.node ?? ''
    this.#changes.nodes.add(node)
    let counts = this.#nodeCounts.get(node)
    if (!counts) {
      counts = { bySeverity: { ok: 0, progress: 0, warning: 0, error: 0 } }
      this.#nodeCounts.set(node, counts)
    }
    counts.bySeverity[row.severity] += amount
    const { ok, progress, warning, error } = counts.bySeverity
    if (ok + progress + warning + error === 0) this.#nodeCounts.delete(node)
  }

  #settleNode(name: string, now: number): void {
    const node = this.#state.node(name)
    this.#replaceProblems(`node/${name}`, node ? nodeProblems(node, now) : [])
  }

  #settleGroup(id: string, now: number): void {
    const summary = this.spread.summary(id)
    if (!summary?.violated) {
      this.violatedSince.delete(id)
      this.#violatedSkew.delete(id)
      this.#replaceProblems(`group/${id}`, [])
      return
    }
    const since = this.violatedSince.get(id) ?? now
    this.violatedSince.set(id, since)
    // Naming the domains costs a walk over them; over thousands of nodes only when the skew itself moves.
    const known = this.#violatedSkew.get(id)
    if (known?.skew === summary.skew && known.since === since && this.#state.size('Node') > fewDomains) return
    this.#violatedSkew.set(id, { skew: summary.skew, since })
    const result = this.spread.result(id)
    const found = result && skewProblem(result, since)
    this.#replaceProblems(`group/${id}`, found ? [found] : [])
  }

  #replaceProblems(subject: string, found: readonly Problem[]): void {
    const before = this.#problemsOf.get(subject) ?? []
    if (before.length === 0 && found.length === 0) return
    for (const old of before) {
      if (found.some((problem) => problem.id === old.id)) continue
      this.#setProblem(old.id, null)
    }
    for (const problem of found) this.#setProblem(problem.id, problem)
    if (found.length > 0) this.#problemsOf.set(subject, found)
    else this.#problemsOf.delete(subject)
  }

  #setProblem(id: string, next: Problem | null): void {
    const previous = this.#problemsById.get(id) ?? null
    if (previous && next && sameProblem(previous, next)) return
    if (previous) {
      this.problems.remove(previous)
      this.problemCounts.add(previous.severity, -1)
      this.problemCounts.add(previous.kind, -1)
      this.#problemsById.delete(id)
    }
    if (next) {
      this.problems.add(next)
      this.problemCounts.add(next.severity, 1)
      this.problemCounts.add(next.kind, 1)
      this.#problemsById.set(id, next)
    }
    const known = this.#changes.problems.get(id)
    this.#changes.problems.set(id, { previous: known ? known.previous : previous, next })
  }

  /** The group has been violated for longer than this analysis exists: history knows. */
  setViolatedSince(id: string, since: number): void {
    const known = this.violatedSince.get(id)
    if (known === undefined || since >= known) return
    this.violatedSince.set(id, since)
    this.#changes.groups.add(id)
    this.#settleGroup(id, since)
  }

  /** Ids of the violated constraints, the largest excess first; at most `limit`. */
  violations(limit: number): string[] {
    const excess = (id: string) => {
      const summary = this.spread.summary(id)
      return summary ? summary.skew - summary.maxSkew : 0
    }
    return [...this.violatedSince.keys()]
      .map((id) => ({ id, by: excess(id) }))
      .sort((a, b) => b.by - a.by || (a.id < b.id ? -1 : 1))
      .slice(0, limit)
      .map(({ id }) => id)
  }
}

function noChanges() {
  return {
    pods: new Map<string, { previous: PodRow | null; next: PodRow | null }>(),
    touchedPods: new Set<string>(),
    nodes: new Set<string>(),
    problems: new Map<string, { previous: Problem | null; next: Problem | null }>(),
    groups: new Set<string>(),
    services: new Set<string>(),
  }
}

/** Nodes, and so domains, up to which a group's domains are named anew with every change. */
const fewDomains = 50

const noPods: Readonly<Record<Severity, number>> = { ok: 0, progress: 0, warning: 0, error: 0 }

export function isReady(node: Node): boolean {
  return node.conditions.some((condition) => condition.type === 'Ready' && condition.status === 'True')
}

function compareProblems(a: Problem, b: Problem): number {
  return compareSeverity(a.severity, b.severity) || b.since - a.since || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

function sameProblem(a: Problem, b: Problem): boolean {
  return (
    a.severity === b.severity &&
    a.since === b.since &&
    a.title === b.title &&
    a.detail === b.detail &&
    a.workload?.name === b.workload?.name &&
    a.workload?.kind === b.workload?.kind
  )
}
