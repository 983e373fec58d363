import assert from 'node:assert/strict'
import { test } from 'node:test'
import { goDuration } from '../../../domain/health/go-duration.ts'
import { humanDuration } from '../../../domain/health/human-duration.ts'

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour
const year = 365 * day

/** After the table in apimachinery pkg/util/duration/duration_test.go, and the edges between its rows. */
const human: readonly [number, string][] = [
  [-3 * second, '<invalid>'],
  [-2 * second, '<invalid>'],
  [-1_999, '0s'],
  [-1, '0s'],
  [0, '0s'],
  [999, '0s'],
  [second, '1s'],
  [70 * second, '70s'],
  [119 * second, '119s'],
  [120 * second, '2m'],
  [190 * second, '3m10s'],
  [10 * minute - 1, '9m59s'],
  [10 * minute, '10m'],
  [70 * minute, '70m'],
  [3 * hour - 1, '179m'],
  [3 * hour, '3h'],
  [3 * hour + 50 * minute, '3h50m'],
  [7 * hour + 59 * minute, '7h59m'],
  [8 * hour, '8h'],
  [8 * hour + 59 * minute, '8h'],
  [47 * hour, '47h'],
  [48 * hour, '2d'],
  [49 * hour, '2d1h'],
  [8 * day - hour, '7d23h'],
  [8 * day, '8d'],
  [2 * year - 1, '729d'],
  [2 * year, '2y'],
  [2 * year + 3 * day, '2y3d'],
  [8 * year - hour, '7y364d'],
  [8 * year, '8y'],
  [8 * year + 364 * day, '8y'],
]

for (const [milliseconds, text] of human) {
  test(`${milliseconds} ms is ${text} for kubectl`, () => assert.equal(humanDuration(milliseconds), text))
}

const go: readonly [string, number | null][] = [
  ['2m40s', 160_000],
  ['10s', 10_000],
  ['5m0s', 300_000],
  ['1h2m3s', 3_723_000],
  ['1.5s', 1_500],
  ['.5s', 500],
  ['100ms', 100],
  ['1µs', 0.001],
  ['-3s', -3_000],
  ['0', 0],
  ['0s', 0],
  ['', null],
  ['10', null],
  ['s', null],
  ['5m x', null],
  ['five minutes', null],
]

for (const [text, milliseconds] of go) {
  test(`Go's "${text}" is ${milliseconds} ms`, () => assert.equal(goDuration(text), milliseconds))
}
