import assert from 'node:assert/strict'
import { test } from 'node:test'
import { probeDetails } from '../../../domain/health/probes.ts'
import type { ClusterEvent } from '../../../domain/model/cluster-event.ts'
import type { ProbeKind } from '../../../domain/model/pod-spec.ts'
import {
  ago,
  type MadeContainer,
  type MadePod,
  madeEvent,
  madePod,
  now,
  running,
  terminated,
  waiting,
} from './made-pod.ts'

const probe = { httpGet: { path: '/healthz', port: 8080 } }
const allProbes = { livenessProbe: probe, readinessProbe: probe, startupProbe: { ...probe, failureThreshold: 30 } }

function state(kind: ProbeKind, container: MadeContainer, events: readonly ClusterEvent[] = [], pod: MadePod = {}) {
  const made = madePod({ ...pod, main: [container] })
  const [spec] = made.spec.containers
  if (!spec) throw new Error('no container')
  const details = probeDetails(made, spec, made.containerStatuses[0] ?? null, events, now)
  const found = details.find((each) => each.kind === kind)
  assert.ok(found)
  assert.match(found.evidence, /^[A-Z].*\.$/, 'evidence is a sentence')
  return found.state
}

const up = (seconds: number, more: MadeContainer = {}): MadeContainer => ({
  spec: allProbes,
  state: running(seconds),
  started: true,
  ready: true,
  ...more,
})
const failed = (words: string, last: number, first = last) =>
  madeEvent('Unhealthy', `${words} failed: connection refused`, first, last)

const cases: readonly [
  name: string,
  kind: ProbeKind,
  state: string,
  MadeContainer,
  (readonly ClusterEvent[])?,
  MadePod?,
][] = [
  ['not yet created', 'liveness', 'not-started', { spec: allProbes }],
  ['waits', 'readiness', 'not-started', { spec: allProbes, state: waiting('CrashLoopBackOff') }],
  ['ended', 'startup', 'not-started', { spec: allProbes, state: terminated(1, 'Error') }],
  ['started', 'startup', 'passing', up(60)],
  ['not started, nothing known', 'startup', 'not-started', up(5, { started: false, ready: false })],
  ['not started, failures', 'startup', 'failing', up(60, { started: false }), [failed('Startup probe', 3)]],
  [
    'only failures of an earlier run',
    'startup',
    'not-started',
    up(8, { started: false }),
    [failed('Startup probe', 300)],
  ],
  ['asked and not passed', 'startup', 'failing', up(60, { started: false }), [failed('Startup probe', 300)]],
  ['not started', 'liveness', 'held-back', up(60, { started: false }), [failed('Liveness probe', 3)]],
  ['not started', 'readiness', 'held-back', up(60, { started: false, ready: false })],
  ['runs for long', 'liveness', 'passing', up(600)],
  ['has just started', 'liveness', 'unknown', up(20)],
  ['failed a moment ago', 'liveness', 'failing', up(600), [failed('Liveness probe', 4)]],
  ['failed in the past', 'liveness', 'passing', up(600), [failed('Liveness probe', 60)]],
  [
    'another container failed',
    'liveness',
    'passing',
    up(600),
    [madeEvent('Unhealthy', 'Liveness probe failed: ', 4, 4, { container: 'other' })],
  ],
  ['ready', 'readiness', 'passing', up(600)],
  ['not ready for long', 'readiness', 'failing', up(600, { ready: false })],
  ['not ready, young', 'readiness', 'not-started', up(10, { ready: false })],
  ['not ready, young, but it failed', 'readiness', 'failing', up(10, { ready: false }), [failed('Readiness probe', 2)]],
  ['being deleted', 'liveness', 'held-back', up(600), [], { metadata: { deletionTimestamp: ago(-20) } }],
  ['being deleted', 'readiness', 'passing', up(600), [], { metadata: { deletionTimestamp: ago(-20) } }],
]

for (const [name, kind, expected, container, events, pod] of cases) {
  test(`${kind} probe, ${name}: ${expected}`, () => assert.equal(state(kind, container, events, pod), expected))
}

test('started that the API does not tell is unknown', () => {
  assert.equal(state('startup', { spec: allProbes, state: running(60) }), 'unknown')
  // It is ready only once it has started (prober_manager.go, UpdatePodStatus).
  assert.equal(state('startup', { spec: allProbes, state: running(60), ready: true }), 'passing')
})

test('the last failure comes from the youngest event, folded ones too', () => {
  const made = madePod({ main: [up(600)] })
  const [spec] = made.spec.containers
  if (!spec) throw new Error('no container')
  const details = probeDetails(
    made,
    spec,
    made.containerStatuses[0] ?? null,
    [
      madeEvent('Unhealthy', 'Readiness probe failed: 500', 300, 200, { count: 9 }),
      madeEvent('Unhealthy', '(combined from similar events): Readiness probe failed: 503', 100, 90, { count: 4 }),
      madeEvent('Unhealthy', 'Readiness probe errored: no such file', 400, 400),
      madeEvent('Unhealthy', 'Liveness probe failed: 500', 80),
    ],
    now,
  )
  assert.deepEqual(
    details.map(({ kind, lastFailure: last }) => [
      kind,
      last && { at: last.at, count: last.count, message: last.message },
    ]),
    [
      ['startup', null],
      ['liveness', { at: now - 80_000, count: 1, message: 'Liveness probe failed: 500' }],
      [
        'readiness',
        { at: now - 90_000, count: 4, message: '(combined from similar events): Readiness probe failed: 503' },
      ],
    ],
  )
})

test('only declared probes are listed', () => {
  const made = madePod({ main: [{ state: running() }] })
  const [spec] = made.spec.containers
  if (!spec) throw new Error('no container')
  assert.deepEqual(probeDetails(made, spec, made.containerStatuses[0] ?? null, [], now), [])
})
