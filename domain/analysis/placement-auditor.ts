import type { Namespace } from '../model/namespace.ts'
import type { Node } from '../model/node.ts'
import type { Pod } from '../model/pod.ts'
import type { Workload } from '../model/workload.ts'
import {
  type AffinityAudit,
  type AffinityStanding,
  type AuditedPod,
  affinityAudit,
  hasPlacementRules,
  isAudited,
} from '../placement/affinity-audit.ts'
import { AffinityReach } from '../placement/affinity-reach.ts'
import type { DefaultSpread } from '../placement/default-spread.ts'
import { sameLabels } from '../placement/same-labels.ts'
import type { SchedulerRules } from '../placement/scheduler-rules.ts'
import { isOnNode } from '../placement/scheduling-view.ts'
import { sameTaints } from '../placement/taints.ts'
import type { WorkloadSpread } from '../placement/workload-spread.ts'
import type { ClusterState } from '../state/cluster-state.ts'
import type { LiveSchedulingView } from './live-scheduling-view.ts'
import { WorkloadSpreads } from './workload-spreads.ts'

/** Slices of work in one turn; each is about 2,000 pods. */
const slicesPerTurn = 2
/** Between the end of one audit and the next, ms, and so much for each pod that it looked at besides. */
const pauseAtLeast = 1_000
const pausePerPod = 0.2

export interface AuditChanges {
  /** Ids of workloads whose record is another now, or gone. */
  readonly affinity: ReadonlySet<string>
  readonly workloads: ReadonlySet<string>
}

/**
 * How each workload lies (see WorkloadSpreads: right after every settling), and how its affinity
 * holds. That is looked at anew, in slices over several settlings, some time after something on which
 * it rests has changed: a pod with placement rules or on a tainted node, a pod that some term may match
 * (its coming, going, labels or node, never its status), a node's labels or taints. One look costs what
 * affinityAudit says, and is followed by a pause in proportion; a cluster without rules and taints of its
 * own costs nothing.
 */
export class PlacementAuditor {
  readonly #state: ClusterState
  readonly #view: LiveSchedulingView
  readonly #spreads: WorkloadSpreads
  /** Uids of pods on nodes that have placement rules. */
  readonly #ruled = new Set<string>()
  /** Names of nodes with taints that are audited. */
  readonly #tainted = new Set<string>()
  #affinity: ReadonlyMap<string, AffinityStanding> = new Map()
  #reach = new AffinityReach()
  #running: Generator<void, AffinityAudit> | null = null
  #isStale = false
  #rested = Number.NEGATIVE_INFINITY

  constructor(state: ClusterState, view: LiveSchedulingView, rules: SchedulerRules, defaultSpread: DefaultSpread) {
    this.#state = state
    this.#view = view
    this.#spreads = new WorkloadSpreads(state, view, rules, defaultSpread)
  }

  get workloads(): ReadonlyMap<string, WorkloadSpread> {
    return this.#spreads.records
  }

  get affinity(): ReadonlyMap<string, AffinityStanding> {
    return this.#affinity
  }

  /** Whether another settling would do more, without any further change. */
  get hasMore(): boolean {
    return this.#spreads.backlog > 0 || this.#running !== null
  }

  applyPod(previous: Pod | null, next: Pod | null): void {
    this.#spreads.applyPod(previous, next)
    const before = previous && isOnNode(previous) ? previous : null
    const after = next && isOnNode(next) ? next : null
    if (before && after && isSameToTerms(before, after)) return
    if (before && this.#concerns(before)) this.#isStale = true
    if (before) this.#ruled.delete(before.uid)
    if (after && hasPlacementRules(after)) this.#ruled.add(after.uid)
    if (after && this.#concerns(after)) this.#isStale = true
  }

  applyNode(previous: Node | null, next: Node | null): void {
    this.#spreads.applyNode(previous, next)
    const name = (next ?? previous)?.name ?? ''
    const wasTainted = this.#tainted.has(name)
    if (this.#state.node(name)?.taints.some(isAudited)) this.#tainted.add(name)
    else this.#tainted.delete(name)
    const areLabelsSame = previous && next && sameLabels(previous.labels, next.labels)
    if (!areLabelsSame && this.#ruled.size > 0) this.#isStale = true
    const areTaintsSame = previous && next && sameTaints(previous, next)
    if (!areTaintsSame && (wasTainted || this.#tainted.has(name))) this.#isStale = true
  }

  applyWorkload(previous: Workload | null, next: Workload | null): void {
    this.#spreads.applyWorkload(previous, next)
    const uid = (next ?? previous)?.uid ?? ''
    if (this.#isStale || previous?.owner?.uid === next?.owner?.uid) return
    // Its pods are told of under another workload now.
    for (const pod of this.#state.podsOfOwner(uid)) if (this.#ruled.has(pod)) this.#isStale = true
    if (this.#tainted.size > 0) this.#isStale = true
  }

  applyNamespace(previous: Namespace | null, next: Namespace | null): void {
    if (!this.#reach.goesByNamespaceLabels) return
    if (!previous || !next || !sameLabels(previous.labels, next.labels)) this.#isStale = true
  }

  /** @param limit of workloads whose lying is looked at */
  settle(now: number, limit: number): AuditChanges {
    return { workloads: this.#spreads.settle(limit), affinity: this.#settleAffinity(now) }
  }

  #settleAffinity(now: number): ReadonlySet<string> {
    if (!this.#running) {
      if (!this.#isStale || now < this.#rested) return nothing
      this.#isStale = false
      this.#running = affinityAudit(this.#audited(), this.#view)
    }
    for (let slice = 0; slice < slicesPerTurn; slice += 1) {
      const step = this.#running.next()
      if (!step.done) continue
      this.#running = null
      this.#rested = now + pauseAtLeast + step.value.cost * pausePerPod
      this.#reach = step.value.reach
      return this.#replace(step.value.standings)
    }
    return nothing
  }

  #concerns(pod: Pod): boolean {
    // An audit that is running may find terms that reach further.
    return (
      this.#running !== null || this.#ruled.has(pod.uid) || this.#tainted.has(pod.nodeName) || this.#reach.mayMatch(pod)
    )
  }

  *#audited(): Generator<AuditedPod> {
    const uids = new Set(this.#ruled)
    for (const node of this.#tainted) for (const uid of this.#state.podsOnNode(node)) uids.add(uid)
    for (const uid of uids) {
      const pod = this.#state.pod(uid)
      if (!pod || !isOnNode(pod)) continue
      yield { pod, workload: this.#state.workloadOf(pod) ?? { kind: 'Pod', name: pod.name } }
    }
  }

  #replace(standings: readonly AffinityStanding[]): ReadonlySet<string> {
    const before = this.#affinity
    const kept = new Map<string, AffinityStanding>()
    const changed = new Set<string>()
    for (const standing of standings) {
      const known = before.get(standing.id)
      // Records that say the same stay the same object.
      const isSame = known !== undefined && JSON.stringify(known) === JSON.stringify(standing)
      kept.set(standing.id, isSame ? known : standing)
      if (!isSame) changed.add(standing.id)
    }
    for (const id of before.keys()) if (!kept.has(id)) changed.add(id)
    this.#affinity = kept
    return changed
  }
}

const nothing: ReadonlySet<string> = new Set()

function isSameToTerms(a: Pod, b: Pod): boolean {
  return (
    a.nodeName === b.nodeName && a.spec === b.spec && a.owner?.uid === b.owner?.uid && sameLabels(a.labels, b.labels)
  )
}
