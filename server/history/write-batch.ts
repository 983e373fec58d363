import type { PrismaClient } from '../../prisma/client/client.ts'
import type { FactBatch } from './fact-batch.ts'

/** Where the batch's subjects find their ids: a table of the connection, in memory. */
export const makeBatchSubject =
  'CREATE TEMP TABLE IF NOT EXISTS batch_subject (i INTEGER NOT NULL PRIMARY KEY, id INTEGER NOT NULL, pod INTEGER NOT NULL)'

/**
 * Writes a batch within the caller's transaction. Each statement keeps what is better known and
 * passes over what is known already, so a batch may be written again, and old facts after new ones.
 */
export async function writeBatch(
  prisma: PrismaClient,
  ids: { readonly cluster: number; readonly session: number },
  batch: FactBatch,
): Promise<void> {
  const run = (sql: string, ...values: (string | number)[]) => prisma.$executeRawUnsafe(sql, ...values)
  if (batch.subjects !== '') {
    await run(insertSubjects, ids.cluster, batch.subjects)
    await run('DELETE FROM batch_subject')
    await run(findSubjects, batch.subjects, ids.cluster)
    await run(insertBarePods)
  }
  if (batch.pods !== '') {
    await run(revivePods, batch.pods)
    await run(upsertPods, batch.pods)
  }
  if (batch.runs !== '') {
    await run(reopenRuns, batch.runs)
    await run(upsertRuns, batch.runs)
  }
  if (batch.readiness !== '') await run(insertReadiness, batch.readiness)
  if (batch.gone !== '') await run(markGone, batch.gone)
  if (batch.events !== '') await run(upsertEvents, ids.cluster, batch.events)
  if (batch.probeFailures !== '') await run(insertProbeFailures, batch.probeFailures, ids.cluster)
  if (batch.sightings !== '') await run(insertSightings, batch.sightings, ids.cluster)
  for (const round of batch.skew) {
    await run(insertGroups, ids.cluster, round)
    await run(endViolations, round, ids.cluster)
    await run(worsenViolations, round, ids.cluster)
    await run(beginViolations, round, ids.cluster)
  }
  if (batch.gaps !== '') await run(upsertGaps, ids.cluster, batch.gaps)
  if (batch.aliveAt !== null) {
    await run('UPDATE session SET last_alive_at = max(last_alive_at, ?) WHERE id = ?', batch.aliveAt, ids.session)
  }
}

const insertSubjects = `
INSERT INTO subject (cluster_id, kind, namespace, name, uid)
SELECT ?, value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(?) WHERE true
ON CONFLICT (cluster_id, kind, namespace, name, uid) DO NOTHING`

const findSubjects = `
INSERT INTO batch_subject (i, id, pod)
SELECT j.key, s.id, j.value ->> 4 FROM json_each(?) AS j
CROSS JOIN subject AS s ON s.cluster_id = ? AND s.kind = j.value ->> 0 AND s.namespace = j.value ->> 1
  AND s.name = j.value ->> 2 AND s.uid = j.value ->> 3`

/** Facts may come of pods whose own fact was lost, so their rows must not depend on it. */
const insertBarePods = `
INSERT INTO pod (id, static_uid, gone_approximate)
SELECT id, '', 0 FROM batch_subject WHERE pod = 1
ON CONFLICT (id) DO NOTHING`

/** Seen again after it was gone: the cluster was restored from a backup, or we could not see it. */
const revivePods = `
UPDATE pod SET gone_at = NULL, gone_approximate = 0 WHERE id IN (
  SELECT p.id FROM json_each(?) AS j
  CROSS JOIN batch_subject AS s ON s.i = j.value ->> 0
  CROSS JOIN pod AS p ON p.id = s.id
  WHERE p.gone_at < j.value ->> 1)`

const upsertPods = `
INSERT INTO pod (id, created_at, owner_id, node_id, bound_at, static_uid, deleted_at,
  final_phase, final_reason, final_message, gone_approximate)
SELECT s.id, j.value ->> 2, o.id, n.id, j.value ->> 5, j.value ->> 6, j.value ->> 7,
  j.value ->> 8, j.value ->> 9, j.value ->> 10, 0
FROM json_each(?) AS j CROSS JOIN batch_subject AS s ON s.i = j.value ->> 0
LEFT JOIN batch_subject AS o ON o.i = j.value ->> 3
LEFT JOIN batch_subject AS n ON n.i = j.value ->> 4
WHERE true
ON CONFLICT (id) DO UPDATE SET
  created_at = excluded.created_at,
  owner_id = coalesce(pod.owner_id, excluded.owner_id),
  node_id = coalesce(pod.node_id, excluded.node_id),
  bound_at = coalesce(pod.bound_at, excluded.bound_at),
  static_uid = excluded.static_uid,
  deleted_at = min(coalesce(pod.deleted_at, excluded.deleted_at), coalesce(excluded.deleted_at, pod.deleted_at)),
  final_phase = coalesce(pod.final_phase, excluded.final_phase),
  final_reason = coalesce(pod.final_reason, excluded.final_reason),
  final_message = coalesce(pod.final_message, excluded.final_message)
WHERE pod.created_at IS NULL
  OR (pod.owner_id IS NULL AND excluded.owner_id IS NOT NULL)
  OR (pod.node_id IS NULL AND excluded.node_id IS NOT NULL)
  OR (pod.bound_at IS NULL AND excluded.bound_at IS NOT NULL)
  OR (excluded.deleted_at IS NOT NULL AND (pod.deleted_at IS NULL OR pod.deleted_at > excluded.deleted_at))
  OR (pod.final_phase IS NULL AND excluded.final_phase IS NOT NULL)`

/** Seen running after it was given up for ended: it wasn't. */
const reopenRuns = `
UPDATE container_run SET finished_at = NULL, finished_approximate = 0 WHERE id IN (
  SELECT r.id FROM json_each(?) AS j
  CROSS JOIN batch_subject AS s ON s.i = j.value ->> 0
  CROSS JOIN container_run AS r
    ON r.pod_id = s.id AND r.container = j.value ->> 2 AND r.identity = j.value ->> 4
  WHERE j.value ->> 7 IS NULL AND r.finished_approximate = 1 AND r.exit_code IS NULL
    AND r.finished_at < j.value ->> 1)`

/**
 * How well an end is known: 0 to the instant, 1 with its outcome, 2 only that it ended. A better
 * knowledge replaces a worse; of two equal ones the earlier instant is nearer to the truth.
 */
function rank(row: string): string {
  return `(CASE WHEN ${row}.finished_approximate = 0 THEN 0 WHEN ${row}.exit_code IS NOT NULL THEN 1 ELSE 2 END)`
}

const betterEnd = `(excluded.finished_at IS NOT NULL AND (
  container_run.finished_at IS NULL
  OR ${rank('excluded')} < ${rank('container_run')}
  OR (${rank('excluded')} = ${rank('container_run')} AND excluded.finished_at < container_run.finished_at)))`

/** A run whose identity nobody told is taken for the one with its restart count, where that is known. */
const upsertRuns = `
INSERT INTO container_run (pod_id, container, container_type, identity, attempt, started_at, finished_at,
  finished_approximate, exit_code, signal, reason, message)
SELECT s.id, j.value ->> 2, j.value ->> 3,
  CASE WHEN j.value ->> 4 NOT GLOB 'attempt/*' THEN j.value ->> 4 ELSE coalesce((
    SELECT r.identity FROM container_run AS r
    WHERE r.pod_id = s.id AND r.container = j.value ->> 2 AND r.attempt = j.value ->> 5
    ORDER BY r.started_at DESC LIMIT 1), j.value ->> 4) END,
  j.value ->> 5, j.value ->> 6, j.value ->> 7, j.value ->> 8, j.value ->> 9, j.value ->> 10, j.value ->> 11,
  j.value ->> 12
FROM json_each(?) AS j CROSS JOIN batch_subject AS s ON s.i = j.value ->> 0
WHERE true
ON CONFLICT (pod_id, container, identity) DO UPDATE SET
  attempt = min(container_run.attempt, excluded.attempt),
  started_at = coalesce(container_run.started_at, excluded.started_at),
  ${['finished_at', 'finished_approximate', 'exit_code', 'signal', 'reason', 'message']
    .map((column) => `${column} = CASE WHEN ${betterEnd} THEN excluded.${column} ELSE container_run.${column} END`)
    .join(', ')}
WHERE (container_run.started_at IS NULL AND excluded.started_at IS NOT NULL)
  OR excluded.attempt < container_run.attempt
  OR ${betterEnd}`

/** What was so already when first seen is new only where it differs from what was last known. */
const insertReadiness = `
INSERT INTO readiness_change (pod_id, container, at, ready, approximate, reason)
SELECT s.id, j.value ->> 1, j.value ->> 2, j.value ->> 3, j.value ->> 4, j.value ->> 5
FROM json_each(?) AS j CROSS JOIN batch_subject AS s ON s.i = j.value ->> 0
WHERE j.value ->> 4 = 0 OR j.value ->> 3 <> coalesce((
  SELECT r.ready FROM readiness_change AS r
  WHERE r.pod_id = s.id AND r.container = j.value ->> 1 AND r.at <= j.value ->> 2
  ORDER BY r.at DESC LIMIT 1), 0)
ON CONFLICT (pod_id, container, at, ready) DO NOTHING`

const markGone = `
INSERT INTO pod (id, static_uid, gone_at, gone_approximate)
SELECT s.id, '', j.value ->> 1, 0
FROM json_each(?) AS j CROSS JOIN batch_subject AS s ON s.i = j.value ->> 0
WHERE true
ON CONFLICT (id) DO UPDATE SET gone_at = excluded.gone_at, gone_approximate = 0
WHERE pod.gone_at IS NULL OR pod.gone_approximate = 1 OR pod.gone_at > excluded.gone_at`

const upsertEvents = `
INSERT INTO cluster_event (cluster_id, uid, subject_id, container, type, reason, message, probe, count,
  first_at, last_at, source)
SELECT ?, j.value ->> 0, s.id, j.value ->> 2, j.value ->> 3, j.value ->> 4, j.value ->> 5, j.value ->> 6,
  j.value ->> 7, j.value ->> 8, j.value ->> 9, j.value ->> 10
FROM json_each(?) AS j CROSS JOIN batch_subject AS s ON s.i = j.value ->> 1
WHERE true
ON CONFLICT (cluster_id, uid) DO UPDATE SET
  message = excluded.message,
  count = excluded.count,
  first_at = min(cluster_event.first_at, excluded.first_at),
  last_at = max(cluster_event.last_at, excluded.last_at)
WHERE excluded.count > cluster_event.count
  OR (excluded.count = cluster_event.count AND excluded.last_at > cluster_event.last_at)`

const insertProbeFailures = `
INSERT INTO probe_failure (event_id, total, at, message)
SELECT e.id, j.value ->> 1, j.value ->> 2, j.value ->> 3
FROM json_each(?) AS j CROSS JOIN cluster_event AS e ON e.cluster_id = ? AND e.uid = j.value ->> 0
WHERE true
ON CONFLICT (event_id, total) DO NOTHING`

const insertSightings = `
INSERT INTO event_sighting (event_id, total, at)
SELECT e.id, j.value ->> 1, j.value ->> 2
FROM json_each(?) AS j CROSS JOIN cluster_event AS e ON e.cluster_id = ? AND e.uid = j.value ->> 0
WHERE true
ON CONFLICT (event_id, total) DO NOTHING`

const insertGroups = `
INSERT INTO skew_group (cluster_id, identity, workload_id, topology_key, max_skew, when_unsatisfiable)
SELECT ?, j.value ->> 0, s.id, j.value ->> 2, j.value ->> 3, j.value ->> 4
FROM json_each(?) AS j CROSS JOIN batch_subject AS s ON s.i = j.value ->> 1
WHERE true
ON CONFLICT (cluster_id, identity) DO NOTHING`

const ofGroup = 'skew_group AS g ON g.cluster_id = ? AND g.identity = j.value ->> 0'

// These two name rows that are there, and so always update: json_each leads and the rows are searched
// by index, which an UPDATE … FROM can't be made to do.
const endViolations = `
INSERT INTO skew_violation (group_id, began_at, ended_at, ended_approximate, worst_skew)
SELECT v.group_id, v.began_at, j.value ->> 5, 0, v.worst_skew
FROM json_each(?) AS j CROSS JOIN ${ofGroup}
CROSS JOIN skew_violation AS v ON v.group_id = g.id AND v.ended_at IS NULL
WHERE j.value ->> 6 IS NULL AND v.began_at <= j.value ->> 5
ON CONFLICT (group_id, began_at) DO UPDATE SET ended_at = excluded.ended_at, ended_approximate = 0`

const worsenViolations = `
INSERT INTO skew_violation (group_id, began_at, ended_at, ended_approximate, worst_skew)
SELECT v.group_id, v.began_at, 0, 0, j.value ->> 6
FROM json_each(?) AS j CROSS JOIN ${ofGroup}
CROSS JOIN skew_violation AS v ON v.group_id = g.id AND v.began_at <= j.value ->> 5
WHERE j.value ->> 6 > v.worst_skew AND (v.ended_at IS NULL OR v.ended_at > j.value ->> 5)
ON CONFLICT (group_id, began_at) DO UPDATE SET worst_skew = excluded.worst_skew`

/** Unless it goes on already, or that instant lies within a violation that is known. */
const beginViolations = `
INSERT INTO skew_violation (group_id, began_at, ended_at, ended_approximate, worst_skew)
SELECT g.id, j.value ->> 5, NULL, 0, j.value ->> 6
FROM json_each(?) AS j CROSS JOIN ${ofGroup}
WHERE j.value ->> 6 IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM skew_violation AS v
  WHERE v.group_id = g.id AND (v.ended_at IS NULL OR (v.began_at <= j.value ->> 5 AND v.ended_at > j.value ->> 5)))
ON CONFLICT (group_id, began_at) DO NOTHING`

const upsertGaps = `
INSERT INTO gap (cluster_id, cause, kind, from_at, to_at, dropped)
SELECT ?, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM json_each(?) WHERE true
ON CONFLICT (cluster_id, cause, kind, from_at) DO UPDATE SET
  to_at = max(gap.to_at, excluded.to_at), dropped = max(gap.dropped, excluded.dropped)
WHERE excluded.to_at > gap.to_at OR excluded.dropped > gap.dropped`
