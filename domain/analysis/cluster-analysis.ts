import type { KubectlDialect } from '../health/kubectl-dialect.ts'
import { nodeProblems } from '../health/node-health.ts'
import { type PodHealth, podHealth } from '../health/pod-health.ts'
import type { Problem, ProblemGroup, ProblemStory, RolloutCause } from '../health/problem.ts'
import type { Severity } from '../health/severity.ts'
import type { PodRow } from '../live/pod-row.ts'
import type { ClusterEvent } from '../model/cluster-event.ts'
import type { EndpointSlice } from '../model/endpoint-slice.ts'
import type { Namespace } from '../model/namespace.ts'
import type { Node } from '../model/node.ts'
import type { Pod } from '../model/pod.ts'
import type { TopologySpreadConstraint } from '../model/pod-spec.ts'
import type { Service } from '../model/service.ts'
import type { Workload } from '../model/workload.ts'
import { type DefaultSpread, defaultSelector, systemDefaultSpread, withSelector } from '../placement/default-spread.ts'
import { isPending } from '../placement/pending-pod.ts'
import type { SchedulerRules } from '../placement/scheduler-rules.ts'
import { skewProblem } from '../placement/skew-problem.ts'
import { SpreadGroups } from '../placement/spread-groups.ts'
import { type SpreadHealing, spreadHealing } from '../placement/spread-healing.ts'
import type { ClusterState, StateChange, WorkloadRef } from '../state/cluster-state.ts'
import { Counter } from './counter.ts'
import { LiveSchedulingView } from './live-scheduling-view.ts'
import { PendingPods } from './pending-pods.ts'
import { PlacementAuditor } from './placement-auditor.ts'
import { ProblemGroups } from './problem-groups.ts'
import { ProblemStories } from './problem-stories.ts'
import { RecheckQueue } from './recheck-queue.ts'
import { samePodRow } from './same-pod-row.ts'
import { ServiceStates, serviceKey } from './service-states.ts'
import { workloadActivity } from './workload-activity.ts'
import { workloadKey } from './workload-key.ts'

/** What changed in the answers since the analysis was last settled. */
export interface AnalysisChanges {
  readonly pods: ReadonlyMap<string, { readonly previous: PodRow | null; readonly next: PodRow | null }>
  /** Pods of which something changed that their row doesn't show (events, conditions, services). */
  readonly touchedPods: ReadonlySet<string>
  readonly nodes: ReadonlySet<string>
  /** Groups of problems: made, changed, told differently or gone. */
  readonly problemGroups: ReadonlySet<string>
  /** Workloads of which an object, a pod or a problem changed, by workloadKey. */
  readonly workloads: ReadonlySet<string>
  /** Groups of spread constraints. */
  readonly groups: ReadonlySet<string>
  /** Services that changed, or their endpoints, by serviceKey. */
  readonly services: ReadonlySet<string>
  /** Pending pods whose explanation is another, and pods that aren't pending any longer. */
  readonly pending: ReadonlySet<string>
  /** Workloads (namespace/kind/name) whose affinity stands otherwise. */
  readonly affinity: ReadonlySet<string>
  /** Workloads whose pods lie otherwise, by workloadKey. */
  readonly placed: ReadonlySet<string>
}

/** What the server's version decides. */
export interface AnalysisRules {
  readonly dialect: KubectlDialect
  readonly scheduler: SchedulerRules
  /** See serviceProblem; true where it isn't given. */
  readonly terminatingEndpointsServe?: boolean
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
  /** The cluster as the scheduler sees it. */
  scheduling: LiveSchedulingView
  pending: PendingPods
  audit: PlacementAuditor
  scheduler: SchedulerRules
  /** What the scheduler applies to pods without constraints, as far as is known. */
  readonly defaultSpread: DefaultSpread
  readonly services: ServiceStates
  readonly rows = new Map<string, PodRow>()
  readonly byNamespace = new Counter()
  readonly byStatus = new Counter()
  readonly byZone = new Counter()
  readonly bySeverity = new Counter()
  readonly nodesByZone = new Counter()
  /** Pods by workloadKey. */
  readonly byWorkload = new Counter()
  /** Single problems by kind. */
  readonly problemCounts = new Counter()
  readonly problemGroups = new ProblemGroups()
  readonly #stories: ProblemStories
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
  readonly #dirtyWorkloads = new Set<string>()
  readonly #readyTexts = new Map<number, string>()
  #topWorkloads = 0
  #changes = noChanges()

  /** @param defaultSpread what the scheduler applies to pods without constraints, as far as is known */
  constructor(state: ClusterState, rules: AnalysisRules, defaultSpread = systemDefaultSpread) {
    this.#state = state
    this.services = new ServiceStates(state)
    this.defaultSpread = defaultSpread
    this.#dialect = rules.dialect
    this.scheduler = rules.scheduler
    this.services.terminatingServes = rules.terminatingEndpointsServe ?? true
    this.spread = new SpreadGroups(rules.scheduler)
    this.scheduling = new LiveSchedulingView(state, rules.scheduler, (pod) => this.defaultConstraints(pod))
    this.pending = new PendingPods(state, this.scheduling, rules.scheduler)
    this.audit = new PlacementAuditor(state, this.scheduling, rules.scheduler, defaultSpread)
    this.#stories = new ProblemStories({
      state,
      groups: this.problemGroups,
      services: this.services,
      podsByWorkload: this.byWorkload,
      spread: () => this.spread,
      healing: (id) => this.healing(id),
      pending: (uid) => this.pending.get(uid),
      dialect: () => this.#dialect,
      now: () => this.settledAt,
      problemsOf: (uid) => this.problemsOf(uid),
    })
  }

  /** What the server's version decides. To be told before the first object. */
  setRules({ dialect, scheduler, terminatingEndpointsServe = true }: AnalysisRules): void {
    this.#dialect = dialect
    this.scheduler = scheduler
    this.services.terminatingServes = terminatingEndpointsServe
    this.spread = new SpreadGroups(scheduler)
    this.scheduling = new LiveSchedulingView(this.#state, scheduler, (pod) => this.defaultConstraints(pod))
    this.pending = new PendingPods(this.#state, this.scheduling, scheduler)
    this.audit = new PlacementAuditor(this.#state, this.scheduling, scheduler, this.defaultSpread)
  }

  /** The constraints of the scheduler's own for a pod that has none. */
  defaultConstraints(pod: Pod): readonly TopologySpreadConstraint[] {
    if (this.defaultSpread.constraints.length === 0 || pod.spec.topologySpreadConstraints.length > 0) return []
    const services = this.#state.servicesIn(pod.namespace).map(({ selector }) => selector)
    const kind = pod.owner?.kind
    const owner =
      pod.owner && (kind === 'ReplicaSet' || kind === 'StatefulSet')
        ? (this.#state.workload(kind, pod.owner.uid)?.selector ?? null)
        : null
    const selector = defaultSelector(pod.labels, services, owner)
    return selector ? withSelector(this.defaultSpread, selector) : []
  }

  /** Whether a violated constraint mends itself, and what helps; null where it isn't violated. */
  healing(id: string): SpreadHealing | null {
    const group = this.spread.result(id)
    if (!group?.violated) return null
    return spreadHealing(group, workloadActivity(this.#state, group.workload, group.namespace))
  }

  /** Workloads that no other workload controls. */
  get workloads(): number {
    return this.#topWorkloads
  }

  /** Pods that still wait to be looked at. */
  get backlog(): number {
    return this.#dirtyPods.size
  }

  /** Whether another settling would conclude more from what is known already. */
  get hasMore(): boolean {
    return this.#dirtyPods.size > 0 || this.audit.hasMore
  }

  /** All problems, in no order. */
  problems(): IterableIterator<Problem> {
    return this.#problemsById.values()
  }

  /** The problems of one workload and cause, told whole; null where there are none (any more). */
  problemGroup(id: string): ProblemGroup | null {
    return this.#stories.group(id)
  }

  /** What there is to tell of one problem. */
  story(problem: Problem): ProblemStory {
    return this.#stories.problem(problem)
  }

  /** The revision with which a trouble of this pod came; null where none did or that isn't known. */
  rolloutOfPod(uid: string): RolloutCause | null {
    for (const problem of this.problemsOf(uid)) {
      const id = this.problemGroups.idOf(problem)
      const rollout = id === null ? null : this.problemGroup(id)?.rollout
      if (rollout) return rollout
    }
    return null
  }

  /** The worst first. */
  *worstGroups(limit: number): Generator<ProblemGroup> {
    for (const { id } of this.problemGroups.order.slice(0, limit)) {
      const group = this.#stories.groupOnce(id)
      if (group) yield group
    }
  }

  problemsOf(uid: string): readonly Problem[] {
    return this.#problemsOf.get(uid) ?? []
  }

  nodeCounts(name: string): Readonly<Record<Severity, number>> {
    return this.#nodeCounts.get(name)?.bySeverity ?? noPods
  }

  /** Names of nodes that pods are on, whether or not there are such nodes; the empty one for pods without. */
  nodesOfPods(): IterableIterator<string> {
    return this.#nodeCounts.keys()
  }

  hasPodsOn(node: string): boolean {
    return this.#nodeCounts.has(node)
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
          if (event.reason === 'FailedScheduling') this.#changes.pending.add(event.regarding.uid)
        }
        break
      }
      case 'Service':
        this.services.applyService(change.previous as Service | null, change.next as Service | null)
        break
      case 'EndpointSlice':
        this.services.applySlice(change.previous as EndpointSlice | null, change.next as EndpointSlice | null)
        break
      case 'PodDisruptionBudget':
        break
      case 'Namespace':
        this.scheduling.applyNamespace(change.previous as Namespace | null, change.next as Namespace | null)
        this.audit.applyNamespace(change.previous as Namespace | null, change.next as Namespace | null)
        break
      default:
        this.#applyWorkload(change.previous as Workload | null, change.next as Workload | null)
    }
  }

  /** Something that rows and problems don't go by, and the pods' own pages show, has changed. */
  touch(pods: Iterable<string>): void {
    for (const uid of pods) this.#changes.touchedPods.add(uid)
  }

  /**
   * Draws the conclusions from all changes so far, for at most `limit` pods (and how as many workloads
   * lie): after a first list there may be 150,000, and whoever calls has other things to do too. See
   * `hasMore`.
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
    this.#settleServices(now)
    for (const key of this.#dirtyWorkloads) {
      this.#changes.workloads.add(key)
      this.problemGroups.touchWorkload(key)
    }
    this.#dirtyWorkloads.clear()
    for (const id of this.problemGroups.settle(now)) {
      this.#stories.forget(id)
      this.#changes.problemGroups.add(id)
    }
    // While a first list is being judged everything changes all the time.
    if (this.#dirtyPods.size > 0) return
    for (const uid of this.pending.settle(now)) {
      this.#changes.pending.add(uid)
      this.#retellPending(uid)
    }
    const { affinity, workloads } = this.audit.settle(now, limit)
    for (const id of affinity) this.#changes.affinity.add(id)
    for (const id of workloads) this.#changes.placed.add(id)
  }

  /** What would let a pod fit is told with its problem. */
  #retellPending(uid: string): void {
    for (const problem of this.problemsOf(uid)) {
      const id = problem.kind === 'pod-pending' ? this.problemGroups.idOf(problem) : null
      if (id === null || this.#changes.problemGroups.has(id)) continue
      this.#stories.forget(id)
      this.#changes.problemGroups.add(id)
    }
  }

  /** Hands over what the conclusions since the last call have changed; null when nothing has. */
  takeChanges(): AnalysisChanges | null {
    const changes = this.#changes
    if (Object.values(changes).every(({ size }) => size === 0)) return null
    this.#changes = noChanges()
    return changes
  }

  #applyPod(previous: Pod | null, next: Pod | null): void {
    const pod = next ?? previous
    if (!pod) return
    this.services.applyPod(previous, next)
    this.spread.applyPod(previous, next, this.#state.workloadOf(pod) ?? { kind: 'Pod', name: pod.name })
    this.scheduling.applyPod(previous, next)
    this.pending.applyPod(previous, next)
    if ((previous && isPending(previous)) || (next && isPending(next))) this.#changes.pending.add(pod.uid)
    this.audit.applyPod(previous, next)
    this.#dirtyPods.add(pod.uid)
  }

  #applyNode(previous: Node | null, next: Node | null): void {
    this.spread.applyNode(previous, next)
    this.scheduling.applyNode(previous, next)
    this.audit.applyNode(previous, next)
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
    this.audit.applyWorkload(previous, next)
    if (previous && !previous.owner) this.#topWorkloads -= 1
    if (next && !next.owner) this.#topWorkloads += 1
    const workload = next ?? previous
    for (const each of [previous, next]) {
      if (each) this.#dirtyWorkloads.add(workloadKey(each.namespace, each.owner ?? each))
    }
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
    const hadProblems = this.#problemsOf.has(uid)
    this.#replaceProblems(uid, found, pod?.owner?.uid ?? '')
    if (pod && (found.length > 0 || hadProblems)) {
      // What explains an outage are the problems of its pods.
      for (const { outage } of this.services.ofPod(pod)) if (outage) this.problemGroups.touch(outage)
    }
    // A bare pod's problems have no workload through which they would be touched.
    for (const problem of found) if (!problem.workload) this.problemGroups.touch(problem)
    this.#touchWorkloads(previous, next)
    if (previous && next && samePodRow(previous, next)) return
    if (!previous && !next) return
    if (next) this.rows.set(uid, next)
    else this.rows.delete(uid)
    this.#countRow(previous, -1)
    this.#countRow(next, 1)
    const known = this.#changes.pods.get(uid)
    this.#changes.pods.set(uid, { previous: known ? known.previous : previous, next })
  }

  /** Counts the pod with its workload, and has that one's groups told anew. */
  #touchWorkloads(previous: PodRow | null, next: PodRow | null): void {
    const before = previous?.workload ?? null
    const after = next?.workload ?? null
    if (next && after) {
      const key = workloadKey(next.namespace, after)
      this.#dirtyWorkloads.add(key)
      if (before === after) return
      this.byWorkload.add(key, 1)
    }
    if (previous && before) {
      const key = workloadKey(previous.namespace, before)
      this.#dirtyWorkloads.add(key)
      this.byWorkload.add(key, -1)
    }
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

  #settleServices(now: number): void {
    for (const [uid, { before, after, pods }] of this.services.settle(now)) {
      const known = after ?? before
      if (!known) continue
      this.#changes.services.add(serviceKey(known.service))
      this.#replaceProblems(`service/${uid}`, after?.outage ? [after.outage] : [])
      if (after?.outage) this.problemGroups.touch(after.outage)
      if (after && before?.service === after.service) continue
      // Its pods' problems say whom they affect.
      for (const pod of pods) {
        const row = this.rows.get(pod)
        if (row?.workload) this.#dirtyWorkloads.add(workloadKey(row.namespace, row.workload))
        for (const problem of this.problemsOf(pod)) if (!problem.workload) this.problemGroups.touch(problem)
      }
    }
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

  /** @param owner uid of the controller of the pod whose problems these are */
  #replaceProblems(subject: string, found: readonly Problem[], owner = ''): void {
    const before = this.#problemsOf.get(subject) ?? []
    if (before.length === 0 && found.length === 0) return
    for (const old of before) {
      if (found.some((problem) => problem.id === old.id)) continue
      this.#setProblem(old.id, null, owner)
    }
    for (const problem of found) this.#setProblem(problem.id, problem, owner)
    if (found.length > 0) this.#problemsOf.set(subject, found)
    else this.#problemsOf.delete(subject)
  }

  #setProblem(id: string, next: Problem | null, owner: string): void {
    const previous = this.#problemsById.get(id) ?? null
    if (previous && next && sameProblem(previous, next)) return
    if (previous) {
      this.problemCounts.add(previous.kind, -1)
      this.#problemsById.delete(id)
    }
    if (next) {
      this.problemCounts.add(next.kind, 1)
      this.#problemsById.set(id, next)
    }
    this.problemGroups.replace(previous, next, owner)
  }

  /** The group has been violated for longer than this analysis exists: history knows. */
  setViolatedSince(id: string, since: number): void {
    const known = this.violatedSince.get(id)
    if (known === undefined || since >= known) return
    this.violatedSince.set(id, since)
    this.#changes.groups.add(id)
    this.#settleGroup(id, this.settledAt)
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
    problemGroups: new Set<string>(),
    workloads: new Set<string>(),
    groups: new Set<string>(),
    services: new Set<string>(),
    pending: new Set<string>(),
    affinity: new Set<string>(),
    placed: new Set<string>(),
  }
}

/** Nodes, and so domains, up to which a group's domains are named anew with every change. */
const fewDomains = 50

const noPods: Readonly<Record<Severity, number>> = { ok: 0, progress: 0, warning: 0, error: 0 }

export function isReady(node: Node): boolean {
  return node.conditions.some((condition) => condition.type === 'Ready' && condition.status === 'True')
}

function sameProblem(a: Problem, b: Problem): boolean {
  return (
    a.severity === b.severity &&
    a.cause === b.cause &&
    a.role === b.role &&
    a.since === b.since &&
    a.lastSeenAt === b.lastSeenAt &&
    a.title === b.title &&
    a.detail === b.detail &&
    a.workload?.name === b.workload?.name &&
    a.workload?.kind === b.workload?.kind
  )
}
