import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import Database from 'better-sqlite3'
import { encodeFacts } from '../../../server/history/fact-batch.ts'
import { openHistory } from '../../../server/history/history.ts'
import { HistoryUnavailable } from '../../../server/history/history-unavailable.ts'
import { pause } from '../../support/pause.ts'
import { dump, historyFile, noon, openStore, podFact, podRef, runFacts, write } from './a-history.ts'

const pods = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => from + n)
const facts = (from: number, to: number) => pods(from, to).flatMap((n) => [podFact(n), ...runFacts(podRef(n), 0)])

test('a batch that finds no space is written not at all, and again when there is some', async (t) => {
  const file = historyFile(t)
  const store = await openStore(t, file, { mostPages: 60 })
  await write(store, facts(0, 20))
  const before = dump(file)
  const batch = encodeFacts(facts(20, 2_000), null, () => {})
  for (const _ of [1, 2, 3]) {
    await assert.rejects(
      store.write(batch),
      (error) => error instanceof HistoryUnavailable && error.reason === 'disk-full' && error.message.includes(file),
    )
    assert.deepEqual(dump(file), before)
  }
  // What was written is read still, and what fits is written.
  assert.ok(await store.query('podHistory', { uid: podRef(3).uid }))
  await write(store, facts(20, 21))
  await store.close(noon, true)
  const roomy = await openStore(t, file)
  await roomy.write(batch)
  assert.equal(dump(file).pods?.length, 2_000)
})

test('retention makes room within the file', async (t) => {
  const file = historyFile(t)
  const store = await openStore(t, file, { mostPages: 110 })
  const gone = (n: number) => ({ type: 'pod-gone', at: noon, pod: podRef(n) }) as const
  let full: unknown = null
  let written = 0
  for (; full === null; written += 50) {
    const some = pods(written, written + 50).flatMap((n) => [...facts(n, n + 1), gone(n)])
    full = await write(store, some).then(
      () => null,
      (error: unknown) => error,
    )
  }
  assert.ok(full instanceof HistoryUnavailable)
  const what = { keepFrom: noon + 60_000, now: noon + 90_000, mostBytes: 1e9, limit: 100 }
  while (await store.prune(what));
  await write(store, facts(10_000, 10_100))
  assert.equal(dump(file).pods?.length, 100)
})

/** A disk of its own of this size, where that can be made. */
function smallDisk(t: TestContext, kilobytes: number): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-small-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    rmSync(folder, { recursive: true })
    return null
  }
  t.after(() => {
    execFileSync('umount', ['-l', folder])
    rmSync(folder, { recursive: true, force: true })
  })
  return folder
}

test('a disk that fills up pauses history; with space it goes on by itself, complete', async (t) => {
  const folder = smallDisk(t, 3_000)
  if (!folder) return t.skip('only root may mount a small disk')
  const file = join(folder, 'history.db')
  const log: string[] = []
  const history = await openHistory({ file, clusterId: 'c', now: () => noon, log: (line) => log.push(line) })
  t.after(() => history.close(100))
  history.record(facts(0, 100))
  assert.equal(await history.flush(), true)
  // Somebody else's file takes the rest.
  const ballast = join(folder, 'ballast')
  try {
    for (let n = 1; ; n += 1) writeFileSync(ballast + n, Buffer.alloc(16_384))
  } catch (error) {
    assert.equal((error as NodeJS.ErrnoException).code, 'ENOSPC')
  }
  history.record(facts(100, 1_500))
  assert.equal(await history.flush(), false)
  assert.equal(history.state().state, 'paused')
  assert.match(history.state().message, /no space left for .*history\.db; free some/)
  assert.ok(history.counters().queued > 0)
  execFileSync('sh', ['-c', `rm ${ballast}*`])
  execFileSync('mount', ['-o', 'remount,size=64m', folder])
  for (let n = 0; n < 100 && history.state().state !== 'ok'; n += 1) await pause(100)
  assert.deepEqual(history.state(), { state: 'ok', message: '' })
  await history.flush()
  assert.equal(history.counters().dropped, 0)
  await history.close()
  const database = new Database(file, { readonly: true })
  assert.equal(database.pragma('integrity_check', { simple: true }), 'ok')
  assert.deepEqual(database.prepare('SELECT count(*) AS count FROM container_run WHERE exit_code = 1').get(), {
    count: 1_500,
  })
  database.close()
})

test('history that can not even be begun for want of space begins by itself later', async (t) => {
  const folder = smallDisk(t, 64)
  if (!folder) return t.skip('only root may mount a small disk')
  const file = join(folder, 'history.db')
  const history = await openHistory({ file, clusterId: 'c', now: () => noon, log: () => {} })
  t.after(() => history.close(100))
  history.record(facts(0, 100))
  await history.flush()
  assert.equal(history.state().state, 'paused')
  execFileSync('mount', ['-o', 'remount,size=64m', folder])
  for (let n = 0; n < 150 && history.state().state !== 'ok'; n += 1) await pause(100)
  assert.equal(history.state().state, 'ok')
  await history.flush()
  assert.ok(await history.queries.podHistory(podRef(99).uid))
})
