import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Fact, SkewGroup } from '../../../domain/history/fact.ts'
import { HistoryReader } from '../../../server/history/history.ts'
import { historyFile, noon, openStore, podFact, write } from './a-history.ts'

const second = (n: number) => noon + n * 1_000
const web = { namespace: 'shop', kind: 'Deployment', workload: 'web' }

function group(key: string): SkewGroup {
  return {
    id: `shop/Deployment/web/${key}`,
    namespace: 'shop',
    workload: { kind: 'Deployment', name: 'web' },
    topologyKey: key,
    maxSkew: 1,
    whenUnsatisfiable: 'DoNotSchedule',
  }
}

function skew(at: number, value: number | null, key = 'zone'): Fact {
  return { type: 'skew-changed', at: second(at), group: group(key), skew: value }
}

function event(
  uid: string,
  subject: { kind: string; name: string },
  reason: string,
  message: string,
  at: number,
): Fact {
  const namespace = subject.kind === 'Node' ? '' : 'shop'
  return {
    type: 'event',
    at: second(at),
    uid,
    subject: { ...subject, namespace, uid: '' },
    container: '',
    eventType: 'Normal',
    reason,
    message,
    count: 1,
    firstAt: second(at),
    lastAt: second(at),
    source: 'controller',
  }
}

/** A pod of a ReplicaSet of web, made at that second, on a node. */
function pod(n: number, set: string, at: number, node: string): Fact {
  return {
    ...podFact(n),
    owner: { kind: 'ReplicaSet', name: set },
    createdAt: second(at),
    node,
  } as Fact
}

test('the skew holds from change to change, from before the range on', async (t) => {
  const store = await openStore(t, historyFile(t))
  await write(store, [skew(10, 0), skew(20, 2), skew(30, 1), skew(15, 1, 'node'), skew(25, null, 'node')])
  const reader = new HistoryReader(store)
  const read = async (from: number, to: number) => {
    const { series } = await reader.skewHistory({ ...web, from: second(from), to: second(to) })
    return Object.fromEntries(
      series.map(({ topologyKey, points }) => [topologyKey, points.map(({ at, skew }) => [(at - noon) / 1_000, skew])]),
    )
  }
  assert.deepEqual(await read(0, 100), {
    zone: [
      [10, 0],
      [20, 2],
      [30, 1],
    ],
    node: [
      [15, 1],
      [25, null],
    ],
  })
  // As it was at the beginning is told by the last change before; a constraint that was gone by then isn't told.
  assert.deepEqual(await read(26, 28), { zone: [[20, 2]] })
  const { series } = await reader.skewHistory({ ...web, workload: 'other', from: 0, to: second(100) })
  assert.deepEqual(series, [])
})

test('writing a fact again changes nothing; the last skews are those of constraints in use', async (t) => {
  const store = await openStore(t, historyFile(t))
  const facts = [skew(10, 0), skew(20, 2), skew(15, 1, 'node'), skew(25, null, 'node')]
  await write(store, facts)
  await write(store, facts)
  const reader = new HistoryReader(store)
  const { series } = await reader.skewHistory({ ...web, from: 0, to: second(100) })
  assert.equal(series.flatMap(({ points }) => points).length, 4)
  assert.deepEqual(await reader.lastSkews(), [{ group: group('zone'), skew: 2 }])
})

test('rollouts: the first pod of each ReplicaSet, and sets that are scaled up from nothing again', async (t) => {
  const store = await openStore(t, historyFile(t))
  await write(store, [
    pod(1, 'web-7d4b9c', 10, 'node-1'),
    pod(2, 'web-7d4b9c', 12, 'node-2'),
    pod(3, 'web-5f6c8d', 100, 'node-1'),
    pod(4, 'website-5f6c8d', 50, 'node-1'),
    event(
      'e1',
      { kind: 'Deployment', name: 'web' },
      'ScalingReplicaSet',
      'Scaled up replica set web-5f6c8d from 0 to 1',
      99,
    ),
    event(
      'e2',
      { kind: 'Deployment', name: 'web' },
      'ScalingReplicaSet',
      'Scaled down replica set web-7d4b9c from 2 to 0',
      105,
    ),
    event(
      'e3',
      { kind: 'Deployment', name: 'web' },
      'ScalingReplicaSet',
      'Scaled up replica set web-7d4b9c from 0 to 2',
      500,
    ),
  ])
  const reader = new HistoryReader(store)
  const { rollouts } = await reader.skewHistory({ ...web, from: noon, to: second(1_000) })
  assert.deepEqual(
    rollouts.map(({ at, revision, evidence }) => [(at - noon) / 1_000, revision, evidence]),
    [
      [10, 'web-7d4b9c', 'first-pod'],
      [99, 'web-5f6c8d', 'scaled-up'],
      [500, 'web-7d4b9c', 'scaled-up'],
    ],
  )
  const later = await reader.skewHistory({ ...web, from: second(400), to: second(1_000) })
  assert.equal(later.rollouts.length, 1)
})

test('nodes: only what befell those that had pods of the workload', async (t) => {
  const store = await openStore(t, historyFile(t))
  await write(store, [
    pod(1, 'web-7d4b9c', 10, 'node-1'),
    event('n1', { kind: 'Node', name: 'node-1' }, 'NodeNotReady', 'Node node-1 status is now: NodeNotReady', 60),
    event('n2', { kind: 'Node', name: 'node-2' }, 'NodeNotReady', 'Node node-2 status is now: NodeNotReady', 60),
    event('n3', { kind: 'Node', name: 'node-1' }, 'RemovingNode', 'Node node-1 event: Removing Node node-1', 90),
  ])
  const { nodes } = await new HistoryReader(store).skewHistory({ ...web, from: noon, to: second(1_000) })
  assert.deepEqual(
    nodes.map(({ at, node, what }) => [(at - noon) / 1_000, node, what]),
    [
      [60, 'node-1', 'not-ready'],
      [90, 'node-1', 'removed'],
    ],
  )
})

test('old changes go, but for the last that tells how it still is', async (t) => {
  const store = await openStore(t, historyFile(t))
  await write(store, [skew(10, 0), skew(20, 2), skew(30, 1), skew(15, 1, 'node'), skew(25, null, 'node')])
  const prune = { keepFrom: second(29), now: second(40), mostBytes: 2 ** 40, limit: 1_000 }
  await store.prune(prune)
  const reader = new HistoryReader(store)
  const points = async () => {
    const { series } = await reader.skewHistory({ ...web, from: 0, to: second(100) })
    return series.map(({ points }) => points.map(({ skew }) => skew))
  }
  assert.deepEqual(await points(), [[1]])
  await store.prune({ ...prune, keepFrom: second(1_000) })
  assert.deepEqual(await points(), [[1]])
})
