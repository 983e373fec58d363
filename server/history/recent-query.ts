import type { PrismaClient } from '../../prisma/client/client.ts'
import type { RecentFact } from './pod-history.ts'
import { readProbeFailures } from './probe-failure-query.ts'
import { readGaps } from './queries.ts'
import { readEvent, readReadiness, readRun, readViolation } from './rows.ts'

/** See HistoryQueries.recent. */
export async function readRecent(
  prisma: PrismaClient,
  cluster: number,
  namespace: string | undefined,
  before: number,
  limit: number,
): Promise<RecentFact[]> {
  const until = { lt: BigInt(before) }
  const subject = { clusterId: cluster, ...(namespace ? { namespace } : {}) }
  // Events know their cluster themselves, which lets SQLite read them in the order of their times.
  const event = { clusterId: cluster, ...(namespace ? { subject: { namespace } } : {}) }
  const pod = { select: { subject: { select: { uid: true, namespace: true, name: true } } } } as const
  const runs = await prisma.containerRun.findMany({
    where: { finishedAt: until, pod: { subject } },
    orderBy: { finishedAt: 'desc' },
    take: limit,
    include: { pod },
  })
  // Whether a container is ready is told by its pod; that it isn't any more, by its run.
  const readiness = await prisma.readinessChange.findMany({
    where: { at: until, container: '', pod: { subject } },
    orderBy: { at: 'desc' },
    take: limit,
    include: { pod },
  })
  const events = await prisma.event.findMany({
    where: { ...event, lastAt: until, probe: null },
    orderBy: { lastAt: 'desc' },
    take: limit,
    include: { subject: { select: { kind: true, namespace: true, name: true } } },
  })
  const group = { include: { workload: true } } as const
  const began = await prisma.skewViolation.findMany({
    where: { beganAt: until, group: { workload: subject } },
    orderBy: { beganAt: 'desc' },
    take: limit,
    include: { group },
  })
  const ended = await prisma.skewViolation.findMany({
    where: { endedAt: until, group: { workload: subject } },
    orderBy: { endedAt: 'desc' },
    take: limit,
    include: { group },
  })
  const failures = await readProbeFailures(prisma, event, before, limit)
  const gaps = await readGaps(prisma, cluster, { from: 0, to: before, limit })
  const facts: RecentFact[] = [
    ...runs.map((row) => ({
      type: 'run-ended' as const,
      at: Number(row.finishedAt),
      pod: row.pod.subject,
      ...readRun(row),
    })),
    ...readiness.map((row) => ({ type: 'readiness' as const, pod: row.pod.subject, ...readReadiness(row) })),
    ...failures.map((failure) => ({ type: 'probe-failures' as const, ...failure })),
    ...events.map((row) => ({
      type: 'event' as const,
      at: Number(row.lastAt),
      subject: row.subject,
      ...readEvent(row),
    })),
    ...began.map((row) => ({ type: 'skew-began' as const, at: Number(row.beganAt), ...readViolation(row) })),
    ...ended.map((row) => ({ type: 'skew-ended' as const, at: Number(row.endedAt), ...readViolation(row) })),
    ...gaps.map((gap) => ({ type: 'gap' as const, at: gap.to, ...gap })),
  ]
  return facts.sort((a, b) => b.at - a.at).slice(0, limit)
}
