import type { PrismaClient } from '../../prisma/client/client.ts'

/** How many were ended because they had ended while nobody watched. */
export interface Resumed {
  readonly runs: number
  readonly pods: number
  readonly violations: number
}

/**
 * Compares what is open in the database with what the cluster has: `begin` notes what is open, any
 * number of `add` strike out what is there, `finish` ends the rest. Only what was open at `begin` is ever ended, so facts may be written in
 * between.
 */
export class Resume {
  readonly #prisma: PrismaClient
  readonly #cluster: number

  constructor(prisma: PrismaClient, cluster: number) {
    this.#prisma = prisma
    this.#cluster = cluster
  }

  async begin(): Promise<void> {
    await this.#drop()
    await this.#run(
      'CREATE TEMP TABLE open_run (id INTEGER NOT NULL PRIMARY KEY, uid TEXT, container TEXT, identity TEXT)',
    )
    await this.#run('CREATE TEMP TABLE open_pod (id INTEGER NOT NULL PRIMARY KEY, uid TEXT NOT NULL)')
    await this.#run('CREATE TEMP TABLE open_violation (id INTEGER NOT NULL PRIMARY KEY, identity TEXT NOT NULL)')
    await this.#run(
      `INSERT INTO open_run SELECT r.id, s.uid, r.container, r.identity FROM container_run AS r JOIN subject AS s ON s.id = r.pod_id
      WHERE r.finished_at IS NULL AND s.cluster_id = ?`,
      this.#cluster,
    )
    await this.#run(
      `INSERT INTO open_pod SELECT pod.id, s.uid FROM pod JOIN subject AS s ON s.id = pod.id
      WHERE pod.gone_at IS NULL AND s.cluster_id = ?`,
      this.#cluster,
    )
    for (const table of ['open_run', 'open_pod']) {
      await this.#run(`CREATE INDEX temp.${table}_uid ON ${table} (uid)`)
    }
    await this.#run(
      `INSERT INTO open_violation SELECT v.id, g.identity FROM skew_violation AS v JOIN skew_group AS g ON g.id = v.group_id
      WHERE v.ended_at IS NULL AND g.cluster_id = ?`,
      this.#cluster,
    )
  }

  /** `pods`: JSON array of uids. `runs`: JSON array of [uid, container, identity] of runs that go on. */
  async add(pods: string, runs: string): Promise<void> {
    await this.#run('DELETE FROM open_pod WHERE uid IN (SELECT value FROM json_each(?))', pods)
    await this.#run(
      `DELETE FROM open_run WHERE id IN (
        SELECT o.id FROM json_each(?) AS j CROSS JOIN open_run AS o
        ON o.uid = j.value ->> 0 AND o.container = j.value ->> 1 AND o.identity = j.value ->> 2)`,
      runs,
    )
  }

  /**
   * Ends what is not there any more, at latest `at`; to be called within a transaction.
   *
   * @param pods whether the present pods are known: else nothing of pods is ended
   * @param violated JSON array of the ids of the spread groups violated now; null: not known
   */
  async finish(at: number, pods: boolean, violated: string | null): Promise<Resumed> {
    const ended = {
      runs: pods ? await this.#run(endRuns, at) : 0,
      pods: pods ? await this.#run(endPods, at) : 0,
      violations: violated === null ? 0 : await this.#run(endViolations, at, violated),
    }
    await this.#drop()
    return ended
  }

  async #drop(): Promise<void> {
    for (const table of ['open_run', 'open_pod', 'open_violation']) {
      await this.#run(`DROP TABLE IF EXISTS temp.${table}`)
    }
  }

  #run(sql: string, ...values: (string | number)[]): Promise<number> {
    return this.#prisma.$executeRawUnsafe(sql, ...values)
  }
}

/** It ended at latest when the next run of its container began; else when it was missed. */
const endRuns = `
UPDATE container_run SET finished_approximate = 1, finished_at = coalesce((
  SELECT min(later.started_at) FROM container_run AS later
  WHERE later.pod_id = container_run.pod_id AND later.container = container_run.container
    AND later.id <> container_run.id AND later.started_at >= coalesce(container_run.started_at, 0)), ?)
WHERE finished_at IS NULL AND id IN (SELECT id FROM open_run)`

const endPods = `
UPDATE pod SET gone_at = ?, gone_approximate = 1
WHERE gone_at IS NULL AND id IN (SELECT id FROM open_pod)`

const endViolations = `
UPDATE skew_violation SET ended_at = max(began_at, ?), ended_approximate = 1
WHERE ended_at IS NULL AND id IN (
  SELECT o.id FROM open_violation AS o WHERE o.identity NOT IN (SELECT value FROM json_each(?)))`
