import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ClusterAnalysis } from '../../../domain/analysis/cluster-analysis.ts'
import { whatIfCluster } from '../../../domain/analysis/what-if-cluster.ts'
import { kubectlDialect } from '../../../domain/health/kubectl-dialect.ts'
import type { ClusterObject } from '../../../domain/model/cluster-object.ts'
import type { Pod } from '../../../domain/model/pod.ts'
import type { PodDisruptionBudget } from '../../../domain/model/pod-disruption-budget.ts'
import type { PodSpec } from '../../../domain/model/pod-spec.ts'
import { schedulerRules } from '../../../domain/placement/scheduler-rules.ts'
import { whatIf } from '../../../domain/placement/what-if.ts'
import { whatIfRequestSchema } from '../../../domain/placement/what-if-request.ts'
import type { WhatIfResult } from '../../../domain/placement/what-if-result.ts'
import { ClusterState } from '../../../domain/state/cluster-state.ts'
import { aContainer } from '../../support/a-container.ts'
import { aConstraint, aPod, aPodSpec, aSelector, labelsOf } from '../../support/a-pod.ts'
import { aRoomyNode, zone } from '../../support/a-scheduling-view.ts'

const ready = [{ type: 'Ready', status: 'True', reason: '', message: '', lastTransitionTime: 0 }]
const soft = aConstraint({ whenUnsatisfiable: 'ScheduleAnyway' })

/** Pods of one owner, ready, on the named nodes. */
function replicas(nodes: readonly string[], spec: Partial<PodSpec> = {}, kind = 'ReplicaSet', app = 'web'): Pod[] {
  const shared = aPodSpec(spec)
  const owner = { apiVersion: 'apps/v1', kind, name: app, uid: `${app}-uid` }
  return nodes.map((nodeName, index) =>
    aPod({ name: `${app}-${index}`, labels: { app }, nodeName, owner, conditions: ready, spec: shared }),
  )
}

function budget(parts: Partial<PodDisruptionBudget>): PodDisruptionBudget {
  return {
    kind: 'PodDisruptionBudget',
    uid: 'budget',
    namespace: 'default',
    name: 'web',
    resourceVersion: '1',
    labels: labelsOf(),
    createdAt: 0,
    deletedAt: null,
    owner: null,
    selector: aSelector({ app: 'web' }),
    minAvailable: null,
    maxUnavailable: null,
    expectedPods: 3,
    desiredHealthy: 0,
    ...parts,
  }
}

function ask(objects: readonly ClusterObject[], ...changes: unknown[]): WhatIfResult {
  const state = new ClusterState()
  const rules = { dialect: kubectlDialect('v1.30.0'), scheduler: schedulerRules('v1.30.0') }
  const analysis = new ClusterAnalysis(state, rules)
  for (const object of objects) analysis.apply(state.apply(object))
  const work = whatIf(whatIfCluster(state, analysis, true), whatIfRequestSchema.parse({ changes }))
  let step = work.next()
  while (!step.done) step = work.next()
  return step.value
}

const zones = ['a', 'b', 'c'].map((each) => aRoomyNode(`node-${each}`, each))
const spread = { topologySpreadConstraints: [aConstraint()] }

test('a zone is lost: the replicas go to the others, as evenly as the constraint says', () => {
  const result = ask([...zones, ...replicas(['node-a', 'node-b', 'node-c'], spread)], { type: 'lose', zones: ['c'] })
  assert.deepEqual(result.lost, { nodes: 1, pods: 1, notReplaced: 0 })
  const [web] = result.workloads
  assert.equal(web?.readyLeft, 2)
  assert.equal(web?.placed, 1)
  assert.equal(result.constraints[0]?.before?.skew, 0)
  // The lost zone's nodes are gone, so it is no domain any longer (worked example A17).
  assert.deepEqual(
    result.constraints[0]?.after.domains.map(({ count }) => count),
    [2, 1],
  )
  assert.equal(result.constraints[0]?.after.violated, false)
})

test('a zone that is down but known still counts as empty: its replicas have no place (worked example A16)', () => {
  const pods = replicas(['node-a', 'node-b', 'node-c'], spread)
  const [web] = ask([...zones, ...pods], { type: 'lose', zones: ['c'], how: 'down' }).workloads
  assert.equal(web?.placed, 0)
  assert.equal(web?.unplaced, 1)
  assert.match(web?.message ?? '', /2 node\(s\) didn't match pod topology spread constraints/)
})

test('with a soft constraint they go to the emptiest zone', () => {
  const pods = replicas(['node-a', 'node-a', 'node-b', 'node-c'], { topologySpreadConstraints: [soft] })
  const [web] = ask([...zones, ...pods], { type: 'lose', nodes: ['node-c'] }).workloads
  assert.deepEqual(web?.zones, [
    { zone: 'a', before: 2, after: 2, pods: 0, decided: 0 },
    { zone: 'b', before: 1, after: 2, pods: 1, decided: 0 },
    { zone: 'c', before: 1, after: 0, pods: 0, decided: 0 },
  ])
})

test('what falls to zero stands first, with the message where nothing fits', () => {
  const nodeSelector = labelsOf({ [zone]: 'c' })
  const pods = [
    ...replicas(['node-c', 'node-c'], { nodeSelector }, 'ReplicaSet', 'tied'),
    ...replicas(['node-a', 'node-c']),
  ]
  const result = ask([...zones, ...pods], { type: 'lose', zones: ['c'] })
  assert.deepEqual(
    result.workloads.map(({ workload, toZero, unplaced }) => [workload.name, toZero, unplaced]),
    [
      ['tied', true, 2],
      ['web', false, 0],
    ],
  )
  assert.equal(
    result.workloads[0]?.message,
    "0/2 nodes are available: 2 node(s) didn't match Pod's node affinity/selector.",
  )
})

test('room runs out: as many are placed as fit', () => {
  const small = (name: string, inZone: string) =>
    aRoomyNode(name, inZone, { allocatable: labelsOf({ cpu: '1', memory: '4Gi', pods: '110' }) })
  const containers = [aContainer({ request: { cpu: '400m' } })]
  const pods = replicas(['n1', 'n2', 'n2'], { containers })
  const [web] = ask([small('n1', 'a'), small('n2', 'b'), ...pods], { type: 'lose', nodes: ['n2'] }).workloads
  assert.deepEqual([web?.wanted, web?.placed, web?.unplaced], [2, 1, 1])
  assert.equal(web?.message, '0/1 nodes are available: 1 Insufficient cpu.')
})

test('pods of DaemonSets, static and bare pods are not made anew elsewhere', () => {
  const pods = [
    ...replicas(['node-c'], {}, 'DaemonSet', 'agent'),
    ...replicas(['node-c'], {}, 'Node', 'static'),
    aPod({ name: 'bare', nodeName: 'node-c' }),
  ]
  assert.deepEqual(ask([...zones, ...pods], { type: 'lose', nodes: ['node-c'] }).lost, {
    nodes: 1,
    pods: 3,
    notReplaced: 3,
  })
})

test('a StatefulSet waits for pods of which nobody knows whether they stopped', () => {
  const pods = replicas(['node-c'], {}, 'StatefulSet', 'db')
  const down = ask([...zones, ...pods], { type: 'lose', nodes: ['node-c'], how: 'down' })
  assert.equal(down.lost.notReplaced, 1)
  const deleted = ask([...zones, ...pods], { type: 'lose', nodes: ['node-c'] })
  assert.equal(deleted.workloads[0]?.placed, 1)
})

test('budgets: counted as the disruption controller counts (disruption.go)', () => {
  const cluster = [...zones, ...replicas(['node-a', 'node-b', 'node-c'])]
  const standing = (parts: Partial<PodDisruptionBudget>) => {
    const found = ask([...cluster, budget(parts)], { type: 'lose', nodes: ['node-c'] }).budgets?.[0]
    return [found?.desiredHealthy, found?.healthyBefore, found?.healthyAfter, found?.under]
  }
  assert.deepEqual(standing({ minAvailable: '2' }), [2, 3, 2, false])
  assert.deepEqual(standing({ minAvailable: '3' }), [3, 3, 2, true])
  assert.deepEqual(standing({ minAvailable: '67%' }), [3, 3, 2, true])
  assert.deepEqual(standing({ maxUnavailable: '1' }), [2, 3, 2, false])
  assert.deepEqual(standing({ maxUnavailable: '10%' }), [2, 3, 2, false])
})

test('scaling up: each new pod where the scheduler would put it', () => {
  const result = ask([...zones, ...replicas(['node-a', 'node-b'], spread)], {
    type: 'scale',
    namespace: 'default',
    workload: { kind: 'ReplicaSet', name: 'web' },
    replicas: 6,
  })
  const [web] = result.workloads
  assert.equal(web?.placed, 4)
  assert.deepEqual(
    result.constraints[0]?.after.domains.map(({ count }) => count),
    [2, 2, 2],
  )
  // Only zone c would take the first.
  assert.ok(web?.zones.some(({ zone, decided }) => zone === 'c' && decided > 0))
})

test('scaling down: doubled ones go first', () => {
  const pods = replicas(['node-a', 'node-a', 'node-b', 'node-c'], spread)
  const change = { type: 'scale', namespace: 'default', workload: { kind: 'ReplicaSet', name: 'web' }, replicas: 3 }
  const result = ask([...zones, ...pods], change)
  assert.equal(result.workloads[0]?.lost, 1)
  assert.deepEqual(
    result.constraints[0]?.after.domains.map(({ count }) => count),
    [1, 1, 1],
  )
  assert.deepEqual(
    result.workloads[0]?.zones.map(({ before, after }) => [before, after]),
    [
      [2, 1],
      [1, 1],
      [1, 1],
    ],
  )
})

test('another zone: what was pending goes there', () => {
  const pending = aPod({ name: 'web-3', labels: { app: 'web' }, phase: 'Pending', spec: spread })
  const full = aConstraint({ minDomains: 4 })
  const pods = replicas(['node-a', 'node-b', 'node-c'], { topologySpreadConstraints: [full] })
  const waiting = { ...pending, owner: pods[0]?.owner ?? null, spec: aPodSpec({ topologySpreadConstraints: [full] }) }
  const result = ask([...zones, ...pods, waiting], { type: 'add-nodes', like: 'node-a', count: 2, zone: 'd' })
  const [outcome] = result.workloads
  assert.deepEqual(
    outcome?.zones.map(({ zone, before, after, decided }) => [zone, before, after, decided]),
    [
      ['a', 1, 1, 0],
      ['b', 1, 1, 0],
      ['c', 1, 1, 0],
      ['d', 0, 1, 1],
    ],
  )
})

test('another constraint: all pods placed anew under it', () => {
  const pods = replicas(['node-a', 'node-a', 'node-a', 'node-b'], { topologySpreadConstraints: [soft] })
  const result = ask([...zones, ...pods], {
    type: 'constraint',
    namespace: 'default',
    workload: { kind: 'ReplicaSet', name: 'web' },
    topologyKey: zone,
    whenUnsatisfiable: 'DoNotSchedule',
  })
  assert.equal(result.workloads[0]?.placed, 4)
  assert.equal(result.constraints[0]?.after.skew, 1)
  assert.equal(result.constraints[0]?.whenUnsatisfiable, 'DoNotSchedule')
})

test('what is asked of things that aren’t there is told', () => {
  assert.throws(() => ask(zones, { type: 'lose', nodes: ['node-x'] }), /there is no node node-x/)
  assert.throws(() => ask(zones, { type: 'lose', zones: ['x'] }), /no node is in zone x/)
  const workload = { kind: 'Deployment', name: 'x' }
  assert.throws(
    () => ask(zones, { type: 'scale', namespace: 'default', workload, replicas: 2 }),
    /no Deployment default\/x/,
  )
  assert.throws(() => ask(zones, { type: 'lose' }), /name at least one zone or node/)
})

test('the cluster itself stays as it is', () => {
  const objects = [...zones, ...replicas(['node-a', 'node-b', 'node-c'], spread)]
  const first = ask(objects, { type: 'lose', zones: ['c'] })
  assert.deepEqual(ask(objects, { type: 'lose', zones: ['c'] }), first)
})
