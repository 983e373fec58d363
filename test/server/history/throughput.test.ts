import assert from 'node:assert/strict'
import { test } from 'node:test'
import Database from 'better-sqlite3'
import type { Fact } from '../../../domain/history/fact.ts'
import { openHistory } from '../../../server/history/history.ts'
import { migrate, readMigrations } from '../../../server/history/migrate.ts'
import { migrationsFolder } from '../../../server/history/open-database.ts'
import { historyFile, noon, podRef, runFacts } from './a-history.ts'

/** Ends of runs of 500 pods: what a cluster in trouble makes most of. */
const facts: Fact[] = Array.from({ length: 40_000 }, (_, n) => runFacts(podRef(n % 500), n)[1])

/** The same rows through better-sqlite3 alone: prepared statement, ids known beforehand, one transaction per 2,000. */
function bare(file: string): number {
  const database = new Database(file)
  database.pragma('auto_vacuum = INCREMENTAL')
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = NORMAL')
  database.pragma('foreign_keys = ON')
  migrate(database, readMigrations(migrationsFolder), { file, now: noon })
  database.exec("INSERT INTO cluster VALUES (1, 'c', 0)")
  for (let n = 0; n < 500; n += 1) {
    database
      .prepare('INSERT INTO subject VALUES (?, 1, ?, ?, ?, ?)')
      .run(n + 1, 'Pod', 'shop', `web-${n}`, `pod-uid-${n}`)
    database.prepare("INSERT INTO pod (id, static_uid, gone_approximate) VALUES (?, '', 0)").run(n + 1)
  }
  const insert = database.prepare(`INSERT INTO container_run (pod_id, container, container_type, identity, attempt,
    started_at, finished_at, finished_approximate, exit_code, signal, reason, message) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const began = performance.now()
  for (let from = 0; from < facts.length; from += 2_000) {
    database.exec('BEGIN IMMEDIATE')
    facts.slice(from, from + 2_000).forEach((fact, index) => {
      if (fact.type !== 'container-run' || !fact.end?.outcome) return
      const { exitCode, signal, reason, message } = fact.end.outcome
      insert.run(
        ((from + index) % 500) + 1,
        fact.container,
        fact.containerType,
        fact.identity,
        fact.attempt,
        fact.startedAt,
        fact.end.at,
        0,
        exitCode,
        signal,
        reason,
        message,
      )
    })
    database.exec('COMMIT')
  }
  const took = performance.now() - began
  database.close()
  return facts.length / (took / 1_000)
}

async function recorded(file: string): Promise<number> {
  const history = await openHistory({ file, clusterId: 'c', now: () => noon, log: () => {} })
  await history.flush()
  const began = performance.now()
  history.record(facts)
  assert.equal(await history.flush(), true)
  const took = performance.now() - began
  assert.equal(history.counters().rowsWritten, facts.length)
  await history.close()
  return facts.length / (took / 1_000)
}

test('the recorder writes at a good part of the speed of the bare driver', async (t) => {
  const rates = { bare: 0, recorder: 0 }
  for (const _ of [1, 2, 3]) {
    rates.bare = Math.max(rates.bare, bare(historyFile(t)))
    rates.recorder = Math.max(rates.recorder, await recorded(historyFile(t)))
  }
  const ratio = rates.recorder / rates.bare
  t.diagnostic(
    `bare ${Math.round(rates.bare)} rows/s, recorder ${Math.round(rates.recorder)} rows/s, ratio ${ratio.toFixed(2)}`,
  )
  assert.ok(ratio > 0.15, `ratio ${ratio.toFixed(2)}`)
})
