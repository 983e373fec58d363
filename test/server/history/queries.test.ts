import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Fact } from '../../../domain/history/fact.ts'
import { watchLost } from '../../../domain/history/gap-facts.ts'
import { podFacts } from '../../../domain/history/pod-facts.ts'
import { podHistoryResponseSchema } from '../../../server/api/api-schemas.ts'
import { HistoryReader } from '../../../server/history/history.ts'
import { historyFile, noon, openStore, podFact, podRef, runFacts, write } from './a-history.ts'
import { podStates, probeStory, storyOf } from './a-story.ts'

const second = (n: number) => noon + n * 1_000
const everything = { from: 0, to: second(1e6), limit: 1_000 }

test("one pod's story, newest first", async (t) => {
  const store = await openStore(t, historyFile(t))
  await write(store, [...storyOf(podStates(1, 2), () => true), ...probeStory(1, 3, false)])
  const reader = new HistoryReader(store)
  const story = await reader.podHistory('pod-uid-1')
  assert.ok(story)
  assert.equal(story.pod.name, 'web-1')
  assert.deepEqual(story.pod.owner, { kind: 'StatefulSet', name: 'web' })
  assert.equal(story.pod.node, 'node-1')
  assert.equal(story.pod.goneAt, second(27) + 300)
  assert.deepEqual(
    story.runs.map(({ attempt, startedAt, finishedAt, exitCode, missedBefore }) => [
      attempt,
      startedAt,
      finishedAt,
      exitCode,
      missedBefore,
    ]),
    [
      [2, second(22), second(25), 1, 0],
      [1, second(12), second(15), 1, 0],
      [0, second(2), second(5), 1, 0],
    ],
  )
  assert.deepEqual(
    story.probeFailures.map(({ at, since, probe, container, count }) => [at, since, probe, container, count]),
    [
      [second(30), second(20), 'liveness', 'app', 1],
      [second(20), second(10), 'liveness', 'app', 1],
      [second(10), noon, 'liveness', 'app', 1],
    ],
  )
  const pod = story.readinessChanges.filter(({ container }) => container === null)
  assert.deepEqual(
    pod.map(({ at, ready }) => [(at - noon) / 1_000, ready]),
    [
      [25, false],
      [23, true],
      [15, false],
      [13, true],
      [5, false],
      [3, true],
      [0, false],
    ],
  )
  // What the HTTP API promises is what comes out here.
  podHistoryResponseSchema.parse(story)
  assert.deepEqual(await reader.podHistoryByName('shop', 'web-1'), story)
  assert.equal(await reader.podHistory('nobody'), null)
  assert.equal(await reader.podHistoryByName('shop', 'nobody'), null)
})

test('a name that several pods have had means the youngest; all are listed', async (t) => {
  const store = await openStore(t, historyFile(t))
  const younger = { ...podRef(1), uid: 'younger' }
  await write(store, [
    { ...podFact(1), pod: younger, createdAt: second(500) } as Fact,
    podFact(1),
    { type: 'pod-gone', at: second(400), pod: podRef(1) },
  ])
  const story = await new HistoryReader(store).podHistoryByName('shop', 'web-1')
  assert.equal(story?.pod.uid, 'younger')
  assert.deepEqual(story?.lifecycles, [
    { uid: 'younger', createdAt: second(500), goneAt: null },
    { uid: 'pod-uid-1', createdAt: second(-1), goneAt: second(400) },
  ])
})

test('failures are counted from what was known before, whatever part is asked for', async (t) => {
  const store = await openStore(t, historyFile(t))
  const all = probeStory(1, 20, true)
  // Only some of the Event's versions were heard: 4, 9 and 20 failures.
  await write(store, [podFact(1), ...[3, 8, 19].flatMap((index) => all[index] ?? [])])
  const reader = new HistoryReader(store)
  const counts = async (limit: number) =>
    (await reader.podHistory('pod-uid-1', limit))?.probeFailures.map(({ count, message }) => [count, message.slice(-4)])
  assert.deepEqual(
    await counts(10),
    [
      [11, ': 20'],
      [5, 'd: 9'],
      [4, 'd: 4'],
    ].map(([count, message]) => [count, String(message).padStart(4)]),
  )
  assert.deepEqual((await counts(1))?.[0]?.[0], 11)
  assert.deepEqual(
    (await counts(2))?.map(([count]) => count),
    [11, 5],
  )
})

test("kubelet's events of a static pod belong to its mirror", async (t) => {
  const store = await openStore(t, historyFile(t))
  const mirror: Fact = { ...podFact(1), staticUid: 'static-1' } as Fact
  const event = probeStory(1, 2, false).map((fact) =>
    fact.type === 'probe-failure' ? { ...fact, subject: { ...fact.subject, uid: 'static-1' } } : fact,
  )
  await write(store, [mirror, ...event])
  const story = await new HistoryReader(store).podHistory('pod-uid-1')
  assert.equal(story?.probeFailures.length, 2)
  assert.equal(story?.lifecycles.length, 1)
})

test('what a restart of Plumbline says again is no change', async (t) => {
  const store = await openStore(t, historyFile(t))
  const states = podStates(1, 0)
  const ready = states[3]?.pod
  assert.ok(ready)
  await write(store, podFacts(null, ready, second(50)))
  await write(store, podFacts(null, ready, second(90)))
  const story = await new HistoryReader(store).podHistory('pod-uid-1')
  assert.deepEqual(
    story?.readinessChanges.map(({ container, ready, approximate }) => [container, ready, approximate]),
    [
      ['app', true, true],
      [null, true, false],
    ],
  )
})

test('ranges, namespaces and limits', async (t) => {
  const store = await openStore(t, historyFile(t))
  const elsewhere = { ...podRef(2), namespace: 'bank' }
  const group = {
    id: 'g',
    namespace: 'shop',
    workload: { kind: 'Deployment', name: 'web' },
    topologyKey: 'zone',
    maxSkew: 1,
    whenUnsatisfiable: 'DoNotSchedule',
  }
  await write(store, [
    ...Array.from({ length: 20 }, (_, n) => runFacts(podRef(1), n)).flat(),
    ...runFacts(elsewhere, 5),
    { type: 'skew-violated', at: second(10), group, skew: 3 },
    { type: 'skew-ended', at: second(20), group },
    { type: 'skew-violated', at: second(30), group, skew: 2 },
    watchLost('Pod', second(5), second(7)),
  ])
  const reader = new HistoryReader(store)
  assert.equal((await reader.containerRuns(everything)).length, 21)
  assert.equal((await reader.containerRuns({ ...everything, namespace: 'bank' })).length, 1)
  const some = await reader.containerRuns({ from: second(3), to: second(6), limit: 2, namespace: 'shop' })
  assert.deepEqual(
    some.map(({ attempt, pod }) => [attempt, pod.name]),
    [
      [5, 'web-1'],
      [4, 'web-1'],
    ],
  )
  const violations = async (from: number, to: number) =>
    (await reader.skewViolations({ from: second(from), to: second(to), limit: 10 })).map(
      ({ beganAt }) => (beganAt - noon) / 1_000,
    )
  assert.deepEqual(await violations(0, 100), [30, 10])
  assert.deepEqual(await violations(0, 10), [])
  assert.deepEqual(await violations(15, 16), [10])
  assert.deepEqual(await violations(25, 26), [])
  assert.deepEqual(await violations(500, 600), [30])
  assert.deepEqual((await reader.skewViolations({ ...everything, namespace: 'bank' })).length, 0)
  assert.deepEqual(await reader.gaps({ from: second(6), to: second(6) + 1, limit: 5 }), [
    { cause: 'watch-lost', kind: 'Pod', from: second(5), to: second(7), dropped: 0 },
  ])
  assert.deepEqual(await reader.gaps({ from: second(8), to: second(9), limit: 5 }), [])
  assert.equal((await reader.containerRuns({ ...everything, limit: Number.NaN })).length, 1)
  assert.equal((await reader.containerRuns({ ...everything, limit: -5 })).length, 1)
})

test('what happened lately, of every kind, the newest first', async (t) => {
  const store = await openStore(t, historyFile(t))
  const group = {
    id: 'g',
    namespace: 'shop',
    workload: { kind: 'Deployment', name: 'web' },
    topologyKey: 'zone',
    maxSkew: 1,
    whenUnsatisfiable: 'DoNotSchedule',
  }
  await write(store, [
    ...storyOf(podStates(1, 1), () => true),
    ...probeStory(1, 2, false),
    { type: 'skew-violated', at: second(11), group, skew: 3 },
    { type: 'skew-ended', at: second(14), group },
    watchLost('Pod', second(5), second(7)),
  ])
  const reader = new HistoryReader(store)
  const recent = await reader.recent({ before: second(1_000), limit: 500 })
  assert.deepEqual([...new Set(recent.map(({ type }) => type))].sort(), [
    'gap',
    'probe-failures',
    'readiness',
    'run-ended',
    'skew-began',
    'skew-ended',
  ])
  const times = recent.map(({ at }) => at)
  assert.deepEqual(
    times,
    times.toSorted((a, b) => b - a),
  )
  assert.deepEqual(
    (await reader.recent({ before: second(1_000), limit: 4 })).map(({ at }) => at),
    times.slice(0, 4),
  )
  assert.ok((await reader.recent({ before: second(11), limit: 500 })).every(({ at }) => at < second(11)))
  assert.deepEqual(
    (await reader.recent({ before: second(1_000), limit: 500, namespace: 'bank' })).map(({ type }) => type),
    ['gap'],
  )
})

/** A pod of a controller whose init container `migrate` ran so long, or failed. */
function initPod(n: number, owner: { kind: string; name: string } | null, seconds: number | null): Fact[] {
  const pod = podRef(n)
  const began = second(n * 100)
  const end = { at: began + (seconds ?? 1) * 1_000, approximate: false }
  const outcome = { exitCode: seconds === null ? 1 : 0, signal: 0, reason: '', message: '' }
  return [
    { ...podFact(n), owner } as Fact,
    {
      type: 'container-run',
      at: began,
      pod,
      container: 'migrate',
      containerType: 'init',
      identity: `containerd://init-${n}`,
      attempt: 0,
      startedAt: began,
      end: { ...end, outcome },
    },
    ...runFacts(pod, n),
  ]
}

test('how long a workload’s pods took for their init containers', async (t) => {
  const store = await openStore(t, historyFile(t))
  const of = (name: string, kind = 'ReplicaSet') => ({ kind, name })
  await write(store, [
    ...initPod(1, of('web-5d4f8c7b9x'), 10),
    ...initPod(2, of('web-5d4f8c7b9x'), 30),
    ...initPod(3, of('web-7c6d5f'), 20),
    ...initPod(4, of('web-7c6d5f'), null),
    // Deployment web-admin, a ReplicaSet without Deployment, and others that only look like it.
    ...initPod(5, of('web-admin-7c6d5f'), 900),
    ...initPod(6, of('web'), 900),
    ...initPod(7, of('web-7c6d5f', 'Job'), 900),
    ...initPod(8, of('backup-29384756', 'Job'), 5),
    ...initPod(9, null, 40),
  ])
  const reader = new HistoryReader(store)
  const steps = (kind: string, workload: string, except?: string) =>
    reader.initSteps({ namespace: 'shop', kind, workload, ...(except !== undefined && { except }) })
  const migrate = { container: 'migrate', count: 3, median: 20_000, p90: 30_000, max: 30_000, failures: 1 }
  assert.deepEqual(await steps('Deployment', 'web'), [migrate])
  assert.deepEqual(await steps('Deployment', 'web', 'pod-uid-2'), [
    { ...migrate, count: 2, median: 15_000, p90: 20_000, max: 20_000 },
  ])
  assert.equal((await steps('ReplicaSet', 'web'))[0]?.max, 900_000)
  assert.equal((await steps('CronJob', 'backup'))[0]?.max, 5_000)
  assert.equal((await steps('Pod', 'web-9'))[0]?.max, 40_000)
  assert.deepEqual(await steps('Deployment', 'nobody'), [])
  assert.deepEqual(await reader.initSteps({ namespace: 'other', kind: 'Deployment', workload: 'web' }), [])
})

test('each time that an event tells of a kill is kept', async (t) => {
  const store = await openStore(t, historyFile(t))
  const killing = (count: number): Fact => ({
    type: 'event',
    at: second(count * 30),
    uid: 'kill-1',
    subject: { kind: 'Pod', ...podRef(1) },
    container: 'app',
    eventType: 'Normal',
    reason: 'Killing',
    message: 'Container app failed liveness probe, will be restarted',
    count,
    firstAt: second(30),
    lastAt: second(count * 30),
    source: 'kubelet',
  })
  await write(store, [podFact(1), killing(1)])
  await write(store, [killing(2), killing(4)])
  await write(store, [killing(4), { ...killing(9), uid: 'back-off', reason: 'BackOff' } as Fact])
  const story = await new HistoryReader(store).podHistory('pod-uid-1')
  assert.deepEqual(
    story?.events.map(({ reason, count, sightings }) => [reason, count, sightings.map((at) => (at - noon) / 1_000)]),
    [
      ['BackOff', 9, []],
      ['Killing', 4, [120, 60, 30]],
    ],
  )
})
