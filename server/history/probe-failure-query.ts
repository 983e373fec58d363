import type { PrismaClient } from '../../prisma/client/client.ts'
import type { PodOf, ProbeFailures } from './pod-history.ts'

/**
 * Failures of probes, newest first. What is stored is how far an Event had counted when; the failures
 * themselves are the difference to the row before it.
 *
 * @param event which Events
 * @param before only those at an earlier instant; null: all
 */
export async function readProbeFailures(
  prisma: PrismaClient,
  event: NonNullable<NonNullable<Parameters<PrismaClient['event']['findMany']>[0]>['where']>,
  before: number | null,
  limit: number,
): Promise<(ProbeFailures & { readonly pod: PodOf })[]> {
  const found = await prisma.probeFailure.findMany({
    where: { event, ...(before === null ? {} : { at: { lt: BigInt(before) } }) },
    orderBy: [{ at: 'desc' }, { total: 'desc' }],
    take: limit,
    include: { event: { include: { subject: { select: { uid: true, namespace: true, name: true } } } } },
  })
  const known = new Map<number, { total: number; at: bigint }>()
  const failures: (ProbeFailures & { readonly pod: PodOf })[] = []
  for (const row of found.toReversed()) {
    // The oldest row of an Event here need not be its first.
    const last =
      known.get(row.eventId) ??
      (found.length < limit && before === null
        ? undefined
        : ((await prisma.probeFailure.findFirst({
            where: { eventId: row.eventId, total: { lt: row.total } },
            orderBy: { total: 'desc' },
          })) ?? undefined))
    known.set(row.eventId, row)
    failures.push({
      at: Number(row.at),
      since: Number(last?.at ?? row.event.firstAt),
      container: row.event.container,
      probe: row.event.probe ?? '',
      count: row.total - (last?.total ?? 0),
      message: row.message ?? row.event.message,
      pod: row.event.subject,
    })
  }
  return failures.reverse()
}
