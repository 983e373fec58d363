import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Node } from '../../../domain/model/node.ts'
import type { Pod } from '../../../domain/model/pod.ts'
import type { PodAffinityTerm } from '../../../domain/model/pod-spec.ts'
import { type AffinityStanding, affinityAudit } from '../../../domain/placement/affinity-audit.ts'
import { aTaint } from '../../support/a-node.ts'
import { aPod, aSelector, labelsOf, type PodParts } from '../../support/a-pod.ts'
import { aRoomyNode, aSchedulingView, hostname, zone } from '../../support/a-scheduling-view.ts'

const n1 = aRoomyNode('n1', 'a')
const n2 = aRoomyNode('n2', 'b')
const workload = { kind: 'Deployment', name: 'web' }

function audit(nodes: readonly Node[], pods: readonly Pod[]): readonly AffinityStanding[] {
  const work = affinityAudit(
    pods.map((pod) => ({ pod, workload: { ...workload, name: pod.labels.app ?? '' } })),
    aSchedulingView([...nodes, ...pods]),
  )
  let step = work.next()
  while (!step.done) step = work.next()
  return step.value.standings
}

/** The broken terms of one workload as `kind pods effect example with`. */
function broken(nodes: readonly Node[], pods: readonly Pod[], app = 'web'): string[] {
  const standing = audit(nodes, pods).find((each) => each.workload.name === app)
  return (standing?.broken ?? []).map(({ kind, pods: count, effect, examples }) =>
    [kind, count, effect, examples[0]?.pod, examples[0]?.with ?? ''].join(' ').trim(),
  )
}

function aTerm(labels: Record<string, string>, topologyKey = hostname): PodAffinityTerm {
  return {
    topologyKey,
    labelSelector: aSelector(labels),
    namespaces: [],
    namespaceSelector: null,
    matchLabelKeys: [],
    mismatchLabelKeys: [],
  }
}

function web(name: string, nodeName: string, spec: PodParts['spec'] = {}, labels: Record<string, string> = {}): Pod {
  return aPod({ name, nodeName, labels: { app: 'web', ...labels }, spec })
}

test('anti-affinity: pods that share a domain although they mustn’t', () => {
  const podAntiAffinity = { required: [aTerm({ app: 'web' })], preferred: [] }
  const pods = [
    web('w1', 'n1', { podAntiAffinity }),
    web('w2', 'n1', { podAntiAffinity }),
    web('w3', 'n2', { podAntiAffinity }),
  ]
  assert.deepEqual(broken([n1, n2], pods), ['anti-affinity 2 stays w1 default/w2'])
  // Nobody but itself is no company.
  assert.deepEqual(broken([n1, n2], pods.slice(1)), [])
})

test('anti-affinity: without the label there is no domain to share', () => {
  const podAntiAffinity = { required: [aTerm({ app: 'web' }, zone)], preferred: [] }
  const pods = [web('w1', 'n', { podAntiAffinity }), web('w2', 'n', { podAntiAffinity })]
  assert.deepEqual(broken([aRoomyNode('n')], pods), [])
})

test('affinity: the partner has gone, or its labels have', () => {
  const podAffinity = { required: [aTerm({ app: 'db' })], preferred: [] }
  const db = aPod({ name: 'db', nodeName: 'n1', labels: { app: 'db' } })
  assert.deepEqual(broken([n1, n2], [web('w1', 'n1', { podAffinity }), db]), [])
  assert.deepEqual(broken([n1, n2], [web('w1', 'n2', { podAffinity }), db]), ['affinity 1 stays w1'])
  assert.deepEqual(broken([n1, n2], [web('w1', 'n1', { podAffinity }), { ...db, labels: labelsOf() }]), [
    'affinity 1 stays w1',
  ])
})

test('affinity: the first of its kind is alone by right, the second isn’t', () => {
  const podAffinity = { required: [aTerm({ app: 'web' })], preferred: [] }
  const pods = [web('w1', 'n1', { podAffinity }), web('w2', 'n2', { podAffinity })]
  assert.deepEqual(broken([n1, n2], pods.slice(0, 1)), [])
  assert.deepEqual(broken([n1, n2], pods), ['affinity 2 stays w1'])
})

test('node selector and node affinity: labels changed after scheduling', () => {
  const spec = { nodeSelector: labelsOf({ disk: 'ssd' }) }
  assert.deepEqual(broken([aRoomyNode('n1', 'a', { labels: { disk: 'ssd' } })], [web('w1', 'n1', spec)]), [])
  assert.deepEqual(broken([n1], [web('w1', 'n1', spec)]), ['node-affinity 1 stays w1'])
})

test('taints: NoSchedule lets them stay, NoExecute evicts; a cordon says nothing of them', () => {
  const on = (key: string, effect: string, spec: PodParts['spec'] = {}) =>
    broken([aRoomyNode('n1', 'a', { taints: [aTaint(key, effect)] })], [web('w1', 'n1', spec)])
  assert.deepEqual(on('gpu', 'NoSchedule'), ['taint 1 stays w1'])
  assert.deepEqual(on('gpu', 'NoExecute'), ['taint 1 evicts w1'])
  assert.deepEqual(on('gpu', 'PreferNoSchedule'), [])
  assert.deepEqual(on('node.kubernetes.io/unschedulable', 'NoSchedule'), [])
  const forTime = (tolerationSeconds: number | null) => ({
    tolerations: [{ key: 'gpu', operator: 'Exists', value: '', effect: '', tolerationSeconds }],
  })
  assert.deepEqual(on('gpu', 'NoExecute', forTime(null)), [])
  assert.deepEqual(on('gpu', 'NoExecute', forTime(300)), ['taint 1 evicts w1'])
})

test('preferences: how much of their weight is met', () => {
  const podAntiAffinity = { required: [], preferred: [{ weight: 10, term: aTerm({ app: 'web' }) }] }
  const preference = { matchExpressions: [{ key: 'disk', operator: 'In', values: ['ssd'] }], matchFields: [] }
  const nodeAffinity = { required: null, preferred: [{ weight: 5, preference }] }
  const spec = { podAntiAffinity, nodeAffinity }
  const nodes = [aRoomyNode('n1', 'a', { labels: { disk: 'ssd' } }), n2]
  const [standing] = audit(nodes, [web('w1', 'n1', spec), web('w2', 'n1', spec), web('w3', 'n2', spec)])
  assert.deepEqual(
    standing?.preferred.map(({ words, weight, pods, met }) => [words, weight, pods, met]),
    [
      ['disk In [ssd]', 5, 3, 2],
      [`anti-affinity to pods app=web over ${hostname}`, 10, 3, 1],
    ],
  )
  assert.deepEqual([standing?.weightMet, standing?.weightPossible], [20, 45])
})
