import assert from 'node:assert/strict'
import { test } from 'node:test'
import { timestamp } from '../../../domain/read/timestamp.ts'

const cases: readonly [unknown, string | null][] = [
  ['2026-11-24T02:35:43Z', '2026-11-24T02:35:43.000Z'],
  ['2026-11-24T02:35:43.5Z', '2026-11-24T02:35:43.500Z'],
  ['2026-11-24T02:35:43.123456Z', '2026-11-24T02:35:43.123Z'],
  ['2026-11-24T02:35:43.999999999Z', '2026-11-24T02:35:43.999Z'],
  ['2026-11-24T02:35:43+01:00', '2026-11-24T01:35:43.000Z'],
  ['2026-11-24T02:35:43.25-05:30', '2026-11-24T08:05:43.250Z'],
  ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
  ['1970-01-01T00:00:00Z', '1970-01-01T00:00:00.000Z'],
  ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
  ['0001-01-01T00:00:00Z', null],
  ['2026-02-29T00:00:00Z', null],
  ['2026-04-31T00:00:00Z', null],
  ['2026-13-01T00:00:00Z', null],
  ['2026-11-24T24:00:00Z', null],
  ['2026-11-24T02:35:43', null],
  ['2026-11-24T02:35Z', null],
  ['2026-11-24', null],
  ['0000-00-00T00:00:00Z', null],
  ['2026-11-24T02:35:43Zx', null],
  ['2026-11-24T02:35:43.Z5', null],
  ['2026-11-24T02:35:43+1:00', null],
  ['24.11.2026 02:35:43 UTC', null],
  ['', null],
  [1_795_488_943_000, null],
  [null, null],
  [undefined, null],
]

for (const [text, expected] of cases) {
  test(`${JSON.stringify(text)} is ${expected}`, () => {
    // Twice: the second time the date is known already.
    for (const at of [timestamp(text), timestamp(text)]) {
      assert.equal(at === null ? null : new Date(at).toISOString(), expected)
    }
  })
}

test('each day of forty years is read as Date.UTC reads it', () => {
  for (let at = Date.UTC(2000, 0, 1); at < Date.UTC(2040, 0, 1); at += 86_400_000) {
    assert.equal(timestamp(new Date(at).toISOString()), at)
  }
})
