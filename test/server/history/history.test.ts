import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { test } from 'node:test'
import Database from 'better-sqlite3'
import { openHistory } from '../../../server/history/history.ts'
import { HistoryUnavailable } from '../../../server/history/history-unavailable.ts'
import { StoreThread } from '../../../server/history/store-thread.ts'
import { pause } from '../../support/pause.ts'
import { historyFile, noon, podFact, podRef, runFacts } from './a-history.ts'
import { child } from './child.ts'

const facts = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, n) => from + n).flatMap((n) => [podFact(n), ...runFacts(podRef(n), 0)])

function open(file: string, log: string[] = []) {
  return openHistory({ file, clusterId: 'cluster-1', now: () => noon, log: (line) => log.push(line) })
}

test('recorded, asked for, counted and closed', async (t) => {
  const file = historyFile(t)
  const history = await open(file)
  t.after(() => history.close())
  history.record(facts(0, 2_500))
  assert.equal(await history.flush(), true)
  const counters = history.counters()
  assert.equal(counters.rowsWritten, 7_500)
  assert.equal(counters.queued, 0)
  assert.equal(counters.dropped, 0)
  assert.deepEqual(history.state(), { state: 'ok', message: '' })
  assert.equal((await history.queries.podHistory(podRef(9).uid))?.runs.length, 1)
  await history.resume({ at: noon, pods: null, violated: null })
  await history.close()
  await history.close()
  assert.equal(history.state().state, 'off')
  history.record(facts(0, 1))
  await assert.rejects(history.queries.podHistory('x'), HistoryUnavailable)
  const database = new Database(file)
  const session = database.prepare('SELECT started_at, last_alive_at, ended_at FROM session').get()
  assert.deepEqual(session, { started_at: noon, last_alive_at: noon, ended_at: noon })
  database.close()
  const again = await open(file)
  assert.equal((await again.queries.podHistory(podRef(9).uid))?.runs.length, 1)
  await again.close()
})

test('a second one on the same file is refused, in this process and in another', async (t) => {
  const file = historyFile(t)
  const history = await open(file)
  t.after(() => history.close())
  await assert.rejects(open(file), (error) => error instanceof HistoryUnavailable && error.reason === 'locked')
  const other = await child(t, 'opening-process.ts', [file])
  assert.match(other.output.join(''), new RegExp(`^locked .*in use by another Plumbline \\(process ${process.pid} `))
  history.record(facts(0, 1))
  assert.equal(await history.flush(), true)
})

test('a file that another program holds is refused as locked', async (t) => {
  const file = historyFile(t)
  await child(t, 'holding-process.ts', ['exclusive', file])
  await assert.rejects(
    open(file),
    (error) =>
      error instanceof HistoryUnavailable && error.reason === 'locked' && /another program/.test(error.message),
  )
})

test('a backup that holds the file for a while only delays', async (t) => {
  const file = historyFile(t)
  const history = await open(file)
  t.after(() => history.close())
  history.record(facts(0, 10))
  await history.flush()
  const holder = new Database(file)
  holder.exec('BEGIN IMMEDIATE')
  history.record(facts(10, 20))
  assert.equal(await history.flush(), false)
  assert.equal(history.state().state, 'paused')
  assert.match(history.state().message, /locked by another program/)
  holder.exec('COMMIT')
  holder.close()
  for (let n = 0; n < 50 && history.state().state !== 'ok'; n += 1) await pause(100)
  await history.flush()
  assert.equal(history.counters().rowsWritten, 60)
  assert.equal(history.counters().dropped, 0)
})

test('a damaged file: a new one is begun, and every page says so', async (t) => {
  const file = historyFile(t)
  writeFileSync(file, randomBytes(20_000))
  const log: string[] = []
  const history = await open(file, log)
  t.after(() => history.close())
  assert.equal(history.state().state, 'ok')
  assert.match(
    history.state().message,
    /history\.db was damaged; it is kept as .*history\.db\.corrupt-2026-03-01T12-00-00-000Z/,
  )
  assert.deepEqual(log, [history.state().message])
  history.record(facts(0, 1))
  assert.equal(await history.flush(), true)
})

test('damage that only a full check finds is found before the first fact is written', async (t) => {
  const file = historyFile(t)
  const first = await open(file)
  first.record(facts(0, 600))
  await first.flush()
  await first.close()
  const database = new Database(file)
  const { pages } = database.prepare('SELECT page_count AS pages FROM pragma_page_count').get() as { pages: number }
  database.close()
  const { readFileSync } = await import('node:fs')
  const bytes = readFileSync(file)
  bytes.fill(0x77, Math.floor(pages / 2) * 4_096, Math.floor(pages / 2) * 4_096 + 3 * 4_096)
  writeFileSync(file, bytes)
  const history = await open(file)
  t.after(() => history.close())
  history.record(facts(0, 5))
  assert.equal(await history.flush(), true)
  assert.match(history.state().message, /was damaged/)
  assert.equal(readdirSync(dirname(file)).filter((name) => name.includes('.corrupt-')).length, 1)
  assert.equal((await history.queries.podHistory(podRef(3).uid))?.runs.length, 1)
})

test('a thread that dies is begun anew, and nothing is lost', async (t) => {
  const file = historyFile(t)
  let recovered = 0
  const store = new StoreThread({ file, clusterId: 'cluster-1', busyTimeout: 100 })
  await store.open(noon)
  const { History } = await import('../../../server/history/history.ts')
  const options = {
    file,
    clusterId: 'cluster-1',
    now: () => noon,
    log: () => {},
    onRecovered: () => {
      recovered += 1
    },
  }
  const history = new History(options, store, { notice: '' })
  t.after(() => history.close())
  history.record(facts(0, 50))
  await history.flush()
  await store.kill()
  history.record(facts(50, 100))
  for (let n = 0; n < 60 && history.counters().rowsWritten < 300; n += 1) await pause(100)
  assert.equal(history.counters().rowsWritten, 300)
  assert.equal(history.state().state, 'ok')
  assert.equal((await history.queries.podHistory(podRef(75).uid))?.runs.length, 1)
  assert.equal(recovered, 1, 'the new session is to be compared with the cluster')
})

test('writing and asking hold up the event loop hardly at all', async (t) => {
  const file = historyFile(t)
  const history = await open(file)
  t.after(() => history.close())
  history.record(facts(0, 100))
  await history.flush()
  let worst = 0
  let last = performance.now()
  const timer = setInterval(() => {
    worst = Math.max(worst, performance.now() - last - 5)
    last = performance.now()
  }, 5)
  for (let n = 0; n < 20; n += 1) {
    history.record(facts(n * 1_000, n * 1_000 + 1_000))
    await pause(10)
    await history.queries.podHistory(podRef(n).uid)
  }
  await history.flush()
  clearInterval(timer)
  t.diagnostic(`longest delay of the event loop: ${worst.toFixed(1)} ms while 60,000 facts were written`)
  // The time that other programs take of the machine is in it too.
  assert.ok(worst < 500, `${worst} ms`)
})
