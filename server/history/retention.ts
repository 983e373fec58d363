import type { PrismaClient } from '../../prisma/client/client.ts'
import type { Session } from './session.ts'

/** Subjects looked at in one call: those that nothing refers to any more are deleted. */
const subjectsPerCall = 2_000
/** Pages given back to the file system in one call; 4 KiB each. */
const pagesPerCall = 2_000

export interface Prune {
  /** What is older than this instant goes. */
  readonly keepFrom: number
  readonly now: number
  /** Where the file holds more than this, the oldest tenth of its time goes, however young. */
  readonly mostBytes: number
  readonly limit: number
}

/**
 * Deletes what is too old, a slice at a time, so that writing is never held up for long. What is
 * still going on or is the last that is known of a living pod stays, however old.
 */
export class Retention {
  readonly #prisma: PrismaClient
  readonly #script: (sql: string) => Promise<void>
  readonly #session: Session
  #subjectsUntil = 0

  constructor(prisma: PrismaClient, script: (sql: string) => Promise<void>, session: Session) {
    this.#prisma = prisma
    this.#script = script
    this.#session = session
  }

  /**
   * Deletes at most about `limit` rows of each table that tell only of times past; to be called
   * within a transaction.
   *
   * @returns whether there is more
   */
  async prune({ keepFrom, now, mostBytes, limit }: Prune): Promise<boolean> {
    const before = (await this.#usedBytes()) > mostBytes ? Math.max(keepFrom, await this.#firstTenth(now)) : keepFrom
    let more = false
    for (const { sql, slice } of steps(limit)) {
      const deleted = await this.#run(sql, before, slice)
      if (deleted >= slice) more = true
    }
    await this.#run('DELETE FROM session WHERE last_alive_at < ? AND id <> ?', before, this.#session.id)
    await this.#run(deleteGroups, limit)
    const morePods = await this.#prunePods(before, Math.max(1, Math.floor(limit / 20)))
    const allSubjects = await this.#pruneSubjects()
    return more || morePods || !allSubjects
  }

  /** Returns free pages to the file system. */
  async giveBack(): Promise<void> {
    await this.#script(`PRAGMA incremental_vacuum(${pagesPerCall})`)
  }

  async #usedBytes(): Promise<number> {
    const [row] = await this.#prisma.$queryRawUnsafe<{ bytes: bigint }[]>(
      'SELECT (page_count - freelist_count) * page_size AS bytes FROM pragma_page_count, pragma_freelist_count, pragma_page_size',
    )
    return Number(row?.bytes ?? 0)
  }

  /** The end of the first tenth of the time that is kept. */
  async #firstTenth(now: number): Promise<number> {
    const [row] = await this.#prisma.$queryRawUnsafe<{ oldest: bigint | number | null }[]>(
      `SELECT min(oldest) AS oldest FROM (
        SELECT min(finished_at) AS oldest FROM container_run UNION ALL SELECT min(at) FROM probe_failure
        UNION ALL SELECT min(gone_at) FROM pod UNION ALL SELECT min(ended_at) FROM skew_violation
        UNION ALL SELECT min(last_at) FROM cluster_event WHERE cluster_id = ?)`,
      this.#session.cluster,
    )
    const oldest = Number(row?.oldest ?? now)
    return oldest + Math.ceil((now - oldest) / 10)
  }

  /** Pods that went before `before`, with all that is kept of them. @returns whether there may be more */
  async #prunePods(before: number, limit: number): Promise<boolean> {
    const pods = await this.#prisma.pod.findMany({
      where: { goneAt: { lt: BigInt(before) } },
      select: { id: true },
      take: limit,
    })
    if (pods.length === 0) return false
    const ids = JSON.stringify(pods.map(({ id }) => id))
    await this.#run('DELETE FROM container_run WHERE pod_id IN (SELECT value FROM json_each(?))', ids)
    await this.#run('DELETE FROM readiness_change WHERE pod_id IN (SELECT value FROM json_each(?))', ids)
    await this.#run('DELETE FROM pod WHERE id IN (SELECT value FROM json_each(?))', ids)
    return pods.length >= limit
  }

  /** Goes through all subjects, some each time. @returns whether it has come to the end */
  async #pruneSubjects(): Promise<boolean> {
    const next = await this.#prisma.subject.findMany({
      where: { id: { gt: this.#subjectsUntil } },
      orderBy: { id: 'asc' },
      select: { id: true },
      take: subjectsPerCall,
    })
    const last = next.at(-1)?.id
    if (last !== undefined) await this.#run(deleteSubjects, this.#subjectsUntil, last)
    this.#subjectsUntil = next.length < subjectsPerCall ? 0 : (last ?? 0)
    return this.#subjectsUntil === 0
  }

  #run(sql: string, ...values: (string | number)[]): Promise<number> {
    return this.#prisma.$executeRawUnsafe(sql, ...values)
  }
}

function steps(limit: number): { sql: string; slice: number }[] {
  const byId = (table: string, where: string) => ({
    sql: `DELETE FROM ${table} WHERE id IN (SELECT id FROM ${table} WHERE ${where} LIMIT ?)`,
    slice: limit,
  })
  return [
    byId('container_run', 'finished_at < ?'),
    byId('cluster_event', 'cluster_id IN (SELECT id FROM cluster) AND last_at < ?'),
    {
      sql: `DELETE FROM probe_failure WHERE (event_id, total) IN (
        SELECT event_id, total FROM probe_failure WHERE at < ? LIMIT ?)`,
      slice: limit,
    },
    {
      sql: `DELETE FROM event_sighting WHERE (event_id, total) IN (
        SELECT event_id, total FROM event_sighting WHERE at < ? LIMIT ?)`,
      slice: limit,
    },
    {
      // The last change before that instant still tells how it was from then on.
      sql: `DELETE FROM readiness_change WHERE (pod_id, container, at, ready) IN (
        SELECT r.pod_id, r.container, r.at, r.ready FROM readiness_change AS r
        WHERE r.at < ? AND EXISTS (SELECT 1 FROM readiness_change AS later
          WHERE later.pod_id = r.pod_id AND later.container = r.container AND later.at > r.at) LIMIT ?)`,
      slice: limit,
    },
    byId('skew_violation', 'ended_at < ?'),
    byId('gap', 'to_at < ?'),
  ]
}

const deleteGroups = `
DELETE FROM skew_group WHERE id IN (
  SELECT id FROM skew_group AS g
  WHERE NOT EXISTS (SELECT 1 FROM skew_violation AS v WHERE v.group_id = g.id) LIMIT ?)`

const deleteSubjects = `
DELETE FROM subject WHERE id > ? AND id <= ?
  AND NOT EXISTS (SELECT 1 FROM pod WHERE pod.id = subject.id)
  AND NOT EXISTS (SELECT 1 FROM pod WHERE pod.owner_id = subject.id)
  AND NOT EXISTS (SELECT 1 FROM pod WHERE pod.node_id = subject.id)
  AND NOT EXISTS (SELECT 1 FROM cluster_event AS e WHERE e.subject_id = subject.id)
  AND NOT EXISTS (SELECT 1 FROM skew_group AS g WHERE g.workload_id = subject.id)`
