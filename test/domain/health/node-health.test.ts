import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nodeProblems } from '../../../domain/health/node-health.ts'
import { ago, madeNode, now } from './made-pod.ts'

const ready = (status: string, seconds = 60) => ({
  type: 'Ready',
  status,
  reason: 'NodeStatusUnknown',
  message: 'Kubelet stopped posting node status.',
  lastTransitionTime: ago(seconds),
})
const brief = (conditions: readonly object[], more = {}) =>
  nodeProblems(madeNode({ conditions }, more), now).map(({ id, severity, since, title }) => [
    id,
    severity,
    (now - since) / 1_000,
    title,
  ])

test('a ready node has no problems, a cordoned one neither', () => {
  assert.deepEqual(brief([ready('True')], { spec: { unschedulable: true } }), [])
})

test('a node that is not heard any more, or says itself that it is not ready', () => {
  assert.deepEqual(brief([ready('Unknown')]), [
    ['node-not-ready/uid-node', 'error', 60, 'The node isn’t heard any more'],
  ])
  assert.deepEqual(brief([ready('False')]), [['node-not-ready/uid-node', 'error', 60, 'The node isn’t ready']])
})

test('a node that is just starting is given a minute', () => {
  const made = (seconds: number) => ({ metadata: { uid: 'u', name: 'n', creationTimestamp: ago(seconds) } })
  assert.deepEqual(brief([], made(59)), [])
  assert.deepEqual(brief([ready('False', 30)], made(30)), [])
  assert.deepEqual(brief([], made(60)), [['node-not-ready/u', 'error', 60, 'The node has never reported']])
})

test('pressure is a warning, each kind one problem', () => {
  const pressure = (type: string) => ({ type, status: 'True', lastTransitionTime: ago(5) })
  assert.deepEqual(brief([ready('True'), pressure('MemoryPressure'), pressure('DiskPressure'), pressure('Strange')]), [
    ['node-pressure/uid-node/MemoryPressure', 'warning', 5, 'The node is short of memory'],
    ['node-pressure/uid-node/DiskPressure', 'warning', 5, 'The node is short of disk space'],
  ])
})
