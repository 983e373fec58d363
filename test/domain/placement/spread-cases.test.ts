import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Node } from '../../../domain/model/node.ts'
import type { Pod } from '../../../domain/model/pod.ts'
import { SpreadGroups } from '../../../domain/placement/spread-groups.ts'
import { aNode, aTaint } from '../../support/a-node.ts'
import { aConstraint, aSelector, labelsOf } from '../../support/a-pod.ts'
import { hostname, nodes, pods, workload, zone } from './placed-pods.ts'

/**
 * Worked examples of topology spread over pods that are placed; each follows kube-scheduler's
 * podtopologyspread plugin (calPreFilterState and minMatchNum in filtering.go, common.go).
 */

interface Case {
  readonly name: string
  readonly nodes: readonly Node[]
  readonly pods: readonly Pod[]
  readonly emptySelectorMatches?: boolean
  readonly countsExcludedNodes?: boolean
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
const rackNodes = [
  aNode('n1', { labels: { [zone]: 'a', rack: 'r1' } }),
  aNode('n2', { labels: { [zone]: 'a', rack: 'r2' } }),
  aNode('n3', { labels: { [zone]: 'b', rack: 'r3' } }),
  aNode('n4', { labels: { [zone]: 'b' } }),
]
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
    nodes: rackNodes,
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
    name: 'A8 up to 1.23 pods on a node without all keys count where another node makes the domain',
    countsExcludedNodes: true,
    nodes: rackNodes,
    pods: pods({ n1: 1, n2: 1, n4: 2 }, [aConstraint(), aConstraint({ topologyKey: 'rack' })]),
    expected: { [zone]: ['a:2 b:2', 2, 0, false], rack: ['r1:1 r2:1 r3:0', 0, 1, false] },
  },
  {
    name: 'up to 1.23 pods on a node outside the node selector count where another node makes the domain',
    countsExcludedNodes: true,
    nodes: [...poolNodes, aNode('a2', { labels: { [zone]: 'a' } })],
    pods: [...pods({ a1: 1, b1: 1 }, undefined, inPool), ...pods({ a2: 3, c1: 4 }, [])],
    expected: { [zone]: ['a:4 b:1', 1, 3, true] },
  },
  {
    name: 'up to 1.23 soft constraints count eligible nodes only, as later ones do',
    countsExcludedNodes: true,
    nodes: [...poolNodes, aNode('a2', { labels: { [zone]: 'a' } })],
    pods: [
      ...pods({ a1: 1, b1: 1 }, [aConstraint({ whenUnsatisfiable: 'ScheduleAnyway' })], inPool),
      ...pods({ a2: 3 }, []),
    ],
    expected: { [zone]: ['a:1 b:1', 1, 0, false] },
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

for (const { name, nodes: allNodes, pods: allPods, expected, ...rules } of cases) {
  test(name, () => {
    // In whatever order and by whatever way the cluster comes to this state, it is the same.
    for (const order of ['nodes first', 'pods first', 'through other states']) {
      const groups = new SpreadGroups({ emptySelectorMatches: false, ...rules })
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
