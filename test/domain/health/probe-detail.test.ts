import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ProbeContext, probeDetails } from '../../../domain/health/probes.ts'
import type { ProbeDetail } from '../../../domain/live/protocol.ts'
import type { ClusterEvent } from '../../../domain/model/cluster-event.ts'
import type { ProbeKind } from '../../../domain/model/pod-spec.ts'
import { ago, type MadeContainer, type MadePod, madeEvent, madePod, now, running, well } from './made-pod.ts'

const http = { httpGet: { path: '/healthz', port: 8080 } }

function detail(
  kind: ProbeKind,
  container: MadeContainer,
  events: readonly ClusterEvent[] = [],
  context: Partial<ProbeContext> = {},
  pod: MadePod = {},
): ProbeDetail {
  const made = madePod({ ...pod, main: [container] })
  const [spec] = made.spec.containers
  assert.ok(spec)
  const all = { kubeletVersion: 'v1.34.0', isHeard: true, counters: () => null, ...context }
  const found = probeDetails(made, spec, made.containerStatuses[0] ?? null, events, now, all)
  const one = found.find((each) => each.kind === kind)
  assert.ok(one)
  return one
}

const failed = (words: string, first: number, last = first, count = 1) =>
  madeEvent('Unhealthy', `${words} probe failed: HTTP probe failed with statuscode: 500`, first, last, { count })
const up = (seconds: number, more: MadeContainer = {}) =>
  well({ spec: { livenessProbe: http, readinessProbe: http }, state: running(seconds), ...more })

test('failures in a row: as many as the events of this run tell without a gap', () => {
  assert.deepEqual(detail('liveness', up(600), [failed('Liveness', 12, 2, 2)]).inARow, { count: 2, of: 3, exact: true })
})

test('failures in a row: a gap tells of a good answer in between', () => {
  assert.deepEqual(detail('liveness', up(600), [failed('Liveness', 300, 2, 4)]).inARow, {
    count: 1,
    of: 3,
    exact: false,
  })
})

test('failures in a row: an event that counts over several runs tells of one at least', () => {
  assert.deepEqual(detail('liveness', up(60), [failed('Liveness', 400, 2, 9)]).inARow, {
    count: 1,
    of: 3,
    exact: false,
  })
})

test('failures in a row: messages that differ are events of their own', () => {
  const refused = (seconds: number) =>
    madeEvent('Unhealthy', `Readiness probe failed: dial tcp 10.0.0.1:${seconds}: connect: connection refused`, seconds)
  const { inARow } = detail('readiness', up(40, { ready: false }), [refused(33), refused(23), refused(13), refused(3)])
  assert.deepEqual(inARow, { count: 4, of: 3, exact: true })
})

test('failures in a row: client-go may hold back what comes after 25 events', () => {
  const { inARow, failures } = detail('readiness', up(900, { ready: false }), [failed('Readiness', 600, 8, 60)])
  assert.deepEqual(inARow, { count: 60, of: 3, exact: false })
  assert.deepEqual(failures, { total: 60, since: now - 600_000, perHour: null, exact: false })
})

test('failures in a row: folded events tell of some of many', () => {
  const folded = madeEvent('Unhealthy', '(combined from similar events): Readiness probe failed: 7', 25, 5, {
    count: 3,
  })
  assert.deepEqual(detail('readiness', up(900, { ready: false }), [folded]).inARow, { count: 3, of: 3, exact: false })
})

test('failures in a row: what the kubelet couldn’t ask doesn’t count', () => {
  const errored = madeEvent('Unhealthy', 'Readiness probe errored: rpc error: no such container', 4)
  const found = detail('readiness', up(900, { ready: false }), [errored])
  assert.equal(found.inARow, null)
  assert.equal(found.state, 'failing')
  assert.match(found.evidence, /can’t carry the probe out/)
  assert.equal(found.lastFailure?.type, 'not-executed')
})

test('a probe that passes again has no failures in a row', () => {
  const found = detail('readiness', up(900), [failed('Readiness', 200, 180, 3)])
  assert.equal(found.state, 'passing')
  assert.equal(found.inARow, null)
  assert.deepEqual(found.failures, { total: 3, since: now - 200_000, perHour: 3, exact: true })
  assert.deepEqual(found.next, null)
})

test('a readiness probe that has just begun to fail still passes, and what follows is told', () => {
  const found = detail('readiness', up(900), [failed('Readiness', 2)])
  assert.equal(found.state, 'passing')
  assert.deepEqual(found.inARow, { count: 1, of: 3, exact: true })
  assert.deepEqual(found.next, {
    text: 'After 2 more failures in a row the pod leaves its Services.',
    at: now + 18_000,
  })
})

test('what follows a failing liveness probe, and when at the earliest', () => {
  const spec = { livenessProbe: http }
  const events = [failed('Liveness', 12, 2, 2)]
  assert.deepEqual(detail('liveness', up(600, { spec }), events).next, {
    text: 'After 1 more failure the kubelet restarts the container.',
    at: now + 8_000,
  })
  const never = { spec: { restartPolicy: 'Never' } }
  assert.equal(
    detail('liveness', up(600, { spec }), events, {}, never).next?.text,
    'After 1 more failure the kubelet ends the container for good.',
  )
  const killing = madeEvent('Killing', 'Container m0 failed liveness probe, will be restarted', 2, 2, {
    type: 'Normal',
  })
  assert.deepEqual(detail('liveness', up(600, { spec }), [...events, killing]).next, {
    text: 'The kubelet is ending the container for it; what still runs then is killed.',
    at: now + 28_000,
  })
})

const startupProbe = { ...http, failureThreshold: 4, initialDelaySeconds: 5 }

test('the startup probe’s budget, its end and what follows', () => {
  const starting = up(20, { spec: { startupProbe, livenessProbe: http }, started: false, ready: false })
  const { startup, next, state } = detail('startup', starting, [failed('Startup', 10, 5, 1)])
  assert.equal(state, 'failing')
  assert.ok(startup)
  const { then: words, ...times } = startup
  assert.equal(
    words,
    'If it hasn’t passed by then, the kubelet gives it 30 s to end and starts it again. Liveness and readiness probes wait until it has passed.',
  )
  assert.deepEqual(times, {
    beganAt: now - 20_000,
    budgetMs: 45_000,
    earliestEndAt: now + 15_000,
    endsAt: now + 25_000,
    latestEndAt: now + 26_000,
  })
  assert.deepEqual(next, { text: 'If it goes on failing, the kubelet restarts the container.', at: now + 15_000 })
  assert.equal(detail('liveness', starting).state, 'held-back')
})

test('kubelets before 1.21 act on a startup probe only when they next look at the pod', () => {
  const starting = up(20, { spec: { startupProbe }, started: false, ready: false })
  const { startup } = detail('startup', starting, [], { kubeletVersion: 'v1.20.2' })
  assert.equal(startup?.latestEndAt, now + 116_000)
  assert.match(startup?.then ?? '', /up to 90 s later/)
})

test('a startup probe that has passed has no budget left to show', () => {
  const found = detail('startup', up(600, { spec: { startupProbe }, started: true }))
  assert.equal(found.state, 'passing')
  assert.equal(found.startup, null)
  assert.equal(found.next, null)
})

test('an initial delay holds a probe back, and says until when', () => {
  const spec = { livenessProbe: { ...http, initialDelaySeconds: 50 } }
  const found = detail('liveness', up(20, { spec }))
  assert.equal(found.state, 'held-back')
  assert.deepEqual(found.next, { text: 'The first question comes after its initial delay.', at: now + 30_000 })
})

test('the kubelet’s counters tell of good answers where nothing else does', () => {
  const counters = { successful: 2, failed: 0, unknown: 0, at: now - 5_000 }
  const found = detail('liveness', up(25), [], { counters: () => counters })
  assert.equal(found.state, 'passing')
  assert.equal(found.source, 'counter')
  assert.deepEqual(found.counters, counters)
  assert.equal(detail('liveness', up(25)).state, 'unknown')
})

test('of a node that isn’t heard nobody knows anything', () => {
  const found = detail('readiness', up(900), [], { isHeard: false })
  assert.equal(found.state, 'unknown')
  assert.equal(found.source, 'condition')
  assert.equal(found.next, null)
})

test('kubelets 1.35 cancel exec readiness probes with the pod’s deletion', () => {
  const spec = { readinessProbe: { exec: { command: ['true'] } } }
  const deleting: MadePod = { metadata: { deletionTimestamp: ago(-20) } }
  const state = (kubeletVersion: string) =>
    detail('readiness', up(900, { spec }), [], { kubeletVersion }, deleting).state
  assert.equal(state('v1.34.2'), 'passing')
  assert.equal(state('v1.35.1'), 'held-back')
  assert.equal(state('v1.36.0'), 'passing')
})
