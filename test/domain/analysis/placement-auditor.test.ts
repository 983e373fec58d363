import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ClusterAnalysis } from '../../../domain/analysis/cluster-analysis.ts'
import { kubectlDialect } from '../../../domain/health/kubectl-dialect.ts'
import type { ClusterObject } from '../../../domain/model/cluster-object.ts'
import type { Pod } from '../../../domain/model/pod.ts'
import type { PodSpec } from '../../../domain/model/pod-spec.ts'
import { schedulerRules } from '../../../domain/placement/scheduler-rules.ts'
import { ClusterState } from '../../../domain/state/cluster-state.ts'
import { aConstraint, aPod, aPodSpec } from '../../support/a-pod.ts'
import { aRoomyNode } from '../../support/a-scheduling-view.ts'

const ready = [{ type: 'Ready', status: 'True', reason: '', message: '', lastTransitionTime: 0 }]
const nodes = [aRoomyNode('a1', 'a'), aRoomyNode('a2', 'a'), aRoomyNode('b1', 'b')]

function replicas(on: readonly string[], spec: Partial<PodSpec> = {}, kind = 'ReplicaSet'): Pod[] {
  const owner = { apiVersion: 'apps/v1', kind, name: 'web', uid: 'web-uid' }
  const shared = aPodSpec(spec)
  return on.map((nodeName) => aPod({ labels: { app: 'web' }, nodeName, owner, conditions: ready, spec: shared }))
}

function audited(objects: readonly ClusterObject[]) {
  const state = new ClusterState()
  const rules = { dialect: kubectlDialect('v1.30.0'), scheduler: schedulerRules('v1.30.0') }
  const analysis = new ClusterAnalysis(state, rules)
  for (const object of objects) analysis.apply(state.apply(object))
  analysis.settle(1_000_000)
  analysis.settle(1_001_000)
  return [...analysis.audit.workloads.values()]
}

test('what the worst zone and the worst node take of the ready replicas', () => {
  const [web] = audited([...nodes, ...replicas(['a1', 'a1', 'a2', 'b1'])])
  assert.deepEqual(web?.zoneLoss, { domain: 'a', ready: 3, fraction: 0.75 })
  assert.deepEqual(web?.nodeLoss, { domain: 'a1', ready: 2, fraction: 0.5 })
  assert.equal(web?.risk, null)
})

test('several replicas in one zone, or on one node, without any rule are a risk', () => {
  assert.equal(audited([...nodes, ...replicas(['a1', 'a2'])])[0]?.risk?.kind, 'one-zone')
  const [web] = audited([...nodes, ...replicas(['a1', 'a1'])])
  assert.equal(web?.risk?.kind, 'one-node')
  assert.equal(
    web?.risk?.constraint,
    [
      'topologySpreadConstraints:',
      '  - maxSkew: 1',
      '    topologyKey: kubernetes.io/hostname',
      '    whenUnsatisfiable: ScheduleAnyway',
      '    labelSelector:',
      '      matchLabels:',
      '        app: "web"',
      '',
    ].join('\n'),
  )
})

test('no risk: a rule, one replica, no other zone to go to, pods that don’t stand in for each other', () => {
  const risk = (...objects: ClusterObject[]) => audited(objects)[0]?.risk
  assert.equal(risk(...nodes, ...replicas(['a1', 'a2'], { topologySpreadConstraints: [aConstraint()] })), null)
  assert.equal(risk(...nodes, ...replicas(['a1'])), null)
  assert.equal(risk(...nodes.slice(0, 2), ...replicas(['a1', 'a2'])), null)
  assert.equal(risk(...nodes, ...replicas(['a1', 'a2'], {}, 'Job')), null)
})

test('the scheduler’s default constraints bind those without any: an assumption, so told apart', () => {
  const [web] = audited([...nodes, ...replicas(['a1', 'a1', 'a1', 'a1', 'a2', 'a2'])])
  assert.deepEqual(
    web?.assumed.map(({ topologyKey, maxSkew, skew, violated, domainCount }) => [
      topologyKey,
      maxSkew,
      skew,
      violated,
      domainCount,
    ]),
    [
      ['kubernetes.io/hostname', 3, 4, true, 3],
      ['topology.kubernetes.io/zone', 5, 6, true, 2],
    ],
  )
  const bound = replicas(['a1', 'a2'], { topologySpreadConstraints: [aConstraint()] })
  assert.deepEqual(audited([...nodes, ...bound])[0]?.assumed, [])
})
