import { expect, test } from '@playwright/test'
import { knownRuns } from '../../components/pod/container-runs.ts'
import { readInitUsual } from '../../components/pod/init-usual.ts'
import { backOffLadder } from '../../components/pod/loop-ladder.ts'
import { readPodHistory } from '../../components/pod/pod-history.ts'
import { imageChange } from '../../components/story/image-change.ts'
import { stopwatch } from '../../components/ui/clock-face.ts'
import { place, timeTicks, width } from '../../components/ui/time-scale.ts'
import type { ContainerDetail } from '../../domain/live/protocol.ts'

// The parts of the interface that need no browser.

test('the ladder of waits: usual, shorter maximum, another first step, unknown', () => {
  const seconds = (backOff: number | null, maximum: number | null) => {
    const { steps, current } = backOffLadder({
      backOffMs: backOff === null ? null : backOff * 1_000,
      maximumMs: maximum === null ? null : maximum * 1_000,
    })
    return [steps.map((step) => step / 1_000), current]
  }
  expect(seconds(160, 300)).toEqual([[10, 20, 40, 80, 160, 300], 4])
  expect(seconds(300, 300)).toEqual([[10, 20, 40, 80, 160, 300], 5])
  expect(seconds(60, 60)).toEqual([[10, 20, 40, 60], 3])
  expect(seconds(8, 60)).toEqual([[1, 2, 4, 8, 16, 32, 60], 3])
  expect(seconds(null, null)).toEqual([[10, 20, 40, 80, 160, 300], null])
})

test('a stopwatch rounds up and never goes below zero', () => {
  expect([1, 14_000, 160_001, 3_723_000, -5].map(stopwatch)).toEqual(['0:01', '0:14', '2:41', '1:02:03', '0:00'])
})

test('images: only what changed', () => {
  expect(imageChange('r:5000/shop/cart:1.2', 'r:5000/shop/cart:1.3')).toEqual({ from: '1.2', to: '1.3' })
  expect(imageChange('r:5000/shop/cart', 'r:5000/shop/cart:1.3')).toEqual({
    from: 'r:5000/shop/cart',
    to: 'r:5000/shop/cart:1.3',
  })
  expect(imageChange('a:1', 'b:1')).toEqual({ from: 'a:1', to: 'b:1' })
})

test('a scale of time keeps what lies outside at its ends', () => {
  const scale = { from: 1_000, to: 11_000 }
  expect([0, 1_000, 6_000, 99_000].map((at) => place(scale, at))).toEqual(['0.000%', '0.000%', '50.000%', '100.000%'])
  expect(width(scale, 6_000, 99_000)).toBe('50.000%')
  expect(timeTicks(scale, 5).map(({ at }) => at)).toEqual([2_000, 4_000, 6_000, 8_000, 10_000])
  expect(timeTicks({ from: 5, to: 5 }, 5)).toEqual([])
})

test('runs of the API and of history are one list, each run once', () => {
  const history = readPodHistory({
    runs: [
      { container: 'app', startedAt: 1_000, finishedAt: 2_000, exitCode: 3, cause: { words: 'exit code 3' } },
      { container: 'app', startedAt: 5_000, finishedAt: 6_000, exitCode: 3, missedBefore: 2 },
      { container: 'app', startedAt: 8_000, finishedAt: null },
      { container: 'other', startedAt: 5_000, finishedAt: 6_000 },
      'nonsense',
    ],
  })
  const run = { signal: null, reason: '', message: '', cause: null }
  const container = {
    name: 'app',
    runs: [
      { ...run, startedAt: 5_400, finishedAt: 6_000, exitCode: 3 },
      { ...run, startedAt: 9_000, finishedAt: null, exitCode: null },
    ],
  } as unknown as ContainerDetail
  const known = knownRuns(container, history)
  expect(known.map(({ startedAt }) => startedAt)).toEqual([9_000, 5_400, 1_000])
  expect(known[1]?.missedBefore).toBe(2)
  expect(known[2]?.cause?.words).toBe('exit code 3')
  expect(knownRuns(container, null)).toHaveLength(2)
})

test('usual durations: what makes no sense is left out', () => {
  const read = readInitUsual({
    items: [
      { container: 'migrate', count: 34, median: 12_000, p90: 20_000, max: 31_000, failures: 1 },
      { container: 'new', count: 0, median: null, p90: null, max: null, failures: 2 },
      null,
    ],
  })
  expect([...read]).toEqual([['migrate', { container: 'migrate', runs: 34, median: 12_000, p90: 20_000 }]])
  expect(readInitUsual('nonsense').size).toBe(0)
})
