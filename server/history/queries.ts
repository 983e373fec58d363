import type { PrismaClient } from '../../prisma/client/client.ts'
import { type InitStepsOf, readInitSteps } from './init-step-query.ts'
import type {
  ContainerRun,
  Gap,
  InitStepDurations,
  PodHistory,
  PodOf,
  RecentFact,
  SkewViolation,
} from './pod-history.ts'
import { readPodHistory } from './pod-query.ts'
import { readRecent } from './recent-query.ts'
import { readRun, readViolation } from './rows.ts'

/** From `from` (inclusive) to `to` (exclusive), ms; the newest `limit` are given. */
export interface Range {
  readonly from: number
  readonly to: number
  readonly limit: number
}

export interface PodRange extends Range {
  /** Empty or absent: all namespaces. */
  readonly namespace?: string
}

/** Nobody reads more at once: an answer must not hold up the writing. */
const mostRows = 5_000

export type QueryName = keyof HistoryQueries
export type QueryParameter = Parameters<HistoryQueries[QueryName]>[0]

/** The only reader of the history, of one cluster. */
export class HistoryQueries {
  readonly #prisma: PrismaClient
  readonly #cluster: number

  constructor(prisma: PrismaClient, cluster: number) {
    this.#prisma = prisma
    this.#cluster = cluster
  }

  /** One pod's story, by uid, or the youngest of a name; null where nothing is kept of it. */
  async podHistory(
    which: { readonly uid: string; readonly limit?: number } | (Omit<PodOf, 'uid'> & { readonly limit?: number }),
  ): Promise<PodHistory | null> {
    return await readPodHistory(this.#prisma, this.#cluster, which, rows(which.limit ?? 500))
  }

  /** How long the init containers of a workload's pods have taken, by container, in the order in which they first ran. */
  async initSteps(which: InitStepsOf): Promise<InitStepDurations[]> {
    return await readInitSteps(this.#prisma, this.#cluster, which)
  }

  /** Runs that ended within the range. */
  async containerRuns(range: PodRange): Promise<(ContainerRun & { readonly pod: PodOf })[]> {
    const found = await this.#prisma.containerRun.findMany({
      where: {
        finishedAt: { gte: BigInt(range.from), lt: BigInt(range.to) },
        pod: { subject: this.#subject(range.namespace) },
      },
      orderBy: { finishedAt: 'desc' },
      take: rows(range.limit),
      include: { pod: { select: { subject: { select: { uid: true, namespace: true, name: true } } } } },
    })
    return found.map((row) => ({ ...readRun(row), pod: row.pod.subject }))
  }

  /** Violations that lasted at some instant of the range, those that last still among them. */
  async skewViolations(range: PodRange): Promise<SkewViolation[]> {
    const found = await this.#prisma.skewViolation.findMany({
      where: {
        beganAt: { lt: BigInt(range.to) },
        OR: [{ endedAt: null }, { endedAt: { gte: BigInt(range.from) } }],
        group: { workload: this.#subject(range.namespace) },
      },
      orderBy: { beganAt: 'desc' },
      take: rows(range.limit),
      include: { group: { include: { workload: true } } },
    })
    return found.map(readViolation)
  }

  /** Since when each constraint has been violated that is so still. */
  async openViolations(_: Record<string, never>): Promise<(readonly [group: string, beganAt: number])[]> {
    const found = await this.#prisma.skewViolation.findMany({
      where: { endedAt: null, group: { clusterId: this.#cluster } },
      select: { beganAt: true, group: { select: { identity: true } } },
    })
    return found.map((row) => [row.group.identity, Number(row.beganAt)])
  }

  /** Times, touching the range, of which something is not known. */
  async gaps(range: Range): Promise<Gap[]> {
    return await readGaps(this.#prisma, this.#cluster, { ...range, limit: rows(range.limit) })
  }

  /** What happened last before `before`, the newest first. */
  async recent(ask: {
    readonly before: number
    readonly limit: number
    readonly namespace?: string
  }): Promise<RecentFact[]> {
    return await readRecent(this.#prisma, this.#cluster, ask.namespace, ask.before, rows(ask.limit))
  }

  #subject(namespace: string | undefined): { clusterId: number; namespace?: string } {
    return namespace ? { clusterId: this.#cluster, namespace } : { clusterId: this.#cluster }
  }
}

export async function readGaps(
  prisma: PrismaClient,
  cluster: number,
  range: { readonly from: number; readonly to: number; readonly limit: number },
): Promise<Gap[]> {
  const found = await prisma.gap.findMany({
    where: { clusterId: cluster, toAt: { gte: BigInt(range.from) }, fromAt: { lt: BigInt(range.to) } },
    orderBy: { toAt: 'desc' },
    take: range.limit,
  })
  return found.map((row) => ({
    cause: row.cause,
    kind: row.kind === '' ? null : row.kind,
    from: Number(row.fromAt),
    to: Number(row.toAt),
    dropped: row.dropped,
  }))
}

function rows(limit: number): number {
  return Math.min(mostRows, Math.max(1, Math.floor(limit) || 1))
}
