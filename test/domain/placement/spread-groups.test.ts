import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Pod } from '../../../domain/model/pod.ts'
import type { TopologySpreadConstraint } from '../../../domain/model/pod-spec.ts'
import { SpreadGroups } from '../../../domain/placement/spread-groups.ts'
import { aNode, aTaint } from '../../support/a-node.ts'
import { aConstraint, aSelector, labelsOf, type PodParts } from '../../support/a-pod.ts'
import { hostname, nodes, pods, workload, zone } from './placed-pods.ts'

/** With a cluster of three zones and these pods. */
function spread(allPods: readonly Pod[]): SpreadGroups {
  const groups = new SpreadGroups({ emptySelectorMatches: false })
  for (const node of nodes('a1', 'b1', 'c1')) groups.applyNode(null, node)
  for (const pod of allPods) groups.applyPod(null, pod, workload)
  return groups
}

function all<T>(groups: SpreadGroups, what: (result: NonNullable<ReturnType<SpreadGroups['result']>>) => T): T[] {
  return [...groups.ids()].flatMap((id) => {
    const result = groups.result(id)
    return result ? [what(result)] : []
  })
}

test('A12b with matchLabelKeys each revision is a group of its own', () => {
  const constraints = [aConstraint({ matchLabelKeys: ['pod-template-hash'] })]
  const revision = (placed: Record<string, number>, hash: string) =>
    pods(placed, constraints, { labels: { app: 'web', 'pod-template-hash': hash } })
  const groups = spread([...revision({ a1: 2, b1: 1 }, 'new'), ...revision({ b1: 1, c1: 2 }, 'old')])
  assert.deepEqual(
    all(groups, ({ revision: hash, skew, violated, pods: count }) => [hash, skew, violated, count]).sort(),
    [
      ['new', 2, true, 3],
      ['old', 2, true, 3],
    ],
  )
})

test('matchLabelKeys that the API server has merged already make the same group as those that it has not', () => {
  const labels = { app: 'web', 'pod-template-hash': 'new' }
  const merged = aSelector({ app: 'web' }, ['pod-template-hash', 'In', 'new'])
  const groups = spread([
    ...pods({ a1: 1 }, [aConstraint({ matchLabelKeys: ['pod-template-hash'] })], { labels }),
    ...pods({ b1: 1 }, [aConstraint({ matchLabelKeys: ['pod-template-hash'], labelSelector: merged })], { labels }),
  ])
  assert.deepEqual(
    all(groups, ({ pods: count }) => count),
    [2],
  )
})

test('a label edited after the API server merged matchLabelKeys leaves nothing that matches', () => {
  const merged = aSelector({ app: 'web' }, ['pod-template-hash', 'In', 'old'])
  const constraints = [aConstraint({ matchLabelKeys: ['pod-template-hash'], labelSelector: merged })]
  const groups = spread(pods({ a1: 3 }, constraints, { labels: { app: 'web', 'pod-template-hash': 'new' } }))
  assert.deepEqual(
    all(groups, ({ domains }) => domains.map(({ count }) => count)),
    [[0, 0, 0]],
  )
})

test('constraints that mean the same are one group, whatever their words', () => {
  const groups = spread([
    ...pods({ a1: 1 }, [aConstraint({ labelSelector: aSelector({ app: 'web', tier: 'front' }) })]),
    ...pods({ a1: 1 }, [
      aConstraint({ labelSelector: aSelector({ tier: 'front' }, ['app', 'In', 'web']), nodeAffinityPolicy: 'Honor' }),
    ]),
    ...pods({ a1: 1 }, [
      aConstraint({ labelSelector: aSelector({}, ['tier', 'In', 'front'], ['app', 'In', 'web', 'web']) }),
    ]),
  ])
  assert.equal(groups.size, 1)
})

test('whatever changes the meaning makes another group', () => {
  const one = { matchExpressions: [{ key: 'pool', operator: 'In', values: ['x'] }], matchFields: [] }
  const toleration = { key: 'k', operator: 'Exists', value: '', effect: '', tolerationSeconds: null }
  const variants: readonly (readonly [TopologySpreadConstraint[], PodParts['spec']])[] = [
    [[aConstraint()], {}],
    [[aConstraint({ maxSkew: 2 })], {}],
    [[aConstraint({ minDomains: 2 })], {}],
    [[aConstraint({ whenUnsatisfiable: 'ScheduleAnyway' })], {}],
    [[aConstraint({ labelSelector: aSelector({ app: 'db' }) })], {}],
    [[aConstraint({ labelSelector: null })], {}],
    [[aConstraint({ nodeTaintsPolicy: 'Honor' })], {}],
    [[aConstraint({ nodeTaintsPolicy: 'Honor' })], { tolerations: [toleration] }],
    [[aConstraint()], { nodeSelector: labelsOf({ pool: 'x' }) }],
    [[aConstraint()], { nodeAffinity: { required: [one], preferred: [] } }],
  ]
  const groups = spread(variants.flatMap(([constraints, spec]) => pods({ a1: 1 }, constraints, { spec: spec ?? {} })))
  assert.equal(groups.size, variants.length)
  // What isn't honoured, or only preferred, or how long a taint is tolerated changes nothing.
  for (const pod of [
    ...pods({ a1: 1 }, [aConstraint()], { spec: { tolerations: [toleration] } }),
    ...pods({ a1: 1 }, [aConstraint({ nodeAffinityPolicy: 'Ignore' })], {
      spec: { nodeSelector: labelsOf({ pool: 'x' }) },
    }),
    ...pods({ a1: 1 }, [aConstraint()], {
      spec: { nodeAffinity: { required: null, preferred: [{ weight: 1, preference: one }] } },
    }),
    ...pods({ a1: 1 }, [aConstraint({ nodeTaintsPolicy: 'Honor' })], {
      spec: { tolerations: [{ ...toleration, tolerationSeconds: 300 }] },
    }),
  ]) {
    groups.applyPod(null, pod, workload)
  }
  assert.equal(groups.size, variants.length)
})

test('constraints of the other workload are another group, though they count the same pods', () => {
  const groups = spread(pods({ a1: 2 }))
  for (const pod of pods({ b1: 1 })) groups.applyPod(null, pod, { kind: 'StatefulSet', name: 'web' })
  assert.deepEqual(all(groups, ({ workload: owner, pods: count, skew }) => [owner.kind, count, skew]).sort(), [
    ['Deployment', 2, 2],
    ['StatefulSet', 1, 2],
  ])
})

test('pods tied to their node by name, as those of a DaemonSet, have no groups but where they could say something', () => {
  const tied = (name: string): PodParts => ({
    spec: {
      nodeAffinity: {
        required: [{ matchExpressions: [], matchFields: [{ key: 'metadata.name', operator: 'In', values: [name] }] }],
        preferred: [],
      },
    },
  })
  assert.equal(spread(pods({ a1: 1 }, undefined, tied('a1'))).size, 0)
  const ignoring = spread(pods({ a1: 1 }, [aConstraint({ nodeAffinityPolicy: 'Ignore' })], tied('a1')))
  assert.deepEqual(
    all(ignoring, ({ domains }) => domains.length),
    [3],
  )
  const wanting = spread(pods({ a1: 2 }, [aConstraint({ minDomains: 2 })], tied('a1')))
  assert.deepEqual(
    all(wanting, ({ domains, skew, violated }) => [domains.length, skew, violated]),
    [[1, 2, true]],
  )
})

test('a group goes with its last pod, and what is changed is told once', () => {
  const groups = new SpreadGroups({ emptySelectorMatches: false })
  const [pod] = pods({ a1: 1 })
  assert.ok(pod)
  groups.applyPod(null, pod, workload)
  const [id = ''] = groups.takeChanged()
  assert.equal(groups.result(id)?.pods, 1)
  assert.deepEqual(groups.groupsOfPod(pod.uid), [id])
  assert.equal(groups.takeChanged().size, 0)
  groups.applyPod(pod, { ...pod, message: 'nothing that counts' }, workload)
  assert.equal(groups.takeChanged().size, 0)
  groups.applyPod(pod, { ...pod, phase: 'Succeeded' }, workload)
  assert.deepEqual([...groups.takeChanged()], [id])
  assert.equal(groups.result(id), null)
  assert.equal(groups.summary(id), null)
  assert.deepEqual(groups.groupsOfPod(pod.uid), [])
  groups.applyPod(pod, null, workload)
  assert.equal(groups.takeChanged().size, 0)
})

test('a group is the same after a restart of Plumbline', () => {
  const ids = () => [...spread(pods({ a1: 1 }, [aConstraint(), aConstraint({ topologyKey: hostname })])).ids()]
  assert.deepEqual(ids(), ids())
})

test('a pod whose Deployment is learned later moves to its group', () => {
  const groups = new SpreadGroups({ emptySelectorMatches: false })
  const [pod, other] = pods({ a1: 1, b1: 1 })
  assert.ok(pod && other)
  const replicaSet = { kind: 'ReplicaSet', name: 'web-5d9' }
  groups.applyPod(null, pod, replicaSet)
  groups.applyPod(null, other, replicaSet)
  groups.applyPod(pod, pod, workload)
  groups.applyPod(other, other, workload)
  assert.deepEqual(
    all(groups, ({ workload: owner, pods: count }) => [owner.kind, count]),
    [['Deployment', 2]],
  )
})

test('a heartbeat of a node changes nothing; a label, a taint and its end do', () => {
  const groups = spread(pods({ a1: 2, b1: 1, c1: 1 }, [aConstraint({ nodeTaintsPolicy: 'Honor' })]))
  groups.takeChanged()
  const before = aNode('a1', { labels: { [zone]: 'a' } })
  const heartbeat = { ...before, labels: labelsOf({ [hostname]: 'a1', [zone]: 'a' }), resourceVersion: '2', taints: [] }
  groups.applyNode(before, heartbeat)
  assert.equal(groups.takeChanged().size, 0)
  const counts = () => all(groups, ({ domains }) => domains.map(({ value, count }) => `${value}${count}`).join())
  const tainted = { ...heartbeat, taints: [aTaint('gone', 'NoExecute')] }
  groups.applyNode(heartbeat, tainted)
  assert.deepEqual([groups.takeChanged().size, counts()], [1, ['b1,c1']])
  const moved = { ...heartbeat, labels: labelsOf({ [hostname]: 'a1', [zone]: 'b' }) }
  groups.applyNode(tainted, moved)
  assert.deepEqual([groups.takeChanged().size, counts()], [1, ['b3,c1']])
  groups.applyNode(moved, null)
  assert.deepEqual([groups.takeChanged().size, counts()], [1, ['b1,c1']])
})

test('the end of a node that has been made anew under its name is not the end of the new one', () => {
  const groups = spread(pods({ a1: 1, b1: 1, c1: 1 }))
  const successor = aNode('a1', { labels: { [zone]: 'a' } })
  groups.applyNode(null, successor)
  groups.applyNode(aNode('a1', { labels: { [zone]: 'a' } }), null)
  assert.deepEqual(
    all(groups, ({ domains }) => domains.length),
    [3],
  )
})
