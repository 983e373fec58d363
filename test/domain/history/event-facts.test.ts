import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fieldPathContainer } from '../../../domain/health/container-event.ts'
import { eventFacts, failedProbe } from '../../../domain/history/event-facts.ts'
import { longestMessage } from '../../../domain/history/kept-text.ts'
import type { ClusterEvent } from '../../../domain/model/cluster-event.ts'

const at = Date.UTC(2026, 2, 1, 12)

function event(parts: Partial<ClusterEvent>): ClusterEvent {
  return {
    kind: 'Event',
    uid: 'event-1',
    namespace: 'default',
    name: 'web-0.17',
    resourceVersion: '1',
    labels: Object.create(null),
    createdAt: at,
    deletedAt: null,
    owner: null,
    regarding: { kind: 'Pod', namespace: 'default', name: 'web-0', uid: 'pod-uid', fieldPath: 'spec.containers{app}' },
    type: 'Warning',
    reason: 'Unhealthy',
    message: 'Readiness probe failed: HTTP probe failed with statuscode: 500',
    count: 1,
    firstAt: at - 60_000,
    lastAt: at,
    reportingController: 'kubelet',
    host: 'node-1',
    ...parts,
  }
}

test('an Unhealthy event is a probe failure of the container in its fieldPath', () => {
  const [fact] = eventFacts(null, event({ count: 7 }), at)
  assert.equal(fact?.type, 'probe-failure')
  if (fact?.type !== 'probe-failure') return
  assert.equal(fact.probe, 'readiness')
  assert.equal(fact.container, 'app')
  assert.equal(fact.count, 7)
  assert.equal(fact.lastAt, at)
  assert.equal(fact.combined, false)
})

test('an event that counted on is told again, one that did not is not', () => {
  const before = event({ count: 3 })
  assert.equal(eventFacts(before, event({ count: 4, lastAt: at + 10_000 }), at).length, 1)
  assert.deepEqual(eventFacts(before, event({ count: 3, resourceVersion: '2' }), at), [])
  assert.deepEqual(eventFacts(before, null, at), [])
})

test('the probe is read from the message in every wording that kubelet has had', () => {
  assert.equal(failedProbe('Liveness probe failed: cat: /tmp/healthy: No such file'), 'liveness')
  assert.equal(failedProbe('Startup probe errored: rpc error'), 'startup')
  assert.equal(failedProbe('Readiness probe errored and resulted in unknown state: rpc error'), 'readiness')
  assert.equal(failedProbe('(combined from similar events): Liveness probe failed: 17'), 'liveness')
  assert.equal(failedProbe('Readiness probe warning: Probe terminated redirects'), null)
  assert.equal(failedProbe('something of another kubelet'), null)
})

test('a message in an unknown wording is kept as an event', () => {
  const [fact] = eventFacts(null, event({ message: 'Sonde fehlgeschlagen' }), at)
  assert.equal(fact?.type, 'event')
})

test('combined events say that their messages differ', () => {
  const [fact] = eventFacts(null, event({ message: '(combined from similar events): Liveness probe failed: 18' }), at)
  assert.equal(fact?.type === 'probe-failure' && fact.combined, true)
})

test('the container of a fieldPath', () => {
  assert.equal(fieldPathContainer('spec.containers{app}'), 'app')
  assert.equal(fieldPathContainer('spec.initContainers{migrate}'), 'migrate')
  assert.equal(fieldPathContainer('spec.containers{__proto__}'), '__proto__')
  assert.equal(fieldPathContainer(''), null)
  assert.equal(fieldPathContainer('spec.nodeName'), null)
})

test('Warnings and disruptions are kept, routine is not', () => {
  const kept = (type: string, reason: string) =>
    eventFacts(null, event({ type, reason, message: 'x' }), at).length === 1
  assert.equal(kept('Normal', 'Killing'), true)
  assert.equal(kept('Normal', 'BackOff'), true)
  assert.equal(kept('Warning', 'FailedMount'), true)
  assert.equal(kept('Warning', 'AnythingNew'), true)
  assert.equal(kept('Normal', 'ScalingReplicaSet'), true)
  assert.equal(kept('Normal', 'RemovingNode'), true)
  assert.equal(kept('Normal', 'Pulled'), false)
  assert.equal(kept('Normal', 'Started'), false)
})

test('texts are cut, and made text, where they come in', () => {
  const regarding = { kind: 'Pod', namespace: 'default', name: 'n'.repeat(5_000), uid: 'u', fieldPath: '' }
  const [fact] = eventFacts(null, event({ message: `\0${'\ud800'}${'x'.repeat(70_000)}`, regarding }), at)
  assert.ok(fact)
  assert.equal(fact.message.length, longestMessage)
  assert.ok(fact.message.isWellFormed())
  assert.equal(fact.message.includes('\0'), false)
  assert.ok(fact.subject.name.length <= 253)
})
