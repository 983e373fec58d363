import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Fact } from '../../../domain/history/fact.ts'
import { podFacts } from '../../../domain/history/pod-facts.ts'
import { dump, historyFile, noon, openStore, podFact, podRef, runFacts, write } from './a-history.ts'
import { podStates, probeStory, seeded, shuffled, storyOf } from './a-story.ts'

/** Facts of pods whose watch misses updates; no approximate readiness, which only a fresh list gives. */
function story(seed: number): Fact[] {
  const random = seeded(seed)
  const facts: Fact[] = []
  for (let n = 0; n < 25; n += 1) {
    const states = podStates(n, Math.floor(random() * 6))
    facts.push(...storyOf(states, (index) => index === 0 || random() < 0.7))
    facts.push(...probeStory(n, 1 + Math.floor(random() * 5), random() < 0.5))
  }
  return facts.filter((fact) => !(fact.type === 'readiness' && fact.approximate))
}

for (const seed of [1, 2, 3, 4]) {
  test(`facts written twice, in any order, in any portions, give the same history (seed ${seed})`, async (t) => {
    const facts = story(seed)
    const inOrder = historyFile(t)
    const store = await openStore(t, inOrder)
    await write(store, facts)
    const anyhow = historyFile(t)
    const other = await openStore(t, anyhow)
    const random = seeded(seed + 100)
    const mixed = shuffled([...facts, ...facts], random)
    for (let from = 0; from < mixed.length; ) {
      const size = 1 + Math.floor(random() * 120)
      await write(other, mixed.slice(from, from + size))
      from += size
    }
    const expected = dump(inOrder)
    assert.ok((expected.runs?.length ?? 0) > 25)
    assert.deepEqual(dump(anyhow), expected)
  })
}

test('a list read anew after each restart adds nothing to what a watch has told', async (t) => {
  const file = historyFile(t)
  const store = await openStore(t, file)
  const states = podStates(1, 5)
  await write(
    store,
    storyOf(states, () => true),
  )
  const before = dump(file)
  for (const { pod, at } of states) if (pod) await write(store, podFacts(null, pod, at))
  const after = dump(file)
  // Seen again, a pod that was gone isn't; that is put right when it is missed.
  assert.deepEqual(after.runs, before.runs)
  assert.deepEqual(after.subjects, before.subjects)
})

test('a list alone tells of every run that the status still holds', async (t) => {
  const file = historyFile(t)
  const store = await openStore(t, file)
  const states = podStates(1, 3)
  // Plumbline was started again and again, and each time saw one state.
  for (const { pod, at } of states) if (pod) await write(store, podFacts(null, pod, at))
  const runs = dump(file).runs as { attempt: number; finished_at: number; finished_approximate: number }[]
  assert.deepEqual(
    runs.map(({ attempt, finished_at, finished_approximate }) => [
      attempt,
      (finished_at - noon) / 1_000,
      finished_approximate,
    ]),
    [
      [0, 5, 0],
      [1, 15, 0],
      [2, 25, 0],
      [3, 35, 0],
    ],
  )
})

test('a better known end replaces a worse one, never the other way round', async (t) => {
  const file = historyFile(t)
  const store = await openStore(t, file)
  const [begun, ended] = runFacts(podRef(1), 0)
  if (begun.type !== 'container-run') return
  const outcome = { exitCode: 137, signal: 0, reason: 'ContainerStatusUnknown', message: '' }
  const vague: Fact = { ...begun, end: { at: noon + 60_000, approximate: true, outcome: null } }
  const told: Fact = { ...begun, end: { at: noon + 90_000, approximate: true, outcome } }
  const run = () =>
    (dump(file).runs as { finished_at: number; finished_approximate: number; exit_code: number | null }[])[0]
  const steps: [Fact, number, number, number | null][] = [
    [begun, 0, 0, null],
    [vague, 60_000, 1, null],
    [begun, 60_000, 1, null],
    [told, 90_000, 1, 137],
    [vague, 90_000, 1, 137],
    [ended, 900, 0, 1],
    [told, 900, 0, 1],
    [vague, 900, 0, 1],
  ]
  for (const [fact, finished, approximate, code] of steps) {
    await write(store, [fact])
    assert.equal((run()?.finished_at ?? noon) - noon, finished)
    assert.equal(run()?.finished_approximate, approximate)
    assert.equal(run()?.exit_code, code)
  }
})

test('a run seen going on after it was given up goes on; a pod seen after it was gone is there', async (t) => {
  const file = historyFile(t)
  const store = await openStore(t, file)
  const [begun] = runFacts(podRef(1), 0)
  if (begun.type !== 'container-run') return
  await write(store, [podFact(1), begun, { ...begun, end: { at: noon + 60_000, approximate: true, outcome: null } }])
  await write(store, [{ type: 'pod-gone', at: noon + 60_000, pod: podRef(1) }])
  await write(store, [
    { ...podFact(1), at: noon + 70_000 },
    { ...begun, at: noon + 70_000 },
  ])
  const { runs, pods } = dump(file)
  assert.equal((runs?.[0] as { finished_at: unknown } | undefined)?.finished_at, null)
  assert.equal((pods?.[0] as { gone_at: unknown } | undefined)?.gone_at, null)
})

test('a pod made anew under its name is another pod', async (t) => {
  const file = historyFile(t)
  const store = await openStore(t, file)
  const second = { ...podRef(1), uid: 'another-uid' }
  await write(store, [
    podFact(1),
    ...runFacts(podRef(1), 3),
    { ...podFact(1), pod: second } as Fact,
    ...runFacts(second, 0),
  ])
  const runs = dump(file).runs as { uid: string; attempt: number }[]
  assert.deepEqual(runs.map(({ uid, attempt }) => [uid, attempt]).sort(), [
    ['another-uid', 0],
    ['pod-uid-1', 3],
  ])
})

test('facts of different clusters in one file do not mix', async (t) => {
  const file = historyFile(t)
  for (const clusterId of ['cluster-1', 'cluster-2']) {
    const store = await openStore(t, file, { clusterId })
    await write(store, [podFact(1), ...probeStory(1, 3, false)])
    const found = (await store.query('podHistory', { uid: podRef(1).uid })) as { probeFailures: unknown[] }
    assert.equal(found.probeFailures.length, 3)
    await store.close(noon, true)
  }
  assert.equal(dump(file).pods?.length, 2)
})

test('violations: one at a time, told twice without a second one', async (t) => {
  const file = historyFile(t)
  const store = await openStore(t, file)
  const group = {
    id: 'g',
    namespace: 'shop',
    workload: { kind: 'Deployment', name: 'web' },
    topologyKey: 'zone',
    maxSkew: 1,
    whenUnsatisfiable: 'DoNotSchedule',
  }
  const violated = (second: number, skew: number): Fact => ({
    type: 'skew-violated',
    at: noon + second * 1_000,
    group,
    skew,
  })
  const ended = (second: number): Fact => ({ type: 'skew-ended', at: noon + second * 1_000, group })
  const facts = [violated(10, 2), violated(15, 4), violated(17, 3), ended(20), violated(30, 2)]
  const expected = [
    { identity: 'g', began_at: noon + 10_000, ended_at: noon + 20_000, ended_approximate: 0, worst_skew: 4 },
    { identity: 'g', began_at: noon + 30_000, ended_at: null, ended_approximate: 0, worst_skew: 2 },
  ]
  await write(store, facts)
  assert.deepEqual(dump(file).violations, expected)
  await write(store, facts)
  assert.deepEqual(dump(file).violations, expected)
  for (const fact of facts) await write(store, [fact])
  assert.deepEqual(dump(file).violations, expected)
})

test('texts of any kind go in and come out', async (t) => {
  const file = historyFile(t)
  const store = await openStore(t, file)
  const odd = `'; DROP TABLE pod; -- "\\ \u202e\u0007 💥 __proto__ ${'\ud800'.toWellFormed()} %s ?1`
  const pod = { ...podRef(1), name: odd }
  const [, ended] = runFacts(pod, 0)
  if (ended.type !== 'container-run' || !ended.end?.outcome) return
  const told = {
    ...ended,
    container: '__proto__',
    end: { ...ended.end, outcome: { ...ended.end.outcome, message: odd } },
  }
  await write(store, [told])
  const found = (await store.query('podHistory', { uid: pod.uid })) as {
    pod: { name: string }
    runs: { container: string; message: string }[]
  }
  assert.equal(found.pod.name, odd)
  assert.equal(found.runs[0]?.message, odd)
  assert.equal(found.runs[0]?.container, '__proto__')
})
