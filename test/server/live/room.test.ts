import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AnalysisChanges } from '../../../domain/analysis/cluster-analysis.ts'
import { Room } from '../../../server/live/room.ts'

const changes = {} as AnalysisChanges

/** A source whose next update is told beforehand. */
function source(first: readonly (readonly [string, object])[]) {
  let next: (readonly [string, object | null])[] = []
  return {
    tell: (...records: (readonly [string, object | null])[]) => {
      next = records
    },
    records: () => first,
    update: () => next,
  }
}

test('whoever stands anywhere in the past gets exactly what changed since, or a snapshot', () => {
  const told = source([
    ['a', { n: 1 }],
    ['b', { n: 1 }],
  ])
  const room = new Room('test', told, 10)
  told.tell(['a', { n: 2 }], ['b', { n: 1 }])
  assert.equal(room.update(changes, 11), true)
  told.tell(['b', null], ['c', { n: 1 }])
  assert.equal(room.update(changes, 12), true)
  assert.deepEqual(room.since(12), { changed: [], removed: [] })
  assert.deepEqual(room.since(11), { changed: [['c', { n: 1 }]], removed: ['b'] })
  assert.deepEqual(room.since(10), {
    changed: [
      ['a', { n: 2 }],
      ['c', { n: 1 }],
    ],
    removed: ['b'],
  })
  assert.equal(room.since(9), null)
  assert.deepEqual(room.snapshot(), [
    ['a', { n: 2 }],
    ['c', { n: 1 }],
  ])
})

test('a record that reads the same is no change', () => {
  const told = source([['a', { n: 1 }]])
  const room = new Room('test', told, 1)
  told.tell(['a', { n: 1 }], ['gone', null])
  assert.equal(room.update(changes, 2), false)
  assert.equal(room.changedAt, 1)
})

test('a record that comes back is no longer told as removed', () => {
  const told = source([['a', { n: 1 }]])
  const room = new Room('test', told, 1)
  told.tell(['a', null])
  room.update(changes, 2)
  told.tell(['a', { n: 1 }])
  room.update(changes, 3)
  assert.deepEqual(room.since(1), { changed: [['a', { n: 1 }]], removed: [] })
})

test('removals without end do not fill the memory: the oldest clients get a snapshot', () => {
  const told = source([])
  const room = new Room('test', told, 0)
  for (let seq = 1; seq <= 12_000; seq += 2) {
    told.tell([`k${seq}`, { seq }])
    room.update(changes, seq)
    told.tell([`k${seq}`, null])
    room.update(changes, seq + 1)
  }
  assert.equal(room.size, 0)
  assert.equal(room.since(0), null)
  assert.notEqual(room.since(11_999), null)
})
