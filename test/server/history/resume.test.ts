import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { podFacts } from '../../../domain/history/pod-facts.ts'
import type { SkewState } from '../../../domain/history/skew-facts.ts'
import type { Pod } from '../../../domain/model/pod.ts'
import { History, type OpenHistoryOptions, openHistory } from '../../../server/history/history.ts'
import { StoreThread } from '../../../server/history/store-thread.ts'
import { container, instant, podWith, running, terminated } from '../../domain/history/crashing-pod.ts'
import { dump, historyFile, noon } from './a-history.ts'

/** A history at `second` after noon; the clock stands until `advance`. */
async function historyAt(
  t: TestContext,
  file: string,
  second: number,
  parts: Partial<OpenHistoryOptions> = {},
): Promise<{ history: History; clock: { second: number } }> {
  const clock = { second }
  const now = () => noon + clock.second * 1_000
  const history = await openHistory({ file, clusterId: 'cluster-1', now, log: () => {}, ...parts })
  t.after(() => history.close(1_000))
  return { history, clock }
}

function pod(n: number, restarts: number, startedAt: number, last: object = {}): Pod {
  return podWith(
    [
      container({
        containerID: `c${n}-${restarts}`,
        restartCount: restarts,
        ready: true,
        state: running(startedAt),
        lastState: last,
      }),
    ],
    {
      metadata: { uid: `pod-uid-${n}`, namespace: 'shop', name: `web-${n}` },
      status: { conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: instant(startedAt + 1) }] },
    },
  )
}

function group(id: string, skew: number): SkewState {
  const workload = { kind: 'Deployment', name: id }
  return {
    id,
    namespace: 'shop',
    workload,
    topologyKey: 'zone',
    maxSkew: 1,
    whenUnsatisfiable: 'DoNotSchedule',
    skew,
    violated: skew > 1,
  }
}

/** What a start does: the first list, then the comparison. */
async function start(history: History, at: number, pods: readonly Pod[], violated: readonly SkewState[] = []) {
  for (const each of pods) history.record(podFacts(null, each, at))
  return await history.resume({ at, pods, violated })
}

const second = (n: number) => noon + n * 1_000

test('the first start of all has no gap', async (t) => {
  const file = historyFile(t)
  const { history } = await historyAt(t, file, 100)
  await start(history, second(100), [pod(1, 0, 0)])
  assert.deepEqual(await history.queries.gaps({ from: 0, to: second(9_999), limit: 10 }), [])
  await history.close()
})

test('what ended while it was down is ended: exactly where the cluster tells, else approximately', async (t) => {
  const file = historyFile(t)
  const first = await historyAt(t, file, 100)
  await start(
    first.history,
    second(100),
    [pod(1, 0, 0), pod(2, 0, 0), pod(3, 0, 0), pod(4, 0, 0)],
    [group('a', 2), group('b', 3)],
  )
  first.clock.second = 200
  await first.history.close()

  const { history } = await historyAt(t, file, 500)
  const now = [
    pod(1, 0, 0), // goes on
    pod(2, 1, 300, terminated('c2-0', 0, 290)), // restarted once: its end is in lastState
    pod(3, 5, 450, terminated('c3-4', 400, 440)), // restarted often: some ends nobody saw
    // pod 4 is gone
  ]
  const resumed = await start(history, second(500), now, [group('a', 2), group('c', 2)])
  assert.equal(resumed.pods, 1)
  assert.equal(resumed.runs, 2)
  assert.equal(resumed.violations, 1)
  assert.deepEqual(
    resumed.violatedSince,
    new Map([
      ['a', second(100)],
      ['c', second(500)],
    ]),
  )
  await history.flush()
  const { runs, pods, violations, gaps } = dump(file) as Record<string, Record<string, unknown>[]>
  const told = (runs ?? []).map((run) => [
    run.identity,
    run.finished_at && (Number(run.finished_at) - noon) / 1_000,
    run.finished_approximate,
  ])
  assert.deepEqual(told, [
    ['c1-0', null, 0],
    ['c2-0', 290, 0],
    ['c2-1', null, 0],
    ['c3-0', 400, 1],
    ['c3-4', 440, 0],
    ['c3-5', null, 0],
    ['c4-0', 500, 1],
  ])
  assert.deepEqual(
    pods?.map((row) => [row.name, row.gone_at, row.gone_approximate]),
    [
      ['web-1', null, 0],
      ['web-2', null, 0],
      ['web-3', null, 0],
      ['web-4', second(500), 1],
    ],
  )
  assert.deepEqual(
    violations?.map((row) => [row.identity, row.began_at, row.ended_at, row.ended_approximate]),
    [
      ['a', second(100), null, 0],
      ['b', second(100), second(500), 1],
      ['c', second(500), null, 0],
    ],
  )
  assert.deepEqual(gaps, [{ cause: 'down', kind: '', from_at: second(200), to_at: second(500), dropped: 0 }])
  const story = await history.queries.podHistory('pod-uid-3')
  assert.deepEqual(
    story?.runs.map(({ attempt, missedBefore }) => [attempt, missedBefore]),
    [
      [5, 0],
      [4, 3],
      [0, 0],
    ],
  )
  await history.close()
})

test('resuming twice, and starting again at once, changes nothing', async (t) => {
  const file = historyFile(t)
  const pods = [pod(1, 0, 0), pod(2, 3, 50, terminated('c2-2', 10, 20))]
  const first = await historyAt(t, file, 100)
  await start(first.history, second(100), pods, [group('a', 2)])
  await first.history.flush()
  const before = dump(file)
  await start(first.history, second(101), pods, [group('a', 2)])
  await first.history.flush()
  assert.deepEqual(dump(file), before)
  await first.history.close()
  const { history } = await historyAt(t, file, 100)
  await start(history, second(100), pods, [group('a', 2)])
  await history.flush()
  const { gaps, ...rest } = dump(file)
  const { gaps: _, ...expected } = before
  assert.deepEqual(rest, expected)
  assert.equal(gaps?.length, 1)
  await history.close()
})

test('a run whose end comes later, and exactly, is put right', async (t) => {
  const file = historyFile(t)
  const first = await historyAt(t, file, 100)
  await start(first.history, second(100), [pod(1, 0, 0)])
  await first.history.close()
  const { history } = await historyAt(t, file, 500)
  // The list was cut short: pod 1 was left out, and came with the watch.
  await start(history, second(500), [])
  const late = pod(1, 1, 300, terminated('c1-0', 0, 290))
  history.record(podFacts(null, late, second(501)))
  await history.flush()
  const { runs, pods } = dump(file) as Record<string, Record<string, unknown>[]>
  assert.deepEqual(
    runs?.map((run) => [run.identity, run.finished_at, run.finished_approximate]),
    [
      ['c1-0', second(290), 0],
      ['c1-1', null, 0],
    ],
  )
  assert.equal(pods?.[0]?.gone_at, null)
  await history.close()
})

test('pods that may not be read are not taken for gone', async (t) => {
  const file = historyFile(t)
  const first = await historyAt(t, file, 100)
  await start(first.history, second(100), [pod(1, 0, 0)], [group('a', 2)])
  await first.history.close()
  const { history } = await historyAt(t, file, 500)
  const resumed = await history.resume({ at: second(500), pods: null, violated: null })
  assert.deepEqual([resumed.pods, resumed.runs, resumed.violations], [0, 0, 0])
  assert.deepEqual([...resumed.violatedSince], [['a', second(100)]])
  await history.close()
})

test('facts recorded while it compares are not taken for what is missing', async (t) => {
  const file = historyFile(t)
  const { history } = await historyAt(t, file, 100)
  const resuming = history.resume({ at: second(100), pods: [pod(1, 0, 0)], violated: [] })
  history.record(podFacts(null, pod(2, 0, 99), second(100)))
  const resumed = await resuming
  await history.flush()
  assert.equal(resumed.pods, 0)
  assert.deepEqual(
    (dump(file).pods as { name: string; gone_at: unknown }[]).map(({ name, gone_at }) => [name, gone_at]),
    [['web-2', null]],
  )
  await history.close()
})

test('a session that ended uncleanly before it compared leaves the whole time as a gap', async (t) => {
  const file = historyFile(t)
  const first = await historyAt(t, file, 100)
  await start(first.history, second(100), [pod(1, 0, 0)])
  first.clock.second = 200
  await first.history.close()
  // Started and stopped again before the first list was complete.
  const hasty = await historyAt(t, file, 300)
  hasty.history.record(podFacts(null, pod(9, 0, 250), second(300)))
  await hasty.history.close()
  const { history } = await historyAt(t, file, 400)
  await start(history, second(400), [pod(1, 0, 0), pod(9, 0, 250)])
  const gaps = await history.queries.gaps({ from: 0, to: second(9_999), limit: 10 })
  assert.deepEqual(gaps, [{ cause: 'down', kind: null, from: second(200), to: second(400), dropped: 0 }])
  await history.close()
})

test('facts that were dropped are told again by the comparison that follows', async (t) => {
  const file = historyFile(t)
  const pods = Array.from({ length: 600 }, (_, n) => pod(n, 0, 0))
  let recovered = 0
  const { history } = await historyAt(t, file, 100, {
    maxQueued: 1_000,
    onRecovered: () => {
      recovered += 1
    },
  })
  for (const each of pods) history.record(podFacts(null, each, second(100)))
  await history.flush()
  assert.ok(history.counters().dropped > 0)
  assert.equal(recovered, 1)
  await history.resume({ at: second(101), pods, violated: [] })
  await history.flush()
  assert.equal(dump(file).runs?.length, 600)
  assert.ok(
    (await history.queries.gaps({ from: 0, to: second(9_999), limit: 10 })).some(({ cause }) => cause === 'dropped'),
  )
  await history.close()
})

test('pods of which nothing was told yet are told by the comparison, as they are when it comes to them', async (t) => {
  const file = historyFile(t)
  const { history } = await historyAt(t, file, 100)
  function* pods(): Generator<Pod> {
    for (let n = 0; n < 450; n += 1) yield pod(n, 0, 0)
  }
  await history.resume({ at: second(100), pods: pods(), untold: true, violated: [] })
  const tables = dump(file)
  assert.equal(tables.pods?.length, 450)
  assert.equal(tables.runs?.length, 450)
  await history.close()
})

test('killed without a word: the gap begins with what was written last', async (t) => {
  const file = historyFile(t)
  const clock = { second: 100 }
  const now = () => noon + clock.second * 1_000
  const options = { file, clusterId: 'cluster-1', now, log: () => {} }
  const store = new StoreThread({ file, clusterId: 'cluster-1', busyTimeout: 100 })
  await store.open(now())
  const first = new History(options, store, { notice: '' })
  await start(first, second(100), [pod(1, 0, 0)])
  clock.second = 150
  first.record(podFacts(null, pod(2, 0, 140), second(150)))
  await first.flush()
  clock.second = 190
  await store.end()
  await first.close(10)
  const { history } = await historyAt(t, file, 400)
  await start(history, second(400), [pod(1, 0, 0), pod(2, 0, 140)])
  assert.deepEqual(await history.queries.gaps({ from: 0, to: second(9_999), limit: 10 }), [
    { cause: 'down', kind: null, from: second(150), to: second(400), dropped: 0 },
  ])
  await history.close()
})
