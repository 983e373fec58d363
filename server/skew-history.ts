import type { ClusterAnalysis } from '../domain/analysis/cluster-analysis.ts'
import { workloadDetail } from '../domain/live/workload-detail.ts'
import type { ClusterState } from '../domain/state/cluster-state.ts'
import type { RolloutMark, SkewHistory } from './history/pod-history.ts'
import type { HistoryKeeper } from './history-keeper.ts'

/** What history keeps of a workload's skews, its rollouts told exactly where their revisions are there still. */
export async function skewHistory(
  history: HistoryKeeper,
  state: ClusterState,
  analysis: ClusterAnalysis,
  which: {
    readonly namespace: string
    readonly kind: string
    readonly name: string
    readonly from: number
    readonly to: number
  },
): Promise<SkewHistory | null> {
  const { namespace, kind, name, from, to } = which
  const kept = await history.skewHistory({ namespace, kind, workload: name, from, to })
  if (!kept) return null
  const workload = state.workloadNamed(kind, namespace, name)
  const revisions = workload ? workloadDetail(state, analysis, workload).revisions : []
  return { ...kept, rollouts: rollouts(kept.rollouts, revisions, from, to) }
}

/** Events of a rollout come within this time of its revision, ms. */
const sameRollout = 60_000

/** A revision that is there tells itself when it was made; that it was scaled up again is told by events only. */
function rollouts(
  kept: readonly RolloutMark[],
  revisions: readonly { readonly name: string; readonly createdAt: number }[],
  from: number,
  to: number,
): readonly RolloutMark[] {
  const made = new Map(revisions.map((revision) => [revision.name, revision.createdAt]))
  const others = kept.filter(({ revision, at, evidence }) => {
    const createdAt = made.get(revision)
    return createdAt === undefined || (evidence === 'scaled-up' && at - createdAt >= sameRollout)
  })
  const exact = [...made].map(([revision, at]) => ({ at, revision, evidence: 'revision' as const }))
  return [...exact.filter(({ at }) => at >= from && at < to), ...others].sort((a, b) => a.at - b.at)
}
