import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Fact } from '../../../domain/history/fact.ts'
import type { FactBatch } from '../../../server/history/fact-batch.ts'
import { HistoryUnavailable } from '../../../server/history/history-unavailable.ts'
import { Recorder, type RecorderOptions, type RecorderStore } from '../../../server/history/recorder.ts'
import { pause } from '../../support/pause.ts'
import { noon, podFact, podRef, runFacts } from './a-history.ts'

/** A store that keeps the runs' attempts and gaps it was given, and fails on demand. */
class MemoryStore implements RecorderStore {
  readonly batches: number[][] = []
  readonly gaps: unknown[][] = []
  readonly alive: (number | null)[] = []
  failWith: ((batch: FactBatch) => Error | null) | null = null
  delay = 0
  opened = 0
  checked = 0

  async open(): Promise<string | null> {
    this.opened += 1
    return null
  }

  async check(): Promise<string | null> {
    this.checked += 1
    return null
  }

  async write(batch: FactBatch): Promise<void> {
    if (this.delay > 0) await pause(this.delay)
    const error = this.failWith?.(batch) ?? null
    if (error) throw error
    const runs = batch.runs === '' ? [] : (JSON.parse(batch.runs) as number[][])
    this.batches.push(runs.map((row) => row[5] ?? -1))
    if (batch.gaps !== '') this.gaps.push(...(JSON.parse(batch.gaps) as unknown[][]))
    this.alive.push(batch.aliveAt)
  }

  get attempts(): number[] {
    return this.batches.flat()
  }
}

function recorder(store: MemoryStore, parts: Partial<RecorderOptions> = {}): { recorder: Recorder; log: string[] } {
  const log: string[] = []
  const options: RecorderOptions = {
    store,
    file: 'history.db',
    now: () => noon,
    log: (line) => log.push(line),
    maxQueued: 1_000,
    batchFacts: 10,
    gatherFor: 20,
    retryFirst: 10,
    retryMost: 40,
    makeRoom: async () => {},
    onRecovered: () => {},
    ...parts,
  }
  return { recorder: new Recorder(options, { notice: '' }), log }
}

function runs(from: number, to: number): Fact[] {
  return Array.from({ length: to - from }, (_, n) => runFacts(podRef(1), from + n)[1])
}

const full = () => new HistoryUnavailable('disk-full', 'no space left for history.db')
const numbers = (to: number) => Array.from({ length: to }, (_, n) => n)

test('facts that come together are written together, and none waits long', async () => {
  const store = new MemoryStore()
  const { recorder: it } = recorder(store)
  for (let n = 0; n < 5; n += 1) it.record(runs(n, n + 1))
  assert.deepEqual(store.attempts, [])
  await pause(80)
  assert.deepEqual(store.batches, [numbers(5)])
  assert.equal(it.counters.rowsWritten, 5)
  assert.equal(it.counters.queued, 0)
  assert.equal(await it.close(100), true)
})

test('many facts go in portions, in order, without waiting', async () => {
  const store = new MemoryStore()
  const { recorder: it } = recorder(store, { gatherFor: 60_000 })
  it.record(runs(0, 35))
  await it.flush()
  assert.deepEqual(store.attempts, numbers(35))
  assert.deepEqual(
    store.batches.map((batch) => batch.length),
    [10, 10, 10, 5],
  )
  // Only with the last is everything written that was heard.
  assert.deepEqual(store.alive, [null, null, null, noon])
  await it.close(100)
})

test('a file that can not be written pauses it; it goes on by itself, with nothing lost', async () => {
  const store = new MemoryStore()
  const { recorder: it, log } = recorder(store)
  store.failWith = full
  it.record(runs(0, 3))
  assert.equal(await it.flush(), false)
  assert.deepEqual(it.state, { state: 'paused', message: 'no space left for history.db' })
  it.record(runs(3, 30))
  await pause(100)
  assert.equal(store.attempts.length, 0)
  store.failWith = null
  await pause(150)
  assert.deepEqual(store.attempts, numbers(30))
  assert.deepEqual(it.state, { state: 'ok', message: '' })
  assert.equal(it.counters.dropped, 0)
  assert.deepEqual(log, ['History is paused: no space left for history.db', 'History is written again: history.db'])
  await it.close(100)
})

test('the retries make room first where the disk is full', async () => {
  const store = new MemoryStore()
  let rooms = 0
  const { recorder: it } = recorder(store, {
    makeRoom: async () => {
      rooms += 1
      store.failWith = null
    },
  })
  store.failWith = full
  it.record(runs(0, 1))
  await pause(150)
  assert.equal(rooms, 1)
  assert.deepEqual(store.attempts, [0])
  await it.close(100)
})

test('more facts than may wait: the oldest go, which is told as a gap', async () => {
  const store = new MemoryStore()
  let recovered = 0
  const { recorder: it } = recorder(store, {
    maxQueued: 50,
    onRecovered: () => {
      recovered += 1
    },
  })
  store.failWith = full
  it.record(runs(0, 5))
  await it.flush()
  for (let n = 5; n < 205; n += 1) it.record(runs(n, n + 1))
  assert.ok(it.counters.queued <= 60)
  assert.equal(it.counters.dropped, 150)
  store.failWith = null
  await pause(150)
  // The batch that was already being written stays, then comes what was youngest.
  assert.deepEqual(store.attempts, [...numbers(5), ...numbers(205).slice(155)])
  assert.deepEqual(store.gaps, [['dropped', '', noon + 5_000, noon + 154_000, 150]])
  assert.equal(recovered, 1)
  assert.equal(it.state.state, 'ok')
  await it.close(100)
})

test('a flood while writing is slow never grows beyond its bound', async () => {
  const store = new MemoryStore()
  store.delay = 5
  const { recorder: it } = recorder(store, { maxQueued: 100 })
  let most = 0
  for (let n = 0; n < 2_000; n += 1) {
    it.record(runs(n, n + 1))
    most = Math.max(most, it.counters.queued)
    if (n % 50 === 0) await pause(1)
  }
  await it.flush()
  assert.ok(most <= 110, String(most))
  assert.equal(it.counters.rowsWritten + it.counters.dropped, 2_000)
  // A gap that grew is told again; it is known by its beginning.
  const gaps = new Map(store.gaps.map((gap) => [gap[2], gap[4] as number]))
  const told = [...gaps.values()].reduce((sum, count) => sum + count, 0)
  assert.equal(told, it.counters.dropped)
  assert.deepEqual(
    store.attempts,
    [...store.attempts].sort((a, b) => a - b),
    'in order',
  )
  await it.close(100)
})

test('one fact that the database refuses costs only itself', async () => {
  const store = new MemoryStore()
  const { recorder: it } = recorder(store)
  store.failWith = (batch) => (batch.runs.includes('web-bad') ? new Error('CHECK constraint failed') : null)
  const bad = runFacts({ uid: 'bad', namespace: 'shop', name: 'web' }, 99)[1]
  it.record([...runs(0, 7), { ...bad, identity: 'web-bad' } as Fact, ...runs(7, 25)])
  assert.equal(await it.flush(), true)
  assert.deepEqual(store.attempts, numbers(25))
  assert.equal(it.counters.rejected, 1)
  assert.match(it.counters.lastError, /CHECK constraint/)
  assert.equal(it.state.state, 'ok')
  await it.close(100)
})

test('one fact with an instant that is none costs only itself', async () => {
  const store = new MemoryStore()
  const { recorder: it } = recorder(store)
  it.record([{ ...podFact(1), createdAt: Number.NaN } as Fact, ...runs(0, 3)])
  await it.flush()
  assert.deepEqual(store.attempts, numbers(3))
  assert.equal(it.counters.rejected, 1)
  await it.close(100)
})

test('work is done after the facts before it and before those after it', async () => {
  const store = new MemoryStore()
  store.delay = 2
  const { recorder: it } = recorder(store)
  it.record(runs(0, 25))
  const seen = it.after(async () => [...store.attempts])
  it.record(runs(25, 50))
  const later = it.after(async () => [...store.attempts])
  assert.deepEqual(await seen, numbers(25))
  assert.deepEqual(await later, numbers(50))
  await assert.rejects(
    it.after(async () => Promise.reject(new Error('no'))),
    /no/,
  )
  await it.close(100)
})

test('work waits while it is paused', async () => {
  const store = new MemoryStore()
  const { recorder: it } = recorder(store)
  store.failWith = full
  it.record(runs(0, 1))
  let done = false
  const work = it.after(async () => {
    done = true
  })
  await pause(60)
  assert.equal(done, false)
  store.failWith = null
  await work
  await it.close(100)
})

test('a sign of life is written when nothing else is to be', async () => {
  const store = new MemoryStore()
  const { recorder: it } = recorder(store)
  await it.flush()
  it.beat()
  await pause(60)
  assert.deepEqual(store.alive, [noon])
  await it.close(100)
})

test('it closes in time when the file can not be written, and takes nothing more', async () => {
  const store = new MemoryStore()
  const { recorder: it } = recorder(store)
  store.failWith = full
  it.record(runs(0, 5))
  const work = it.after(async () => {})
  assert.equal(await it.close(50), false)
  await assert.rejects(work, HistoryUnavailable)
  it.record(runs(5, 9))
  assert.equal(it.counters.queued, 5)
})

test('closing writes what waits', async () => {
  const store = new MemoryStore()
  const { recorder: it } = recorder(store, { gatherFor: 60_000 })
  it.record(runs(0, 5))
  assert.equal(await it.close(1_000), true)
  assert.deepEqual(store.attempts, numbers(5))
})

test('opening that failed for now is tried again', async () => {
  const store = new MemoryStore()
  const options = {
    store,
    file: 'f',
    now: () => noon,
    log: () => {},
    maxQueued: 9,
    batchFacts: 9,
    gatherFor: 5,
    retryFirst: 10,
    retryMost: 20,
    makeRoom: async () => {},
    onRecovered: () => {},
  }
  const it = new Recorder(options, full())
  it.record(runs(0, 2))
  assert.equal(it.state.state, 'paused')
  await pause(80)
  assert.equal(it.state.state, 'ok')
  assert.equal(store.opened, 1)
  assert.deepEqual(store.attempts, [0, 1])
  await it.close(100)
})
