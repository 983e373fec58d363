import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import Database from 'better-sqlite3'
import type { Fact, PodRef } from '../../../domain/history/fact.ts'
import { encodeFacts } from '../../../server/history/fact-batch.ts'
import { Store, type StoreOptions } from '../../../server/history/store.ts'

/** 2026-03-01T12:00:00Z: where these stories begin. */
export const noon = Date.UTC(2026, 2, 1, 12)

/** The name of a database file in a folder of its own, which goes with the test. */
export function historyFile(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-history-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'history.db')
}

/** A store in this thread, opened; closed with the test. */
export async function openStore(t: TestContext, file: string, parts: Partial<StoreOptions> = {}): Promise<Store> {
  const store = new Store({ file, clusterId: 'cluster-1', busyTimeout: 50, ...parts })
  t.after(() => store.close(noon, false).catch(() => {}))
  await store.open(noon)
  return store
}

export async function write(store: Pick<Store, 'write'>, facts: readonly Fact[]): Promise<void> {
  await store.write(
    encodeFacts(facts, null, (error) => {
      throw error
    }),
  )
}

/** Every row of every table that facts go to, in an order of its own, without row ids. */
export function dump(file: string): Record<string, unknown[]> {
  const database = new Database(file, { readonly: true })
  try {
    const read = (sql: string) => database.prepare(sql).all()
    const pod = 'JOIN subject AS s ON s.id = pod_id'
    return {
      pods: read(`SELECT s.uid, s.name, created_at, o.name AS owner, n.name AS node, bound_at, deleted_at, final_phase,
        final_reason, gone_at, gone_approximate FROM pod JOIN subject AS s ON s.id = pod.id
        LEFT JOIN subject AS o ON o.id = owner_id LEFT JOIN subject AS n ON n.id = node_id ORDER BY s.uid`),
      runs: read(`SELECT s.uid, container, container_type, identity, attempt, started_at, finished_at,
        finished_approximate, exit_code, signal, reason, message FROM container_run ${pod} ORDER BY 1, 2, 4`),
      readiness: read(
        `SELECT s.uid, container, at, ready, approximate, reason FROM readiness_change ${pod} ORDER BY 1, 2, 3, 4`,
      ),
      events: read(`SELECT e.uid, s.kind, s.name, container, type, reason, message, probe, count, first_at, last_at
        FROM cluster_event AS e JOIN subject AS s ON s.id = subject_id ORDER BY 1`),
      failures: read(
        'SELECT e.uid, total, at, f.message FROM probe_failure AS f JOIN cluster_event AS e ON e.id = event_id ORDER BY 1, 2',
      ),
      violations: read(`SELECT identity, began_at, ended_at, ended_approximate, worst_skew FROM skew_violation
        JOIN skew_group AS g ON g.id = group_id ORDER BY 1, 2`),
      gaps: read('SELECT cause, kind, from_at, to_at, dropped FROM gap ORDER BY 1, 2, 3'),
      subjects: read('SELECT kind, namespace, name, uid FROM subject ORDER BY 1, 2, 3, 4'),
    }
  } finally {
    database.close()
  }
}

export function podRef(n: number): PodRef {
  return { uid: `pod-uid-${n}`, namespace: 'shop', name: `web-${n}` }
}

/** Run `n` of container app of a pod: one a second, exit code 1; the facts tell its start and its end. */
export function runFacts(pod: PodRef, n: number): [Fact, Fact] {
  const run = {
    type: 'container-run',
    at: noon + n * 1_000,
    pod,
    container: 'app',
    containerType: 'main',
    identity: `containerd://${pod.uid}-${n}`,
    attempt: n,
    startedAt: noon + n * 1_000,
  } as const
  const outcome = { exitCode: 1, signal: 0, reason: 'Error', message: '' }
  return [
    { ...run, end: null },
    { ...run, end: { at: noon + n * 1_000 + 900, approximate: false, outcome } },
  ]
}

export function podFact(n: number): Fact {
  return {
    type: 'pod',
    at: noon,
    pod: podRef(n),
    createdAt: noon - 1_000,
    owner: { kind: 'ReplicaSet', name: 'web' },
    node: `node-${n % 3}`,
    boundAt: noon - 500,
    deletedAt: null,
    final: null,
    staticUid: '',
  }
}
