import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { pause } from '../../support/pause.ts'
import { historyFile } from './a-history.ts'
import { seeded } from './a-story.ts'

/** Facts wait 300 ms to be written with others; the rest is for writing on a busy machine. */
const mayMiss = 1_200

interface Recorded {
  readonly runs: number
  readonly at: number
}

/** Kills the ingesting program `ms` after its start, or after its first word; what it had recorded, and when. */
async function ingestAndKill(
  t: TestContext,
  file: string,
  from: number,
  ms: number,
  since: 'start' | 'first word',
): Promise<{ told: Recorded[]; killedAt: number }> {
  const program = fileURLToPath(new URL('./ingesting-process.ts', import.meta.url))
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, file, String(from)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  t.after(() => child.kill('SIGKILL'))
  let output = ''
  let errors = ''
  child.stdout.on('data', (data) => {
    output += data
  })
  child.stderr.on('data', (data) => {
    errors += data
  })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  if (since === 'first word') await Promise.race([new Promise((resolve) => child.stdout.once('data', resolve)), ended])
  await Promise.race([pause(ms), ended])
  const killedAt = Date.now()
  child.kill('SIGKILL')
  await ended
  assert.equal(errors, '', 'it had no trouble of its own')
  const lines = output.split('\n').slice(0, -1)
  return { told: lines.map((line) => ({ runs: Number(line.split(' ')[0]), at: Number(line.split(' ')[1]) })), killedAt }
}

/** Checks the file and gives how many runs it holds. */
function check(file: string): number {
  if (!existsSync(file)) return 0
  const database = new Database(file, { readonly: true })
  try {
    assert.equal(database.pragma('integrity_check', { simple: true }), 'ok')
    assert.deepEqual(database.pragma('foreign_key_check'), [])
    const tables = database
      .prepare("SELECT count(*) AS count FROM sqlite_schema WHERE name = 'container_run'")
      .get() as { count: number }
    if (tables.count === 0) return 0
    const runs = database
      .prepare(
        'SELECT count(*) AS rows, count(DISTINCT attempt) AS runs, max(attempt) AS last, count(*) - count(finished_at) AS open FROM container_run',
      )
      .get() as { rows: number; runs: number; last: number | null; open: number }
    assert.equal(runs.rows, runs.runs, 'no run is there twice')
    assert.equal(runs.rows, (runs.last ?? -1) + 1, 'none is missing before the last')
    assert.ok(runs.open <= 1, 'a batch may end between start and end of the last run')
    return runs.rows
  } finally {
    database.close()
  }
}

/** 1,000 times is for the night: PLUMBLINE_KILLS=1000. */
const kills = Number(process.env.PLUMBLINE_KILLS ?? 24)

test(`killed at ${kills} random moments: nothing is damaged, doubled or lost but the last instant`, async (t) => {
  const worst = await Promise.all(
    [1, 2].map(async (seed) => {
      const file = historyFile(t)
      const random = seeded(seed)
      let runs = 0
      let lostMost = 0
      for (let n = 0; n < kills / 2; n += 1) {
        // One half while it opens, migrates or has just begun, one half well within ingest.
        const since = n % 2 === 0 ? 'start' : 'first word'
        const { told, killedAt } = await ingestAndKill(
          t,
          file,
          runs,
          (since === 'start' ? 50 : 300) + random() * 1_000,
          since,
        )
        const kept = check(file)
        assert.ok(kept >= runs, 'what was there stays')
        const lost = told.find((recorded) => recorded.runs > kept)
        if (lost) lostMost = Math.max(lostMost, killedAt - lost.at)
        runs = kept
      }
      assert.ok(runs > 0, 'something was recorded at all')
      return { runs, lostMost }
    }),
  )
  t.diagnostic(`runs kept and longest time lost, ms: ${JSON.stringify(worst)}`)
  for (const { lostMost } of worst) assert.ok(lostMost <= mayMiss, `${lostMost} ms were lost`)
})
