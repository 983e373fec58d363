import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type KeptRun, type KeptSigns, runsWithCauses } from '../../../domain/history/run-causes.ts'

const at = (second: number) => Date.parse('2026-11-24T12:00:00Z') + second * 1_000
const alive = { deletedAt: null, final: null }

function run(attempt: number, from: number, to: number | null, exitCode: number | null, reason = 'Error'): KeptRun {
  const end = to === null ? null : at(to)
  return { container: 'app', attempt, startedAt: at(from), finishedAt: end, exitCode, signal: 0, reason, message: '' }
}

function event(reason: string, message: string, ...seconds: readonly number[]): KeptSigns['events'][number] {
  const times = seconds.map(at)
  return {
    container: 'app',
    reason,
    message,
    count: times.length,
    firstAt: Math.min(...times),
    lastAt: Math.max(...times),
    sightings: times.toReversed(),
  }
}

const liveness = 'Container app failed liveness probe, will be restarted'

test('each run finds the events of its own time', () => {
  const runs = [
    run(4, 400, null, null),
    run(3, 300, 340, 3),
    run(2, 200, 240, 137),
    run(1, 100, 140, 137),
    run(0, 0, 40, 137, 'OOMKilled'),
  ]
  const found = runsWithCauses(runs, { events: [event('Killing', liveness, 138, 238)], probeFailures: [] }, alive, null)
  assert.deepEqual(
    found.map(({ attempt, cause }) => [attempt, cause?.type ?? null, cause?.certain ?? null]),
    [
      [4, null, null],
      [3, 'exit', true],
      [2, 'liveness', true],
      [1, 'liveness', true],
      [0, 'oom', true],
    ],
  )
  assert.deepEqual(
    found[2]?.cause?.evidence.map(({ source, path, at: time }) => [source, path, time]),
    [
      ['history', 'run 3 of app', at(240)],
      ['event', 'Event Killing', at(238)],
    ],
  )
})

test('probe failures within a run, or before it, make a kill likely where its own event was lost', () => {
  const failures = [{ container: 'app', at: at(135), since: at(115), count: 3, message: 'Startup probe failed: no' }]
  const runs = [run(3, 250, 290, 1), run(2, 150, 190, 137), run(1, 100, 140, 137), run(0, 50, 90, 137)]
  const found = runsWithCauses(runs, { events: [], probeFailures: failures }, alive, null)
  assert.deepEqual(
    found.map(({ cause }) => [cause?.words, cause?.certain]),
    [
      ['exit code 1', true],
      ['startup probe, most likely', false],
      ['startup probe, most likely', false],
      ['exit code 137 (SIGKILL)', false],
    ],
  )
})

test('the pod’s end ended the last run of each container, not those before it', () => {
  const final = { phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource: memory.' }
  const runs = [run(1, 200, 300, 137), run(0, 100, 140, 1)]
  const found = runsWithCauses(runs, { events: [], probeFailures: [] }, { deletedAt: null, final }, null)
  assert.deepEqual(
    found.map(({ cause }) => cause?.type),
    ['evicted', 'exit'],
  )
})

test('a run whose end was never told has no cause', () => {
  const [found] = runsWithCauses([run(0, 0, 10, null)], { events: [], probeFailures: [] }, alive, null)
  assert.equal(found?.cause?.type, 'unknown')
})
