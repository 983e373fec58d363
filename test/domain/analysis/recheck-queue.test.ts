import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RecheckQueue } from '../../../domain/analysis/recheck-queue.ts'

test('gives each uid once, when it is due and not before', () => {
  const queue = new RecheckQueue()
  queue.set('a', 10_000)
  queue.set('b', 12_500)
  queue.set('c', 12_500)
  queue.set('c', null)
  assert.deepEqual(queue.take(9_999), [])
  assert.deepEqual(queue.take(10_000), ['a'])
  assert.deepEqual(queue.take(12_500), [])
  assert.deepEqual(queue.take(13_000), ['b'])
  assert.deepEqual(queue.take(99_000_000), [])
})

test('a due time that moves counts only at its new place', () => {
  const queue = new RecheckQueue()
  queue.set('a', 5_000)
  queue.set('a', 8_000)
  assert.deepEqual(queue.take(6_000), [])
  queue.set('a', 7_000)
  assert.deepEqual(queue.take(8_000), ['a'])
})

test('a time already past is due at once, even after later ones were taken', () => {
  const queue = new RecheckQueue()
  queue.set('a', 100_000)
  assert.deepEqual(queue.take(200_000), ['a'])
  queue.set('b', 50_000)
  assert.deepEqual(queue.take(200_001), ['b'])
})

test('a sleep of weeks costs no walk over its seconds', () => {
  const queue = new RecheckQueue()
  queue.set('a', 1_000)
  queue.set('b', 3_000_000_000)
  assert.deepEqual(queue.take(2_900_000_000), ['a'])
  assert.deepEqual(queue.take(3_000_000_000), ['b'])
})
