import { ClusterAnalysis } from '../../domain/analysis/cluster-analysis.ts'
import type { ProblemGroup } from '../../domain/health/problem.ts'
import { longestWaiting } from '../../domain/live/pending-source.ts'
import { type PlacementItem, placementItems } from '../../domain/live/placement-items.ts'
import type { PodRow } from '../../domain/live/pod-row.ts'
import { worstAffinity, worstRisks } from '../../domain/live/workloads-source.ts'
import { type ClusterObject, clusterObjectKinds } from '../../domain/model/cluster-object.ts'
import type { AffinityStanding } from '../../domain/placement/affinity-audit.ts'
import type { PendingPod } from '../../domain/placement/pending-pod.ts'
import type { WorkloadSpread } from '../../domain/placement/workload-spread.ts'
import { readClusterObject } from '../../domain/read/cluster-object.ts'
import { Interner } from '../../domain/read/interner.ts'
import { ClusterState } from '../../domain/state/cluster-state.ts'
import { analysisRules } from '../analysis-rules.ts'
import { type DumpedObject, isWatchedKind } from './dump.ts'
import { newestTime } from './newest-time.ts'

/** What Plumbline says of a dumped cluster: the items of the HTTP API's answers. */
export interface CheckedCluster {
  /** As of when the cluster was judged, ms. */
  readonly observedAt: number
  readonly serverVersion: string
  /** What the reader must know of how it was judged, one line each. */
  readonly notes: readonly string[]
  readonly pods: readonly PodRow[]
  /** The worst first. */
  readonly problems: readonly ProblemGroup[]
  readonly placement: readonly PlacementItem[]
  /** The longest waiting first. */
  readonly pending: readonly PendingPod[]
  readonly affinity: readonly AffinityStanding[]
  readonly risks: readonly WorkloadSpread[]
}

/**
 * Judges a dump with the same code that judges a live cluster.
 * @param at ms; null: the newest time in the dump
 * @param serverVersion "v1.34.1"; empty: that of the newest kubelet
 */
export function checkCluster(
  dumped: readonly DumpedObject[],
  options: { readonly at: number | null; readonly serverVersion: string },
): CheckedCluster {
  const notes: string[] = []
  const objects = readAll(dumped, notes)
  let observedAt = options.at
  if (observedAt === null) {
    observedAt = dumped.reduce((newest, { raw }) => Math.max(newest, newestTime(raw)), 0)
    notes.push(`judged as of ${instant(observedAt)}, the newest time in the dump; --at gives another`)
  }
  let { serverVersion } = options
  if (serverVersion === '') {
    serverVersion = newestKubelet(objects)
    notes.push(
      serverVersion === ''
        ? 'no nodes tell their version, so the newest Kubernetes is assumed; --server-version gives another'
        : `judged as Kubernetes ${serverVersion} does, the newest kubelet’s version; --server-version gives another`,
    )
  }
  for (const [kind, loss] of losses) {
    if (!objects.some((object) => object.kind === kind)) notes.push(`the dump holds no ${kind}: ${loss}`)
  }
  const state = new ClusterState()
  const analysis = new ClusterAnalysis(state, analysisRules(serverVersion))
  for (const kind of clusterObjectKinds) {
    for (const object of objects) if (object.kind === kind) analysis.apply(state.apply(object))
  }
  do analysis.settle(observedAt)
  while (analysis.hasMore)
  analysis.pending.settleAll(observedAt)
  return {
    observedAt,
    serverVersion,
    notes,
    pods: [...analysis.rows.values()].sort(byName),
    problems: [...analysis.worstGroups(Number.POSITIVE_INFINITY)],
    placement: [...placementItems(analysis)],
    pending: longestWaiting(analysis),
    affinity: worstAffinity(analysis),
    risks: worstRisks(analysis),
  }
}

/** What can't be told without these kinds. */
const losses = [
  ['Node', 'zones, spread constraints and broken nodes aren’t judged'],
  ['Event', 'probes behind restarts, and reasons of failed starts, may not be told'],
  ['Service', 'Services aren’t judged'],
  ['ReplicaSet', 'pods of Deployments are told by their ReplicaSets, and rollouts aren’t judged'],
] as const

function readAll(dumped: readonly DumpedObject[], notes: string[]): readonly ClusterObject[] {
  const interner = new Interner()
  const objects: ClusterObject[] = []
  const ignored = new Map<string, number>()
  let nameless = 0
  for (const { kind, raw } of dumped) {
    if (!isWatchedKind(kind)) {
      ignored.set(kind, (ignored.get(kind) ?? 0) + 1)
      continue
    }
    const object = readClusterObject(kind, raw, interner)
    if (object) objects.push(object)
    else nameless += 1
  }
  if (nameless > 0) notes.push(`${nameless} objects without metadata.uid or metadata.name were left out`)
  if (ignored.size > 0) {
    const kinds = [...ignored].map(([kind, count]) => `${kind} (${count})`).join(', ')
    notes.push(`of kinds that aren’t looked at: ${kinds}`)
  }
  return objects
}

function newestKubelet(objects: readonly ClusterObject[]): string {
  const release = (version: string) => {
    const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(version) ?? []
    return major === undefined ? 0 : Number(major) * 1_000 + Number(minor)
  }
  let newest = ''
  for (const object of objects) {
    if (object.kind === 'Node' && release(object.kubeletVersion) > release(newest)) newest = object.kubeletVersion
  }
  return newest
}

function byName(a: PodRow, b: PodRow): number {
  if (a.namespace !== b.namespace) return a.namespace < b.namespace ? -1 : 1
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0
}

export function instant(at: number): string {
  return new Date(at).toISOString().replace(/\.000Z$/, 'Z')
}
