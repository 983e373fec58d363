import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ClusterAnalysis } from '../../../domain/analysis/cluster-analysis.ts'
import { kubectlDialect } from '../../../domain/health/kubectl-dialect.ts'
import { podsQuerySchema } from '../../../domain/live/pods-query.ts'
import { PodsView } from '../../../domain/live/pods-view.ts'
import type { ClusterObject } from '../../../domain/model/cluster-object.ts'
import { schedulerRules } from '../../../domain/placement/scheduler-rules.ts'
import { ClusterState } from '../../../domain/state/cluster-state.ts'
import { modelNode, modelPod } from '../../support/model-object.ts'

const now = Date.parse('2026-11-01T12:00:00Z')
const rules = { dialect: kubectlDialect('v1.34.0'), scheduler: schedulerRules('v1.34.0') }
const zone = 'topology.kubernetes.io/zone'

function conclusions(state: ClusterState, analysis: ClusterAnalysis): unknown {
  return {
    rows: [...analysis.rows.values()].sort((a, b) => (a.uid < b.uid ? -1 : 1)),
    byNamespace: analysis.byNamespace.entries(),
    byStatus: analysis.byStatus.entries(),
    byZone: analysis.byZone.entries(),
    bySeverity: analysis.bySeverity.entries(),
    nodes: [...state.nodes()].map(({ name }) => [name, analysis.nodeCounts(name)]).sort(),
    readyNodes: analysis.readyNodes,
    problems: [...analysis.problems()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    // How old a group is depends on what was seen of it, and so does its place.
    groups: [...analysis.worstGroups(1_000)]
      .map(({ since: _, ...group }) => group)
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    groupCounts: analysis.problemGroups.counts.entries(),
    problemCounts: analysis.problemCounts.entries(),
    violated: [...analysis.violatedSince.keys()].sort(),
  }
}

test('random changes, one at a time, end in what an analysis from nothing concludes', () => {
  let seed = 11
  const random = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
    return Math.floor((seed / 2 ** 31) * below)
  }
  for (let round = 0; round < 8; round += 1) {
    const state = new ClusterState()
    const analysis = new ClusterAnalysis(state, rules)
    const query = podsQuerySchema.parse({ severity: 'error', sort: 'restarts', direction: 'desc' })
    let view = new PodsView(query, analysis)
    const kept = new Map<string, ClusterObject>()
    for (let step = 0; step < 250; step += 1) {
      if (random(5) === 0) {
        const name = `n${random(5)}`
        const known = [...kept.values()].find((object) => object.kind === 'Node' && object.name === name)
        if (known && random(2) === 0) {
          const change = state.remove('Node', known.uid)
          if (change) analysis.apply(change)
          kept.delete(known.uid)
        } else {
          const node = { ...modelNode(name, { [zone]: 'abc'.charAt(random(3)) }), ...(known ? { uid: known.uid } : {}) }
          analysis.apply(state.apply(node))
          kept.set(node.uid, node)
        }
      } else {
        const uid = `pod-${random(30)}`
        if (kept.has(uid) && random(5) === 0) {
          const change = state.remove('Pod', uid)
          if (change) analysis.apply(change)
          kept.delete(uid)
        } else {
          const waiting = ['CrashLoopBackOff', 'ImagePullBackOff', 'ContainerCreating'][random(3)]
          const app = `w${random(3)}`
          const pod = modelPod({
            metadata: {
              uid,
              name: uid,
              namespace: `ns-${Number(uid.slice(4)) % 2}`,
              labels: { app },
              creationTimestamp: '2026-11-01T11:00:00Z',
            },
            spec: {
              nodeName: random(6) === 0 ? '' : `n${random(5)}`,
              topologySpreadConstraints: [
                {
                  maxSkew: 1,
                  topologyKey: zone,
                  whenUnsatisfiable: 'DoNotSchedule',
                  labelSelector: { matchLabels: { app } },
                },
              ],
            },
            status: {
              phase: ['Running', 'Pending', 'Failed', 'Succeeded'][random(4)],
              containerStatuses: [
                {
                  name: 'app',
                  ready: random(2) === 0,
                  restartCount: random(4),
                  state:
                    random(2) === 0
                      ? { running: { startedAt: '2026-11-01T11:30:00Z' } }
                      : { waiting: { reason: waiting } },
                },
              ],
            },
          })
          analysis.apply(state.apply(pod))
          kept.set(uid, pod)
        }
      }
      // Sometimes changes gather before anyone draws conclusions, and not all at once.
      if (random(3) === 0) {
        analysis.settle(now, 1 + random(5))
        const changes = random(2) === 0 ? analysis.takeChanges() : null
        if (changes) view.update(changes)
        else if (random(4) === 0) {
          const pending = analysis.takeChanges()
          if (pending) view.update(pending)
          view = new PodsView(query, analysis)
        }
      }
    }
    // Why pods are pending is asked at most once a second, and meanwhile as old as that.
    const later = now + 1_000
    analysis.settle(later)
    const last = analysis.takeChanges()
    if (last) view.update(last)
    const freshState = new ClusterState()
    const fresh = new ClusterAnalysis(freshState, rules)
    for (const object of kept.values()) fresh.apply(freshState.apply(object))
    fresh.settle(later)
    assert.deepEqual(conclusions(state, analysis), conclusions(freshState, fresh), `round ${round}`)
    assert.deepEqual(view.slice(0, 1_000), new PodsView(query, fresh).slice(0, 1_000), `view of round ${round}`)
    assert.equal(analysis.faults, 0)
  }
})

test('a pod that nothing changed is not told of', () => {
  const state = new ClusterState()
  const analysis = new ClusterAnalysis(state, rules)
  const pod = modelPod({ spec: { nodeName: 'n1' } })
  analysis.apply(state.apply(pod))
  analysis.settle(now)
  assert.equal(analysis.takeChanges()?.pods.size, 1)
  analysis.apply(state.apply({ ...pod, resourceVersion: 'next' }))
  analysis.settle(now)
  assert.equal(analysis.takeChanges()?.pods.size, 0)
  assert.equal(analysis.takeChanges(), null)
})
