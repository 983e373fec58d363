import type { SkewGroup } from '../../domain/history/fact.ts'
import type { PrismaClient } from '../../prisma/client/client.ts'
import type { NodeMark, RolloutMark, SkewHistory, SkewSeries } from './pod-history.ts'
import { readGaps } from './queries.ts'
import { type WorkloadOf, workloadOwners, workloadPods } from './workload-pods-query.ts'

export interface SkewHistoryOf extends WorkloadOf {
  /** Instants, ms. */
  readonly from: number
  readonly to: number
}

const mostPoints = 5_000
const mostSeries = 50
const mostMarks = 500
const mostGaps = 200
/** Pods of one rollout come within this time of its ReplicaSet, ms. */
const sameRollout = 60_000

/** How the skews of a workload's constraints have changed, and what happened meanwhile; see HistoryQueries. */
export async function readSkewHistory(
  prisma: PrismaClient,
  cluster: number,
  which: SkewHistoryOf,
): Promise<SkewHistory> {
  return {
    series: await readSeries(prisma, cluster, which),
    rollouts: await readRollouts(prisma, cluster, which),
    nodes: await readNodeMarks(prisma, cluster, which),
    gaps: await readGaps(prisma, cluster, { from: which.from, to: which.to, limit: mostGaps }),
  }
}

/** The skew that was last told of each constraint; those that no pod carries any more are left out. */
export async function readLastSkews(
  prisma: PrismaClient,
  cluster: number,
): Promise<{ readonly group: SkewGroup; readonly skew: number }[]> {
  const found = await prisma.skewGroup.findMany({
    where: { clusterId: cluster },
    include: { workload: true, changes: { orderBy: { at: 'desc' }, take: 1 } },
  })
  return found.flatMap((row) => {
    const skew = row.changes[0]?.skew ?? null
    if (skew === null) return []
    const { topologyKey, maxSkew, whenUnsatisfiable, workload } = row
    const { kind, name, namespace } = workload
    return {
      group: { id: row.identity, namespace, workload: { kind, name }, topologyKey, maxSkew, whenUnsatisfiable },
      skew,
    }
  })
}

async function readSeries(
  prisma: PrismaClient,
  cluster: number,
  { namespace, kind, workload, from, to }: SkewHistoryOf,
): Promise<SkewSeries[]> {
  const groups = await prisma.skewGroup.findMany({
    where: { clusterId: cluster, workload: { clusterId: cluster, kind, namespace, name: workload } },
    orderBy: { id: 'desc' },
    take: mostSeries,
  })
  const series: SkewSeries[] = []
  for (const { id, identity, topologyKey, maxSkew, whenUnsatisfiable } of groups) {
    // As it was when the range begins, is told by the last change before it.
    const before = await prisma.skewChange.findFirst({
      where: { groupId: id, at: { lt: BigInt(from) } },
      orderBy: { at: 'desc' },
    })
    const within = await prisma.skewChange.findMany({
      where: { groupId: id, at: { gte: BigInt(from), lt: BigInt(to) } },
      orderBy: { at: 'desc' },
      take: mostPoints,
    })
    const rows = [...within, ...(before && before.skew !== null ? [before] : [])].toReversed()
    if (rows.length === 0) continue
    const points = rows.map(({ at, skew }) => ({ at: Number(at), skew }))
    series.push({ group: identity, topologyKey, maxSkew, whenUnsatisfiable, points })
  }
  return series
}

/**
 * ReplicaSets by their first pod that is known, and by the events of their being scaled up from
 * nothing (k/k pkg/controller/deployment/sync.go: "Scaled up replica set web-5d from 0 to 1").
 */
async function readRollouts(prisma: PrismaClient, cluster: number, which: SkewHistoryOf): Promise<RolloutMark[]> {
  const { namespace, kind, workload, from, to } = which
  if (kind !== 'Deployment') return []
  const owners = await workloadOwners(prisma, cluster, which)
  const names = new Map(owners.map(({ id, name }) => [id, name]))
  const first = await prisma.pod.groupBy({
    by: ['ownerId'],
    where: { ownerId: { in: [...names.keys()] } },
    _min: { createdAt: true },
  })
  const marks: RolloutMark[] = first.flatMap(({ ownerId, _min: { createdAt } }) =>
    createdAt === null ? [] : { at: Number(createdAt), revision: names.get(ownerId ?? 0) ?? '', evidence: 'first-pod' },
  )
  const events = await prisma.event.findMany({
    where: {
      reason: 'ScalingReplicaSet',
      lastAt: { gte: BigInt(from) },
      firstAt: { lt: BigInt(to) },
      subject: { clusterId: cluster, kind, namespace, name: workload },
    },
    orderBy: { lastAt: 'desc' },
    take: mostMarks,
  })
  for (const { message, firstAt, lastAt } of events) {
    const revision = /^Scaled up replica set (\S+) from 0 to /.exec(message)?.[1]
    if (revision === undefined) continue
    for (const at of new Set([Number(firstAt), Number(lastAt)])) marks.push({ at, revision, evidence: 'scaled-up' })
  }
  marks.sort((a, b) => a.at - b.at)
  const told = marks.filter(
    (mark, index) =>
      !marks.slice(0, index).some(({ at, revision }) => revision === mark.revision && mark.at - at < sameRollout),
  )
  return told.filter(({ at }) => at >= from && at < to)
}

const nodeReasons: Readonly<Record<string, NodeMark['what']>> = {
  NodeNotReady: 'not-ready',
  NodeReady: 'ready',
  RemovingNode: 'removed',
}

/** What befell the nodes on which the workload's pods were. */
async function readNodeMarks(prisma: PrismaClient, cluster: number, which: SkewHistoryOf): Promise<NodeMark[]> {
  const { from, to } = which
  const pods = await workloadPods(prisma, cluster, which)
  const on = await prisma.pod.findMany({
    where: { id: { in: pods.map(({ id }) => id) }, nodeId: { not: null } },
    distinct: ['nodeId'],
    select: { nodeId: true },
  })
  const events = await prisma.event.findMany({
    where: {
      subjectId: { in: on.flatMap(({ nodeId }) => nodeId ?? []) },
      reason: { in: Object.keys(nodeReasons) },
      lastAt: { gte: BigInt(from) },
      firstAt: { lt: BigInt(to) },
    },
    orderBy: { lastAt: 'desc' },
    take: mostMarks,
    include: { subject: { select: { name: true } } },
  })
  return events
    .flatMap(({ reason, firstAt, lastAt, subject: { name } }) =>
      [...new Set([Number(firstAt), Number(lastAt)])].map((at) => ({
        at,
        node: name,
        what: nodeReasons[reason] ?? ('not-ready' as const),
      })),
    )
    .filter(({ at }) => at >= from && at < to)
    .sort((a, b) => a.at - b.at)
}
