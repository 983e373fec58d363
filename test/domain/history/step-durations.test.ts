import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stepDurations } from '../../../domain/history/step-durations.ts'

const cases: readonly [durations: readonly number[], median: number | null, p90: number | null, max: number | null][] =
  [
    [[], null, null, null],
    [[7], 7, 7, 7],
    [[3, 1], 2, 3, 3],
    [[3, 1, 2], 2, 3, 3],
    [[10, 20, 30, 40, 50, 60, 70, 80, 90, 100], 55, 90, 100],
    [[-5, 4], 2, 4, 4],
    [[1_000, 2_001], 1_501, 2_001, 2_001],
  ]

for (const [durations, median, p90, max] of cases) {
  test(`durations ${JSON.stringify(durations)}`, () => {
    assert.deepEqual(stepDurations(durations, 2), { count: durations.length, median, p90, max, failures: 2 })
  })
}

test('what is given is left as it is', () => {
  const given = Object.freeze([3, 1, 2])
  assert.equal(stepDurations(given, 0).max, 3)
})
