import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Node } from '../../../domain/model/node.ts'
import type { Pod } from '../../../domain/model/pod.ts'
import { evaluateFit } from '../../../domain/placement/fit-evaluation.ts'
import { singleChanges } from '../../../domain/placement/single-change.ts'
import { aContainer } from '../../support/a-container.ts'
import { aTaint } from '../../support/a-node.ts'
import { aConstraint, aPod, aSelector, labelsOf } from '../../support/a-pod.ts'
import { aRoomyNode, aSchedulingView, hostname, newest, zone } from '../../support/a-scheduling-view.ts'

function changes(cluster: readonly (Node | Pod)[], pod: Pod): string[] {
  const view = aSchedulingView(cluster)
  assert.equal(evaluateFit(pod, view, newest).feasible.length, 0)
  const found = [...singleChanges(pod, view, newest, ({ name }) => name)].filter((change) => change !== null)
  return found.map(({ text, nodes }) => `${text}: ${nodes}`)
}

const small = (name: string, inZone: string, allocatable: Record<string, string> = {}) =>
  aRoomyNode(name, inZone, { allocatable: labelsOf({ cpu: '1', memory: '1Gi', pods: '9', ...allocatable }) })

const asking = (request: Record<string, string>, parts: Parameters<typeof aPod>[0] = {}) =>
  aPod({ ...parts, spec: { ...parts.spec, containers: [aContainer({ request })] } })

const web = { app: 'web' }
const apart = [
  {
    topologyKey: hostname,
    labelSelector: aSelector(web),
    namespaces: [],
    namespaceSelector: null,
    matchLabelKeys: [],
    mismatchLabelKeys: [],
  },
]

test('taints and cordons', () => {
  const taint = aTaint('gpu', 'NoSchedule', 'yes')
  const cluster = [
    aRoomyNode('n1', 'a', { taints: [taint] }),
    aRoomyNode('n2', 'a', { taints: [taint] }),
    aRoomyNode('n3', 'a', { unschedulable: true }),
    aRoomyNode('n4', 'a', { taints: [aTaint('node.kubernetes.io/disk-pressure', 'NoSchedule')] }),
  ]
  assert.deepEqual(changes(cluster, aPod()), [
    'Uncordon n3: 1',
    'Tolerate the taint gpu=yes:NoSchedule, or remove it from one of 2 nodes (n1): 2',
    'Mend what gives n4 the taint node.kubernetes.io/disk-pressure:NoSchedule: 1',
    'Add a node like n3 in a: 1',
  ])
})

test('two things amiss on each node: no single change helps, and none is told', () => {
  const taints = [aTaint('a', 'NoSchedule'), aTaint('b', 'NoSchedule')]
  assert.deepEqual(changes([aRoomyNode('n1', 'a', { taints })], aPod()), [])
})

test('node selector and node affinity', () => {
  const required = [
    { matchExpressions: [{ key: 'disk', operator: 'In', values: ['ssd'] }], matchFields: [] },
    { matchExpressions: [{ key: 'gpu', operator: 'Exists', values: [] }], matchFields: [] },
  ]
  const pod = aPod({ spec: { nodeSelector: labelsOf({ pool: 'x' }), nodeAffinity: { required, preferred: [] } } })
  assert.deepEqual(changes([aRoomyNode('n1', 'a', { labels: { disk: 'ssd' } }), aRoomyNode('n2', 'a')], pod), [
    'Label n1 pool=x, or drop that from its node selector: 1',
  ])
  assert.deepEqual(changes([aRoomyNode('n2', 'a', { labels: { pool: 'x' } })], pod), [
    'Drop disk In [ssd] from its node affinity, or label n2 to match it: 1',
    'Drop gpu Exists from its node affinity, or label n2 to match it: 1',
  ])
})

test('resources: what to free where, and to what a request must fall', () => {
  const cluster = [
    small('n1', 'a'),
    small('n2', 'b'),
    asking({ cpu: '700m' }, { nodeName: 'n1' }),
    asking({ cpu: '400m' }, { nodeName: 'n2' }),
  ]
  assert.deepEqual(changes(cluster, asking({ cpu: '800m', memory: '100Mi' })), [
    'Add a node like n1 in a: 1',
    'Add a node like n2 in b: 1',
    'Free 200m of cpu on n2: 1',
    'Lower its cpu request from 800m to 600m: 1',
  ])
})

test('resources: what no node has can’t be freed', () => {
  assert.deepEqual(changes([small('n1', 'a')], asking({ cpu: '3' })), ['Lower its cpu request from 3 to 1: 1'])
})

test('a node that is full of pods', () => {
  const cluster = [small('n1', 'a', { pods: '1' }), aPod({ nodeName: 'n1' })]
  assert.deepEqual(changes(cluster, aPod()), ['Add a node like n1 in a: 1', 'Free room for 1 more pod on n1: 1'])
})

test('host ports', () => {
  const ports = [{ name: '', containerPort: 80, hostPort: 80, hostIP: '', protocol: 'TCP' }]
  const pod = (nodeName: string) => aPod({ nodeName, spec: { containers: [aContainer({ ports })] } })
  assert.deepEqual(changes([aRoomyNode('n1', 'a'), pod('n1')], pod('')), [
    'Add a node like n1 in a: 1',
    'Do without host port 80: 1',
  ])
})

test('spread: soft, a larger skew, taints that count (worked example A9)', () => {
  const running = ['w1', 'w2'].map((nodeName) => aPod({ labels: web, nodeName }))
  const cluster = [
    aRoomyNode('w1', 'a'),
    aRoomyNode('w2', 'b'),
    aRoomyNode('cp', 'c', { taints: [aTaint('control-plane', 'NoSchedule')] }),
    ...running,
  ]
  const pod = aPod({ labels: web, spec: { topologySpreadConstraints: [aConstraint()] } })
  assert.deepEqual(changes(cluster, pod), [
    'Tolerate the taint control-plane:NoSchedule, or remove it from cp: 1',
    'Add a node like w1 in another zone: 1',
    `Let the constraint over ${zone} be ScheduleAnyway: 2`,
    `Raise maxSkew of the constraint over ${zone} from 1 to 2: 2`,
    `Set nodeTaintsPolicy of the constraint over ${zone} to Honor, so that nodes it can’t use don’t count: 2`,
  ])
})

test('spread: minDomains that aren’t there', () => {
  const cluster = [aRoomyNode('n1', 'a'), aPod({ labels: web, nodeName: 'n1' })]
  const pod = aPod({ labels: web, spec: { topologySpreadConstraints: [aConstraint({ minDomains: 2 })] } })
  assert.deepEqual(changes(cluster, pod), [
    'Add a node like n1 in another zone: 1',
    `Let the constraint over ${zone} be ScheduleAnyway: 1`,
    `Raise maxSkew of the constraint over ${zone} from 1 to 2: 1`,
    `Drop minDomains 2 from the constraint over ${zone}: 1`,
  ])
})

test('anti-affinity of its own, and of others', () => {
  const labelSelector = aSelector({}, ['app', 'Exists'])
  const podAntiAffinity = { required: apart.map((term) => ({ ...term, labelSelector })), preferred: [] }
  const carrier = aPod({ name: 'db', labels: { app: 'db' }, nodeName: 'n2', spec: { podAntiAffinity } })
  const cluster = [aRoomyNode('n1', 'a'), aRoomyNode('n2', 'a'), aPod({ labels: web, nodeName: 'n1' }), carrier]
  const own = { required: [...apart], preferred: [] }
  assert.deepEqual(changes(cluster, aPod({ labels: web, spec: { podAntiAffinity: own } })), [
    'Add a node like n1 in a: 1',
    `Drop its required anti-affinity to pods app=web over ${hostname}: 1`,
    `Drop the required anti-affinity of default/db to pods app over ${hostname}: 1`,
  ])
})

test('anti-affinity of its own goes with that of its siblings, which have it from the same template', () => {
  const podAntiAffinity = { required: apart, preferred: [] }
  const sibling = aPod({ labels: web, nodeName: 'n1', spec: { podAntiAffinity } })
  const pod = aPod({ labels: web, spec: { podAntiAffinity: { required: [...apart], preferred: [] } } })
  assert.deepEqual(changes([aRoomyNode('n1', 'a'), sibling], pod), [
    'Add a node like n1 in a: 1',
    `Drop its required anti-affinity to pods app=web over ${hostname}: 1`,
  ])
})

test('affinity to pods that there aren’t', () => {
  const podAffinity = { required: apart, preferred: [] }
  assert.deepEqual(changes([aRoomyNode('n1', 'a')], aPod({ spec: { podAffinity } })), [
    `Drop its required affinity to pods app=web over ${hostname}: 1`,
  ])
})
