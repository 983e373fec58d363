import assert from 'node:assert/strict'
import { statSync } from 'node:fs'
import { test } from 'node:test'
import type { Fact } from '../../../domain/history/fact.ts'
import { watchLost } from '../../../domain/history/gap-facts.ts'
import type { Store } from '../../../server/history/store.ts'
import { dump, historyFile, noon, openStore, podFact, podRef, runFacts, write } from './a-history.ts'
import { podStates, probeStory, storyOf } from './a-story.ts'

const day = 86_400_000

async function prune(store: Store, keepFrom: number, mostBytes = 1e12): Promise<number> {
  let calls = 1
  while (await store.prune({ keepFrom, now: noon + 40 * day, mostBytes, limit: 500 })) calls += 1
  return calls
}

/** The same facts `days` later. */
function later(facts: readonly Fact[], days: number): Fact[] {
  const move = (value: unknown): unknown => {
    if (typeof value === 'number') return value > 1e12 ? value + days * day : value
    if (Array.isArray(value) || value === null || typeof value !== 'object') return value
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, move(inner)]))
  }
  return facts.map((fact) => move(fact) as Fact)
}

const rename = (facts: readonly Fact[], from: string, to: string) =>
  JSON.parse(JSON.stringify(facts).replaceAll(from, to)) as Fact[]

test('what is too old goes, with all that only it referred to; what is younger stays', async (t) => {
  const file = historyFile(t)
  const store = await openStore(t, file)
  const group = {
    id: 'g',
    namespace: 'shop',
    workload: { kind: 'Deployment', name: 'old' },
    topologyKey: 'zone',
    maxSkew: 1,
    whenUnsatisfiable: 'DoNotSchedule',
  }
  const old: Fact[] = [
    ...storyOf(podStates(1, 3), () => true),
    ...probeStory(1, 4, true),
    { type: 'skew-violated', at: noon, group, skew: 2 },
    { type: 'skew-ended', at: noon + 1_000, group },
    watchLost('Pod', noon, noon + 5_000),
  ]
  await write(store, old)
  const young = later(rename(rename(old, 'pod-uid-1', 'pod-uid-young'), 'event-1', 'event-young'), 20)
  const young2 = young.map((fact) =>
    'group' in fact ? { ...fact, group: { ...group, id: 'h', workload: { kind: 'Deployment', name: 'new' } } } : fact,
  )
  await write(store, young2)
  await prune(store, noon + 10 * day)
  const rest = dump(file) as Record<string, Record<string, unknown>[]>
  assert.deepEqual(
    rest.pods?.map(({ uid }) => uid),
    ['pod-uid-young'],
  )
  assert.equal(rest.runs?.length, 4)
  assert.equal(rest.failures?.length, 4)
  assert.deepEqual(
    rest.events?.map(({ uid }) => uid),
    ['event-young-true'],
  )
  assert.deepEqual(
    rest.violations?.map(({ identity }) => identity),
    ['h'],
  )
  assert.equal(rest.gaps?.length, 1)
  assert.deepEqual(
    rest.subjects?.map(({ kind, name }) => `${kind} ${name}`),
    ['Deployment new', 'Node node-1', 'Pod web-1', 'StatefulSet web'],
  )
  await prune(store, noon + 35 * day)
  for (const [table, rows] of Object.entries(dump(file))) assert.deepEqual(rows, [], table)
})

test('what still goes on stays, however old, and the last that is known of a living pod', async (t) => {
  const file = historyFile(t)
  const store = await openStore(t, file)
  const [begun] = runFacts(podRef(1), 7)
  const group = {
    id: 'g',
    namespace: 'shop',
    workload: { kind: 'Deployment', name: 'web' },
    topologyKey: 'zone',
    maxSkew: 1,
    whenUnsatisfiable: 'DoNotSchedule',
  }
  const ready = (second: number, is: boolean): Fact => ({
    type: 'readiness',
    at: noon,
    pod: podRef(1),
    container: null,
    ready: is,
    changedAt: noon + second * 1_000,
    approximate: false,
    reason: '',
  })
  await write(store, [
    podFact(1),
    ...runFacts(podRef(1), 6),
    begun,
    { type: 'skew-violated', at: noon, group, skew: 2 },
    ready(1, true),
    ready(2, false),
    ready(3, true),
  ])
  await prune(store, noon + 35 * day)
  const rest = dump(file) as Record<string, Record<string, unknown>[]>
  assert.equal(rest.pods?.length, 1)
  assert.deepEqual(
    rest.runs?.map(({ attempt }) => attempt),
    [7],
  )
  assert.equal(rest.violations?.length, 1)
  assert.deepEqual(
    rest.readiness?.map(({ at }) => at),
    [noon + 3_000],
  )
})

test('the file gets smaller again', async (t) => {
  const file = historyFile(t)
  const store = await openStore(t, file)
  const gone = (n: number): Fact => ({ type: 'pod-gone', at: noon, pod: podRef(n) })
  for (let from = 0; from < 6_000; from += 1_000) {
    const pods = Array.from({ length: 1_000 }, (_, n) => from + n)
    await write(
      store,
      pods.flatMap((n) => [podFact(n), ...runFacts(podRef(n), 0), gone(n)]),
    )
  }
  await store.checkpoint()
  const full = statSync(file).size
  const calls = await prune(store, noon + 35 * day)
  await store.checkpoint()
  assert.ok(full > 1_500_000, String(full))
  assert.ok(statSync(file).size < full / 4, `${statSync(file).size} of ${full}`)
  assert.ok(calls > 10, 'in slices')
})

test('a file that holds too much loses what is oldest before its time', async (t) => {
  const file = historyFile(t)
  const store = await openStore(t, file)
  for (let d = 0; d < 20; d += 1) {
    const facts = Array.from({ length: 300 }, (_, n) => runFacts(podRef(n), d)).flat()
    await write(store, later(facts, d))
  }
  const used = async () => {
    await store.checkpoint()
    return (await store.size()).bytes
  }
  const full = await used()
  const most = Math.floor(full * 0.7)
  for (let n = 0; n < 10 && (await used()) > most; n += 1) await prune(store, noon - day, most)
  assert.ok((await used()) <= most)
  const attempts = (dump(file).runs as { attempt: number }[]).map(({ attempt }) => attempt)
  assert.ok(attempts.includes(19), 'the youngest stay')
  assert.ok(!attempts.includes(0), 'the oldest went')
  assert.ok(attempts.length > 300 * 8, `${attempts.length} are left`)
})
