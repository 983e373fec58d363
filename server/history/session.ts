import type { PrismaClient } from '../../prisma/client/client.ts'

/** This run of the service, as the database knows it. */
export interface Session {
  readonly cluster: number
  readonly id: number
  /** Up to here an earlier session of this cluster wrote what it heard; null: this is the first. */
  readonly knownUntil: number | null
}

/**
 * Begins a session. Until `resume` it inherits the last one's `last_alive_at`: were it killed before
 * that, the time in between would still be a gap.
 */
export async function beginSession(prisma: PrismaClient, clusterId: string, now: number): Promise<Session> {
  const cluster = await prisma.cluster.upsert({
    where: { identity: clusterId },
    create: { identity: clusterId, firstSeenAt: BigInt(now) },
    update: {},
  })
  const last = await prisma.session.findFirst({ where: { clusterId: cluster.id }, orderBy: { id: 'desc' } })
  const session = await prisma.session.create({
    data: { clusterId: cluster.id, startedAt: BigInt(now), lastAliveAt: last?.lastAliveAt ?? BigInt(now) },
  })
  return { cluster: cluster.id, id: session.id, knownUntil: last ? Number(last.lastAliveAt) : null }
}

/** An orderly end: everything heard up to `now` is written. */
export async function endSession(prisma: PrismaClient, session: Session, now: number, alive: boolean): Promise<void> {
  await prisma.session.update({
    where: { id: session.id },
    data: { endedAt: BigInt(now), ...(alive ? { lastAliveAt: BigInt(now) } : {}) },
  })
}
