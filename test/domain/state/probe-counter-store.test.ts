import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ProbeCounters } from '../../../domain/model/probe-counters.ts'
import { ProbeCounterStore } from '../../../domain/state/probe-counter-store.ts'

function reading(podUid: string, at: number, successful: number, failed: number): ProbeCounters {
  return { podUid, container: 'app', kind: 'liveness', successful, failed, unknown: 0, at }
}

test('the last reading, and what came since the one before', () => {
  const store = new ProbeCounterStore()
  assert.deepEqual([...store.apply('node-1', [reading('a', 1_000, 10, 2)])], ['a'])
  assert.equal(store.counters('a', 'app', 'liveness')?.failed, 2)
  assert.equal(store.lastPeriod('a', 'app', 'liveness'), null, 'one reading is no period')
  store.apply('node-1', [reading('a', 31_000, 17, 5)])
  assert.deepEqual(store.lastPeriod('a', 'app', 'liveness'), {
    from: 1_000,
    to: 31_000,
    successful: 7,
    failed: 3,
    unknown: 0,
  })
  assert.equal(store.counters('a', 'app', 'readiness'), null)
  assert.equal(store.counters('a', 'other', 'liveness'), null)
  assert.equal(store.counters('b', 'app', 'liveness'), null)
})

test('counters that go down are those of another life of the kubelet', () => {
  const store = new ProbeCounterStore()
  store.apply('node-1', [reading('a', 1_000, 10, 2)])
  store.apply('node-1', [reading('a', 2_000, 11, 1)])
  assert.equal(store.lastPeriod('a', 'app', 'liveness'), null)
  assert.equal(store.counters('a', 'app', 'liveness')?.successful, 11)
  store.apply('node-1', [reading('a', 3_000, 12, 1)])
  assert.equal(store.lastPeriod('a', 'app', 'liveness')?.successful, 1)
})

test('what a kubelet no longer names is dropped, of its own node alone', () => {
  const store = new ProbeCounterStore()
  store.apply('node-1', [reading('a', 1_000, 1, 0), reading('b', 1_000, 1, 0)])
  store.apply('node-2', [reading('c', 1_000, 1, 0)])
  assert.deepEqual([...store.apply('node-1', [reading('b', 2_000, 2, 0)])].sort(), ['a', 'b'])
  assert.equal(store.size, 2)
  assert.equal(store.counters('a', 'app', 'liveness'), null)
  store.dropPod('b')
  assert.equal(store.counters('b', 'app', 'liveness'), null)
  assert.deepEqual([...store.dropNode('node-2')], ['c'])
  assert.equal(store.size, 0)
})

test('a uid that two nodes claim belongs to the one that spoke last', () => {
  const store = new ProbeCounterStore()
  store.apply('node-1', [reading('a', 1_000, 9, 0)])
  store.apply('node-2', [reading('a', 2_000, 10, 0)])
  assert.equal(store.lastPeriod('a', 'app', 'liveness'), null)
  store.apply('node-1', [])
  assert.equal(store.counters('a', 'app', 'liveness')?.successful, 10)
})
