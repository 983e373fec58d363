import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildFitMessage, parseFitMessage } from '../../../domain/placement/fit-message.ts'
import { Random } from '../../support/random.ts'

/** Messages as clusters of several versions have given them. */
const seen = [
  {
    message:
      '0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 Insufficient cpu, 2 Insufficient memory. no new claims to deallocate, preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.',
    nodes: 3,
    reasons: { 'node(s) had untolerated taint(s)': 1, 'Insufficient cpu': 2, 'Insufficient memory': 2 },
    postFilter:
      'no new claims to deallocate, preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.',
  },
  {
    message:
      "0/12 nodes are available: 1 node(s) had taint {node-role.kubernetes.io/master: }, that the pod didn't tolerate, 11 node(s) didn't match Pod's node affinity.",
    nodes: 12,
    reasons: {
      "node(s) had taint {node-role.kubernetes.io/master: }, that the pod didn't tolerate": 1,
      "node(s) didn't match Pod's node affinity": 11,
    },
  },
  {
    message:
      '0/6 nodes are available: pod has unbound immediate PersistentVolumeClaims. preemption: 0/6 nodes are available: 6 Preemption is not helpful for scheduling.',
    nodes: 6,
    preFilter: 'pod has unbound immediate PersistentVolumeClaims',
    postFilter: 'preemption: 0/6 nodes are available: 6 Preemption is not helpful for scheduling.',
  },
  { message: 'no nodes available to schedule pods', nodes: 0 },
] as const

for (const { message, nodes, ...parts } of seen) {
  test(`read and written back: ${message.slice(0, 60)}`, () => {
    const found = parseFitMessage(message)
    assert.ok(found)
    assert.equal(found.nodes, nodes)
    assert.deepEqual(Object.fromEntries(found.reasons), 'reasons' in parts ? parts.reasons : {})
    assert.equal(found.preFilter, 'preFilter' in parts ? parts.preFilter : '')
    assert.equal(found.postFilter, 'postFilter' in parts ? parts.postFilter : '')
  })
}

test('what is no such message is not taken for one', () => {
  for (const text of ['', 'persistentvolumeclaim "x" not found', '3/3 nodes are available: 3 x.']) {
    assert.equal(parseFitMessage(text), null)
  }
})

test('counts stand in the order of texts, as the scheduler sorts them', () => {
  const reasons = new Map([
    ['b', 2],
    ['a', 10],
  ])
  const message = buildFitMessage({ nodes: 12, reasons, preFilter: '', postFilter: '' })
  assert.equal(message, '0/12 nodes are available: 10 a, 2 b.')
})

test('any reasons survive being written and read', () => {
  const random = new Random(7)
  const words = [
    'Insufficient example.com/x',
    'node(s) had taint {k: v, w}, or so',
    'Too many pods',
    'reason, with 3 things',
  ]
  for (let round = 0; round < 500; round += 1) {
    const reasons = new Map(
      random
        .shuffled(words)
        .slice(0, 1 + random.below(4))
        .map((word) => [word, 1 + random.below(99)]),
    )
    const postFilter = random.oneIn(2)
      ? 'preemption: 0/9 nodes are available: 9 No preemption victims found for incoming pod.'
      : ''
    const message = { nodes: 100, reasons, preFilter: '', postFilter }
    const found = parseFitMessage(buildFitMessage(message))
    assert.deepEqual(found && { ...found, reasons: [...found.reasons].sort() }, {
      ...message,
      reasons: [...reasons].sort(),
    })
  }
})
