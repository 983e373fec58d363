import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Node } from '../../../domain/model/node.ts'
import type { Pod } from '../../../domain/model/pod.ts'
import type { TopologySpreadConstraint } from '../../../domain/model/pod-spec.ts'
import { SpreadGroups } from '../../../domain/placement/spread-groups.ts'
import { aNode, aTaint } from '../../support/a-node.ts'
import { aConstraint, aPod, aPodSpec, aSelector, labelsOf, type PodParts } from '../../support/a-pod.ts'

/**
 * Worked examples of topology spread over pods that are placed; each follows kube-scheduler's
 * podtopologyspread plugin (calPreFilterState and minMatchNum in filtering.go, common.go).
 */

const zone = 'topology.kubernetes.io/zone'
const hostname = 'kubernetes.io/hostname'
const workload = { kind: 'Deployment', name: 'web' }

/** Nodes a1, a2, b1 … of the zones named by their first letter. */
function nodes(...names: string[]): Node[] {
  return names.map((name) => aNode(name, { labels: { [zone]: name.slice(0, 1) } }))
}

/** So many pods on each node; all have the same constraints. */
function pods(
  placed: Record<string, number>,
  constraints: readonly TopologySpreadConstraint[] = [aConstraint()],
  { spec, ...parts }: PodParts = {},
): Pod[] {
  const shared = aPodSpec({ ...spec, topologySpreadConstraints: constraints })
  return Object.entries(placed).flatMap(([node, count]) =>
    Array.from({ length: count }, () => aPod({ labels: { app: 'web' }, nodeName: node, ...parts, spec: shared })),
  )
}

interface Case {
  readonly name: string
  readonly nodes: readonly Node[]
  readonly pods: readonly Pod[]
  readonly emptySelectorMatches?: boolean
  /** By topology key: counts, smallest count, skew, violated. */
  readonly expected: Readonly<
    Record<string, readonly [counts: string, minimum: number, skew: number, violated: boolean]>
  >
}

const poolNodes = [
  aNode('a1', { labels: { [zone]: 'a', pool: 'x' } }),
  aNode('b1', { labels: { [zone]: 'b', pool: 'x' } }),
  aNode('c1', { labels: { [zone]: 'c' } }),
]
const inPool = { spec: { nodeSelector: labelsOf({ pool: 'x' }) } }
const cordoned = { unschedulable: true, taints: [aTaint('node.kubernetes.io/unschedulable', 'NoSchedule')] }
const withCordonedZone = [...nodes('a1', 'b1'), aNode('c1', { labels: { [zone]: 'c' }, ...cordoned })]
const workers = ['w1', 'w2', 'w3'].map((name) => aNode(name))
const withControlPlane = [
  ...workers,
  aNode('cp', { taints: [aTaint('node-role.kubernetes.io/control-plane', 'NoSchedule')] }),
]

const cases: readonly Case[] = [
  {
    name: 'A1 within maxSkew',
    nodes: nodes('a1', 'b1', 'c1'),
    pods: pods({ a1: 2, b1: 2, c1: 1 }),
    expected: { [zone]: ['a:2 b:2 c:1', 1, 1, false] },
  },
  {
    name: 'A2 one domain too full',
    nodes: nodes('a1', 'b1', 'c1'),
    pods: pods({ a1: 3, b1: 1, c1: 1 }),
    expected: { [zone]: ['a:3 b:1 c:1', 1, 2, true] },
  },
  {
    name: 'A3 an empty domain counts with 0',
    nodes: nodes('a1', 'b1', 'c1'),
    pods: pods({ a1: 3, b1: 2 }),
    expected: { [zone]: ['a:3 b:2 c:0', 0, 3, true] },
  },
  {
    name: 'A4 a cordoned zone still counts: nodeTaintsPolicy is Ignore where it is not given',
    nodes: withCordonedZone,
    pods: pods({ a1: 1, b1: 1 }),
    expected: { [zone]: ['a:1 b:1 c:0', 0, 1, false] },
  },
  {
    name: 'A5 with nodeTaintsPolicy Honor it does not',
    nodes: withCordonedZone,
    pods: pods({ a1: 1, b1: 1 }, [aConstraint({ nodeTaintsPolicy: 'Honor' })]),
    expected: { [zone]: ['a:1 b:1', 1, 0, false] },
  },
  {
    name: 'A5 unless the pods tolerate it',
    nodes: withCordonedZone,
    pods: pods({ a1: 1, b1: 1 }, [aConstraint({ nodeTaintsPolicy: 'Honor' })], {
      spec: { tolerations: [{ key: '', operator: 'Exists', value: '', effect: '', tolerationSeconds: null }] },
    }),
    expected: { [zone]: ['a:1 b:1 c:0', 0, 1, false] },
  },
  {
    name: 'A6 matching pods on nodes outside the node selector do not count',
    nodes: poolNodes,
    pods: [...pods({ a1: 2, b1: 1 }, undefined, inPool), ...pods({ c1: 4 }, [])],
    expected: { [zone]: ['a:2 b:1', 1, 1, false] },
  },
  {
    name: 'A6b with nodeAffinityPolicy Ignore those nodes make domains',
    nodes: poolNodes,
    pods: pods({ a1: 2, b1: 1 }, [aConstraint({ nodeAffinityPolicy: 'Ignore' })], inPool),
    expected: { [zone]: ['a:2 b:1 c:0', 0, 2, true] },
  },
  {
    name: 'A7 fewer domains than minDomains make the minimum 0',
    nodes: nodes('a1', 'b1'),
    pods: pods({ a1: 1, b1: 1 }, [aConstraint({ minDomains: 3 })]),
    expected: { [zone]: ['a:1 b:1', 0, 1, false] },
  },
  {
    name: 'A7b which can be a violation by itself',
    nodes: nodes('a1', 'b1'),
    pods: pods({ a1: 2, b1: 1 }, [aConstraint({ minDomains: 3 })]),
    expected: { [zone]: ['a:2 b:1', 0, 2, true] },
  },
  {
    name: 'A7c minDomains that are there change nothing',
    nodes: nodes('a1', 'b1'),
    pods: pods({ a1: 1, b1: 1 }, [aConstraint({ minDomains: 2 })]),
    expected: { [zone]: ['a:1 b:1', 1, 0, false] },
  },
  {
    name: 'A8 a node counts only with the keys of all constraints of the action',
    nodes: [
      aNode('n1', { labels: { [zone]: 'a', rack: 'r1' } }),
      aNode('n2', { labels: { [zone]: 'a', rack: 'r2' } }),
      aNode('n3', { labels: { [zone]: 'b', rack: 'r3' } }),
      aNode('n4', { labels: { [zone]: 'b' } }),
    ],
    pods: pods({ n1: 1, n2: 1, n4: 2 }, [aConstraint(), aConstraint({ topologyKey: 'rack' })]),
    expected: { [zone]: ['a:2 b:0', 0, 2, true], rack: ['r1:1 r2:1 r3:0', 0, 1, false] },
  },
  {
    name: 'A8 but those of the other action have no say',
    nodes: [aNode('n1', { labels: { [zone]: 'a', rack: 'r1' } }), aNode('n4', { labels: { [zone]: 'b' } })],
    pods: pods({ n1: 1, n4: 1 }, [
      aConstraint(),
      aConstraint({ topologyKey: 'rack', whenUnsatisfiable: 'ScheduleAnyway' }),
    ]),
    expected: { [zone]: ['a:1 b:1', 1, 0, false], rack: ['r1:1', 1, 0, false] },
  },
  {
    name: 'A9 a tainted control plane is an empty domain',
    nodes: withControlPlane,
    pods: pods({ w1: 1, w2: 1, w3: 1 }, [aConstraint({ topologyKey: hostname })]),
    expected: { [hostname]: ['cp:0 w1:1 w2:1 w3:1', 0, 1, false] },
  },
  {
    name: 'A9b with nodeTaintsPolicy Honor it is none',
    nodes: withControlPlane,
    pods: pods({ w1: 1, w2: 1, w3: 1 }, [aConstraint({ topologyKey: hostname, nodeTaintsPolicy: 'Honor' })]),
    expected: { [hostname]: ['w1:1 w2:1 w3:1', 1, 0, false] },
  },
  {
    name: 'A10 terminating pods do not count',
    nodes: nodes('a1', 'b1', 'c1'),
    pods: [...pods({ a1: 1, b1: 1, c1: 1 }), ...pods({ a1: 1 }, undefined, { deletedAt: 1 })],
    expected: { [zone]: ['a:1 b:1 c:1', 1, 0, false] },
  },
  {
    name: 'A11 pods that do not match their own selector do not count',
    nodes: nodes('a1', 'b1', 'c1'),
    pods: [
      ...pods({ a1: 2, b1: 1, c1: 1 }, [], { labels: { app: 'db' } }),
      ...pods({ a1: 5 }, [aConstraint({ labelSelector: aSelector({ app: 'db' }) })]),
    ],
    expected: { [zone]: ['a:2 b:1 c:1', 1, 1, false] },
  },
  {
    name: 'A12 old and new revisions count together without matchLabelKeys',
    nodes: nodes('a1', 'b1', 'c1'),
    pods: [
      ...pods({ a1: 2, b1: 1 }, undefined, { labels: { app: 'web', 'pod-template-hash': 'new' } }),
      ...pods({ b1: 1, c1: 2 }, undefined, { labels: { app: 'web', 'pod-template-hash': 'old' } }),
    ],
    expected: { [zone]: ['a:2 b:2 c:2', 2, 0, false] },
  },
  {
    name: 'A12 once the old pods have gone what was legal at every step is violated',
    nodes: nodes('a1', 'b1', 'c1'),
    pods: pods({ a1: 2, b1: 1 }),
    expected: { [zone]: ['a:2 b:1 c:0', 0, 2, true] },
  },
  {
    name: 'A13 an empty selector counts nothing from 1.27 to 1.37',
    nodes: nodes('a1', 'b1', 'c1'),
    pods: pods({ a1: 5, b1: 2, c1: 2 }, [aConstraint({ labelSelector: aSelector() })]),
    expected: { [zone]: ['a:0 b:0 c:0', 0, 0, false] },
  },
  {
    name: 'A13 and everything in the namespace elsewhere',
    emptySelectorMatches: true,
    nodes: nodes('a1', 'b1', 'c1'),
    pods: [
      ...pods({ a1: 4, b1: 2, c1: 2 }, [aConstraint({ labelSelector: aSelector() })]),
      ...pods({ a1: 1 }, [], { labels: { other: 'yes' } }),
    ],
    expected: { [zone]: ['a:5 b:2 c:2', 2, 3, true] },
  },
  {
    name: 'A13 with a matchLabelKey that the pods have an empty selector is not empty',
    nodes: nodes('a1', 'b1'),
    pods: pods({ a1: 3, b1: 1 }, [aConstraint({ labelSelector: aSelector(), matchLabelKeys: ['app', 'absent'] })]),
    expected: { [zone]: ['a:3 b:1', 1, 2, true] },
  },
  {
    name: 'no selector at all matches nothing',
    emptySelectorMatches: true,
    nodes: nodes('a1', 'b1'),
    pods: pods({ a1: 5 }, [aConstraint({ labelSelector: null })]),
    expected: { [zone]: ['a:0 b:0', 0, 0, false] },
  },
  {
    name: 'A14 pods of other namespaces do not count',
    nodes: nodes('a1', 'b1', 'c1'),
    pods: [...pods({ '': 1 }, undefined, { phase: 'Pending' }), ...pods({ a1: 3 }, [], { namespace: 'other' })],
    expected: { [zone]: ['a:0 b:0 c:0', 0, 0, false] },
  },
  {
    name: 'A15 a soft constraint is counted like a hard one',
    nodes: nodes('a1', 'b1', 'c1'),
    pods: pods({ a1: 4, b1: 1, c1: 1 }, [aConstraint({ whenUnsatisfiable: 'ScheduleAnyway' })]),
    expected: { [zone]: ['a:4 b:1 c:1', 1, 3, true] },
  },
  {
    name: 'A16 a zone whose pods only terminate counts with 0',
    nodes: nodes('a1', 'b1', 'c1'),
    pods: [...pods({ a1: 2, b1: 2 }), ...pods({ c1: 2 }, undefined, { deletedAt: 1 })],
    expected: { [zone]: ['a:2 b:2 c:0', 0, 2, true] },
  },
  {
    name: 'A17 a zone without nodes is no domain',
    nodes: nodes('a1', 'b1'),
    pods: pods({ a1: 2, b1: 2, c1: 2 }),
    expected: { [zone]: ['a:2 b:2', 2, 0, false] },
  },
  {
    name: 'A18 exactly maxSkew is no violation',
    nodes: nodes('a1', 'b1', 'c1'),
    pods: pods({ a1: 4, b1: 4, c1: 1 }, [aConstraint({ maxSkew: 3 })]),
    expected: { [zone]: ['a:4 b:4 c:1', 1, 3, false] },
  },
  {
    name: 'pods that have ended do not count',
    nodes: nodes('a1', 'b1'),
    pods: [
      ...pods({ a1: 1, b1: 1 }),
      ...pods({ a1: 3 }, undefined, { phase: 'Succeeded' }),
      ...pods({ a1: 3 }, undefined, { phase: 'Failed' }),
    ],
    expected: { [zone]: ['a:1 b:1', 1, 0, false] },
  },
  {
    name: 'pods that wait for a node do not count, those that are bound and pending do',
    nodes: nodes('a1', 'b1'),
    pods: [
      ...pods({ '': 5 }, undefined, { phase: 'Pending' }),
      ...pods({ a1: 1, b1: 2 }, undefined, { phase: 'Pending' }),
    ],
    expected: { [zone]: ['a:1 b:2', 1, 1, false] },
  },
  {
    name: 'whoever matches the selector counts, whoever owns it',
    nodes: nodes('a1', 'b1'),
    pods: [...pods({ a1: 1 }), ...pods({ a1: 2 }, [])],
    expected: { [zone]: ['a:3 b:0', 0, 3, true] },
  },
  {
    name: 'without any node known there are no domains and no violation',
    nodes: [],
    pods: pods({ a1: 7 }),
    expected: { [zone]: ['', 0, 0, false] },
  },
  {
    name: 'the empty value of a label is a domain too',
    nodes: [aNode('a1', { labels: { [zone]: '' } }), ...nodes('b1')],
    pods: pods({ a1: 2, b1: 1 }),
    expected: { [zone]: [':2 b:1', 1, 1, false] },
  },
  {
    name: 'a minDomains that came with a soft constraint is not looked at',
    nodes: nodes('a1', 'b1'),
    pods: pods({ a1: 2, b1: 2 }, [aConstraint({ whenUnsatisfiable: 'ScheduleAnyway', minDomains: 3 })]),
    expected: { [zone]: ['a:2 b:2', 2, 0, false] },
  },
  {
    name: 'labels of every JavaScript object are labels like any other',
    nodes: [
      aNode('a1', { labels: JSON.parse('{"__proto__":"a","constructor":"a"}') }),
      aNode('b1', { labels: JSON.parse('{"__proto__":"b","constructor":"b"}') }),
      aNode('plain'),
    ],
    pods: pods(
      { a1: 2, plain: 3 },
      [
        aConstraint({
          topologyKey: '__proto__',
          labelSelector: aSelector(JSON.parse('{"__proto__":"x"}'), ['toString', 'DoesNotExist']),
        }),
        aConstraint({
          topologyKey: 'constructor',
          labelSelector: aSelector({}, ['__proto__', 'Exists'], ['valueOf', 'NotIn', 'y']),
          matchLabelKeys: ['__proto__', 'hasOwnProperty'],
        }),
      ],
      { labels: JSON.parse('{"__proto__":"x"}') },
    ),
    expected: JSON.parse('{"__proto__":["a:2 b:0",0,2,true],"constructor":["a:2 b:0",0,2,true]}'),
  },
]

/** Without a prototype, since a topology key may be `__proto__`. */
function answers(groups: SpreadGroups): Record<string, readonly [string, number, number, boolean]> {
  const found: Record<string, readonly [string, number, number, boolean]> = Object.create(null)
  for (const id of groups.ids()) {
    const result = groups.result(id)
    assert.ok(result)
    const counts = result.domains.map(({ value, count }) => `${value}:${count}`).join(' ')
    found[result.topologyKey] = [counts, result.globalMinimum, result.skew, result.violated]
  }
  return found
}

for (const { name, nodes: allNodes, pods: allPods, expected, emptySelectorMatches = false } of cases) {
  test(name, () => {
    // In whatever order and by whatever way the cluster comes to this state, it is the same.
    for (const order of ['nodes first', 'pods first', 'through other states']) {
      const groups = new SpreadGroups({ emptySelectorMatches })
      if (order === 'nodes first') for (const node of allNodes) groups.applyNode(null, node)
      for (const pod of order === 'pods first' ? allPods.toReversed() : allPods) {
        if (order === 'through other states') {
          const waiting = { ...pod, nodeName: '', labels: labelsOf() }
          groups.applyPod(null, waiting, workload)
          groups.applyPod(waiting, pod, workload)
        } else groups.applyPod(null, pod, workload)
      }
      if (order !== 'nodes first') for (const node of allNodes) groups.applyNode(null, node)
      assert.deepEqual(answers(groups), Object.assign(Object.create(null), expected), order)
    }
  })
}

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
