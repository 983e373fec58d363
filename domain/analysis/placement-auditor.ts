import type { LabelSelector } from '../model/labels.ts'
import { type AffinityStanding, type AuditedPod, affinityAudit } from '../placement/affinity-audit.ts'
import { DefaultDomains } from '../placement/assumed-spread.ts'
import type { DefaultSpread } from '../placement/default-spread.ts'
import type { SchedulerRules } from '../placement/scheduler-rules.ts'
import { isOnNode } from '../placement/scheduling-view.ts'
import { keepsPodsOff } from '../placement/taints.ts'
import { SpreadTally, type WorkloadSpread, zoneKey } from '../placement/workload-spread.ts'
import type { ClusterState, WorkloadRef } from '../state/cluster-state.ts'
import type { LiveSchedulingView } from './live-scheduling-view.ts'

/** Slices of work in one turn; each is about 2,000 pods. */
const slicesPerTurn = 2
const podsInSlice = 2_000
const workloadsInSlice = 100
/** Between the end of one audit and the next, ms, and so much for each pod besides. */
const pauseAtLeast = 1_000
const pausePerPod = 0.2

export interface AuditChanges {
  /** Ids of workloads whose record is another now, or gone. */
  readonly affinity: ReadonlySet<string>
  readonly workloads: ReadonlySet<string>
}

interface Audit {
  readonly workloads: ReadonlyMap<string, WorkloadSpread>
  readonly affinity: ReadonlyMap<string, AffinityStanding>
}

/**
 * What needs a look at all pods: how each workload lies and how its affinity holds. Looked at anew
 * some time after something has changed, in slices, on the pods as they were when the audit began.
 */
export class PlacementAuditor {
  readonly #state: ClusterState
  readonly #view: LiveSchedulingView
  readonly #rules: SchedulerRules
  readonly #defaultSpread: DefaultSpread
  #last: Audit = { workloads: new Map(), affinity: new Map() }
  #running: Generator<void, Audit> | null = null
  #isStale = false
  #endedAt = Number.NEGATIVE_INFINITY

  constructor(state: ClusterState, view: LiveSchedulingView, rules: SchedulerRules, defaultSpread: DefaultSpread) {
    this.#state = state
    this.#view = view
    this.#rules = rules
    this.#defaultSpread = defaultSpread
  }

  get workloads(): ReadonlyMap<string, WorkloadSpread> {
    return this.#last.workloads
  }

  get affinity(): ReadonlyMap<string, AffinityStanding> {
    return this.#last.affinity
  }

  /** Something has changed: a pod, a node, a workload. */
  touch(): void {
    this.#isStale = true
  }

  /** Works for one turn. Returns what has changed when an audit ends with it; null otherwise. */
  settle(now: number): AuditChanges | null {
    if (!this.#running) {
      const pause = pauseAtLeast + this.#state.size('Pod') * pausePerPod
      if (!this.#isStale || now - this.#endedAt < pause) return null
      this.#isStale = false
      this.#running = this.#audit()
    }
    for (let slice = 0; slice < slicesPerTurn; slice += 1) {
      const step = this.#running.next()
      if (!step.done) continue
      this.#running = null
      this.#endedAt = now
      return this.#replace(step.value)
    }
    return null
  }

  /** A whole audit at once: for tests. */
  settleAll(): void {
    const audit = this.#audit()
    let step = audit.next()
    while (!step.done) step = audit.next()
    this.#replace(step.value)
  }

  #replace(next: Audit): AuditChanges {
    const before = this.#last
    const workloads = keepSame(before.workloads, next.workloads)
    const affinity = keepSame(before.affinity, next.affinity)
    this.#last = { workloads: workloads.kept, affinity: affinity.kept }
    return { workloads: workloads.changed, affinity: affinity.changed }
  }

  *#audit(): Generator<void, Audit> {
    const pods: AuditedPod[] = []
    const tallies = new Map<string, { namespace: string; ref: WorkloadRef; tally: SpreadTally }>()
    let count = 0
    for (const pod of [...this.#state.pods()]) {
      count += 1
      if (count % podsInSlice === 0) yield
      if (!isOnNode(pod)) continue
      const ref = this.#state.workloadOf(pod) ?? { kind: 'Pod', name: pod.name }
      pods.push({ pod, workload: ref })
      if (pod.deletedAt !== null || ref.kind === 'Pod' || ref.kind === 'Node') continue
      const id = `${pod.namespace}/${ref.kind}/${ref.name}`
      let known = tallies.get(id)
      if (!known) {
        known = { namespace: pod.namespace, ref, tally: new SpreadTally(pod.spec, pod.labels) }
        tallies.set(id, known)
      }
      const isReady = pod.conditions.some(({ type, status }) => type === 'Ready' && status === 'True')
      const owner = pod.owner?.kind === 'ReplicaSet' || pod.owner?.kind === 'StatefulSet' ? pod.owner.uid : ''
      known.tally.add(pod.nodeName, this.#view.room(pod.nodeName)?.node.labels[zoneKey] ?? null, isReady, owner)
    }
    const cluster = this.#clusterSize()
    const nodes = this.#view.rooms.map(({ node }) => node)
    const defaults = new DefaultDomains(this.#defaultSpread, nodes)
    const nodeOf = (name: string) => this.#view.room(name)?.node
    const workloads = new Map<string, WorkloadSpread>()
    for (const { namespace, ref, tally } of tallies.values()) {
      if (workloads.size % workloadsInSlice === workloadsInSlice - 1) yield
      const assumed = tally.assumed(defaults, nodeOf)
      const selector = this.#selectorOf(ref, namespace)
      const spread = tally.result(namespace, ref, selector, cluster, this.#rules.hasMatchLabelKeys, assumed)
      workloads.set(spread.id, spread)
    }
    yield
    const affinity = yield* affinityAudit(pods, this.#view)
    return { workloads, affinity: new Map(affinity.map((standing) => [standing.id, standing])) }
  }

  #selectorOf({ kind, name }: WorkloadRef, namespace: string): LabelSelector | null {
    return this.#state.workloadNamed(kind, namespace, name)?.selector ?? null
  }

  /** Zones and nodes that take pods. */
  #clusterSize(): { zones: number; nodes: number } {
    const usable = this.#view.rooms.filter(({ node }) => !node.unschedulable && !node.taints.some(keepsPodsOff))
    return { zones: new Set(usable.flatMap(({ node }) => node.labels[zoneKey] ?? [])).size, nodes: usable.length }
  }
}

/** Records that say the same stay the same object. */
function keepSame<T extends object>(
  before: ReadonlyMap<string, T>,
  next: ReadonlyMap<string, T>,
): { kept: ReadonlyMap<string, T>; changed: ReadonlySet<string> } {
  const kept = new Map<string, T>()
  const changed = new Set<string>()
  for (const [id, record] of next) {
    const known = before.get(id)
    if (known && JSON.stringify(known) === JSON.stringify(record)) {
      kept.set(id, known)
      continue
    }
    kept.set(id, record)
    changed.add(id)
  }
  for (const id of before.keys()) if (!next.has(id)) changed.add(id)
  return { kept, changed }
}
