import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SkewChanges, skewToldEvery } from '../../../domain/history/skew-changes.ts'
import type { SkewState } from '../../../domain/history/skew-facts.ts'

const at = Date.UTC(2026, 2, 1, 12)

function group(skew: number, id = 'zone'): SkewState {
  return {
    id,
    namespace: 'shop',
    workload: { kind: 'Deployment', name: 'web' },
    topologyKey: 'topology.kubernetes.io/zone',
    maxSkew: 1,
    whenUnsatisfiable: 'DoNotSchedule',
    skew,
    violated: skew > 1,
  }
}

const told = (changes: SkewChanges, now: number) => changes.due(now).map(({ group: { id }, skew }) => `${id} ${skew}`)

test('a change is told at once, the next ones of its constraint when the time is over', () => {
  const changes = new SkewChanges()
  changes.apply('zone', group(0))
  assert.deepEqual(told(changes, at), ['zone 0'])
  changes.apply('zone', group(2))
  changes.apply('node', group(1, 'node'))
  assert.deepEqual(told(changes, at + 1_000), ['node 1'])
  changes.apply('zone', group(3))
  assert.deepEqual(told(changes, at + skewToldEvery - 1), [])
  assert.deepEqual(told(changes, at + skewToldEvery), ['zone 3'])
  assert.deepEqual(told(changes, at + 10 * skewToldEvery), [])
})

test('what has come back to what was told is not told', () => {
  const changes = new SkewChanges()
  changes.apply('zone', group(1))
  told(changes, at)
  changes.apply('zone', group(4))
  changes.apply('zone', group(1))
  assert.deepEqual(told(changes, at + 2 * skewToldEvery), [])
})

test('a constraint that is gone ends, one that was never told doesn’t', () => {
  const changes = new SkewChanges()
  changes.apply('zone', group(1))
  changes.apply('other', null)
  assert.deepEqual(told(changes, at), ['zone 1'])
  changes.apply('zone', null)
  assert.deepEqual(told(changes, at + skewToldEvery), ['zone null'])
  changes.apply('zone', group(1))
  assert.deepEqual(told(changes, at + skewToldEvery), ['zone 1'])
})

test('after a restart only what differs from what history knows is told', () => {
  const known = (id: string, skew: number) => ({ group: { ...group(skew, id) }, skew })
  const changes = new SkewChanges([known('same', 1), known('other', 1), known('gone', 2)])
  for (const id of changes.known) changes.apply(id, { same: group(1, 'same'), other: group(5, 'other') }[id] ?? null)
  assert.deepEqual(told(changes, at), ['other 5', 'gone null'])
})
