import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { ContainerRunFact, Fact } from '../../domain/history/fact.ts'
import { openHistory } from '../../server/history/history.ts'

const pods = 2_000
const runsOfEach = 30

/** Rows a second through the recorder, and through bare inserts of the same values with the same driver. */
export async function measureHistory(): Promise<{ rows: number; floor: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-bench-'))
  try {
    const facts = makeFacts()
    const history = await openHistory({
      file: join(folder, 'history.db'),
      clusterId: 'bench',
      now: Date.now,
      log: () => {},
    })
    const began = performance.now()
    history.record(facts)
    await history.flush()
    const rows = (facts.length * 1_000) / (performance.now() - began)
    await history.close()
    return { rows, floor: bareInserts(join(folder, 'bare.db'), facts) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function makeFacts(): ContainerRunFact[] {
  const now = Date.now()
  return Array.from({ length: pods * runsOfEach }, (_, index): ContainerRunFact => {
    const pod = index % pods
    const attempt = Math.floor(index / pods)
    return {
      type: 'container-run',
      at: now,
      pod: {
        uid: `00000000-0000-4000-8000-${String(pod).padStart(12, '0')}`,
        namespace: `ns-${pod % 40}`,
        name: `workload-${pod}`,
      },
      container: 'app',
      containerType: 'main',
      identity: `containerd://${pod}-${attempt}`.padEnd(64, '0'),
      attempt,
      startedAt: now - 60_000,
      end: { at: now, approximate: false, outcome: { exitCode: 1, signal: 0, reason: 'Error', message: '' } },
    }
  })
}

function bareInserts(file: string, facts: readonly Fact[]): number {
  const database = new Database(file)
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = NORMAL')
  database.exec(`CREATE TABLE run (id INTEGER PRIMARY KEY, pod TEXT, container TEXT, type TEXT, identity TEXT, attempt INTEGER,
    started_at INTEGER, finished_at INTEGER, exit_code INTEGER, signal INTEGER, reason TEXT, message TEXT) STRICT`)
  const insert = database.prepare('INSERT INTO run VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const batch = (from: number) => {
    database.exec('BEGIN')
    for (const fact of facts.slice(from, from + 2_000)) {
      if (fact.type !== 'container-run') continue
      const { pod, container, containerType, identity, attempt, startedAt, end } = fact
      const outcome = end?.outcome
      insert.run(
        pod.uid,
        container,
        containerType,
        identity,
        attempt,
        startedAt,
        end?.at ?? null,
        outcome?.exitCode ?? null,
        outcome?.signal ?? null,
        outcome?.reason ?? null,
        outcome?.message ?? null,
      )
    }
    database.exec('COMMIT')
  }
  const began = performance.now()
  for (let from = 0; from < facts.length; from += 2_000) batch(from)
  const rate = (facts.length * 1_000) / (performance.now() - began)
  database.close()
  return rate
}
