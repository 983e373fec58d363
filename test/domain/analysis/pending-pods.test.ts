import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ClusterAnalysis } from '../../../domain/analysis/cluster-analysis.ts'
import { kubectlDialect } from '../../../domain/health/kubectl-dialect.ts'
import type { ClusterObject } from '../../../domain/model/cluster-object.ts'
import type { Pod } from '../../../domain/model/pod.ts'
import { schedulerRules } from '../../../domain/placement/scheduler-rules.ts'
import { ClusterState } from '../../../domain/state/cluster-state.ts'
import { aTaint } from '../../support/a-node.ts'
import { aPod, type PodParts } from '../../support/a-pod.ts'
import { aRoomyNode } from '../../support/a-scheduling-view.ts'

class Cluster {
  readonly state = new ClusterState()
  readonly analysis = new ClusterAnalysis(this.state, {
    dialect: kubectlDialect('v1.30.0'),
    scheduler: schedulerRules('v1.30.0'),
  })
  now = 1_000_000

  apply(...objects: ClusterObject[]): this {
    for (const object of objects) this.analysis.apply(this.state.apply(object))
    return this
  }

  /** Lets some seconds pass. Returns the uids of pods whose explanation changed. */
  pass(): ReadonlySet<string> {
    for (let second = 0; second < 3; second += 1) {
      this.now += 1_000
      this.analysis.settle(this.now)
    }
    return this.analysis.takeChanges()?.pending ?? new Set()
  }
}

const tainted = aRoomyNode('n1', 'a', { taints: [aTaint('gpu', 'NoSchedule', 'yes')] })
const message = '0/1 nodes are available: 1 node(s) had untolerated taint {gpu: yes}.'

function refused(text: string, parts: PodParts = {}): Pod {
  const condition = { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: text }
  return aPod({ phase: 'Pending', conditions: [{ ...condition, lastTransitionTime: 900_000 }], ...parts })
}

test('a refused pod: reasons, what the scheduler said, and what would help', () => {
  const pod = refused(message)
  const cluster = new Cluster().apply(tainted, pod)
  assert.ok(cluster.pass().has(pod.uid))
  const found = cluster.analysis.pending.get(pod.uid)
  assert.equal(found?.state, 'unschedulable')
  assert.equal(found.since, 900_000)
  assert.deepEqual(found.said, [{ source: 'condition', message, at: 900_000, agrees: true }])
  assert.equal(found.explanation?.message, message)
  assert.deepEqual(found.explanation?.reasons, [
    {
      reason: 'node(s) had untolerated taint {gpu: yes}',
      kind: 'taint',
      words: 'have the taint gpu=yes, which it doesn’t tolerate',
      preemptible: false,
      nodes: 1,
      examples: ['n1'],
    },
  ])
  assert.deepEqual(
    found.explanation?.changes?.map(({ text }) => text),
    ['Tolerate the taint gpu=yes:NoSchedule, or remove it from n1'],
  )
})

test('what was said and is no longer so is told', () => {
  const pod = refused(message)
  const cluster = new Cluster().apply(tainted, pod)
  cluster.pass()
  cluster.apply({ ...tainted, taints: [], unschedulable: true })
  assert.ok(cluster.pass().has(pod.uid))
  const found = cluster.analysis.pending.get(pod.uid)
  assert.equal(found?.explanation?.message, '0/1 nodes are available: 1 node(s) were unschedulable.')
  assert.equal(found?.said[0]?.agrees, false)
})

test('a node that could take it by now', () => {
  const pod = refused(message)
  const cluster = new Cluster().apply(tainted, pod, aRoomyNode('n2', 'a'))
  cluster.pass()
  const found = cluster.analysis.pending.get(pod.uid)
  assert.equal(found?.state, 'fitting')
  assert.deepEqual(found?.explanation?.feasibleNodes, ['n2'])
})

test('gates hold it back, whatever the nodes', () => {
  const pod = aPod({ phase: 'Pending', spec: { schedulingGates: ['example.com/quota'] } })
  const cluster = new Cluster().apply(aRoomyNode('n1', 'a'), pod)
  cluster.pass()
  assert.equal(cluster.analysis.pending.get(pod.uid)?.state, 'gated')
  assert.deepEqual(cluster.analysis.pending.get(pod.uid)?.gates, ['example.com/quota'])
})

test('another scheduler’s rules aren’t known', () => {
  const pod = refused('no', { spec: { schedulerName: 'volcano' } })
  const cluster = new Cluster().apply(tainted, pod)
  cluster.pass()
  assert.equal(cluster.analysis.pending.get(pod.uid)?.explanation, null)
})

test('heartbeats and what has nothing to do with it ask nothing anew', () => {
  const pod = refused(message)
  const cluster = new Cluster().apply(tainted, pod)
  cluster.pass()
  const before = cluster.analysis.pending.get(pod.uid)?.explanation
  cluster.apply({ ...tainted, resourceVersion: 'later' })
  assert.deepEqual([...cluster.pass()], [])
  assert.equal(cluster.analysis.pending.get(pod.uid)?.explanation, before)
})

test('placed, ended or deleted it is no longer pending', () => {
  const pods = [refused(message), refused(message), refused(message)] as const
  const cluster = new Cluster().apply(tainted, ...pods)
  cluster.pass()
  assert.equal(cluster.analysis.pending.size, 3)
  cluster.apply({ ...pods[0], nodeName: 'n1' }, { ...pods[1], phase: 'Failed' }, { ...pods[2], deletedAt: 1 })
  assert.deepEqual([...cluster.pass()].sort(), pods.map(({ uid }) => uid).sort())
  assert.equal(cluster.analysis.pending.size, 0)
})

test('the problem of a pending pod tells what each reason keeps off and what would let it fit', () => {
  const pod = refused(message)
  const cluster = new Cluster().apply(tainted, pod)
  cluster.pass()
  const [problem] = cluster.analysis.problemsOf(pod.uid)
  assert.equal(problem?.kind, 'pod-pending')
  const { evidence, advice } = cluster.analysis.story(problem)
  const help = cluster.analysis.pending.get(pod.uid)?.explanation?.changes ?? []
  assert.ok(evidence.some(({ text }) => text === '1 of 1 nodes have the taint gpu=yes, which it doesn’t tolerate'))
  assert.ok(help.length > 0)
  assert.equal(advice[0]?.text, help[0]?.text)
})
