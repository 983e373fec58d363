import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Node } from '../../../domain/model/node.ts'
import type { Pod } from '../../../domain/model/pod.ts'
import { SpreadGroups } from '../../../domain/placement/spread-groups.ts'
import { modelNode, modelPod } from '../../support/model-object.ts'

/**
 * Worked examples of topology spread over pods that are placed; each follows kube-scheduler's
 * podtopologyspread plugin (calPreFilterState and minMatchNum in filtering.go, common.go).
 */

const zone = 'topology.kubernetes.io/zone'
const workload = { kind: 'Deployment', name: 'web' }
const web = { labels: { app: 'web' } }
const selectWeb = { matchLabels: { app: 'web' } }

function constraint(more: object = {}): object {
  return { maxSkew: 1, topologyKey: zone, whenUnsatisfiable: 'DoNotSchedule', labelSelector: selectWeb, ...more }
}

/** Nodes a1, a2, b1 … of the zones named by their first letter. */
function nodes(...names: string[]): Node[] {
  return names.map((name) => modelNode(name, { [zone]: name.slice(0, 1) }))
}

function pods(
  node: string,
  count: number,
  parts: { metadata?: object; spec?: object; status?: object } = {},
  constraints: object[] = [constraint()],
): Pod[] {
  return Array.from({ length: count }, () =>
    modelPod({
      metadata: { ...web, ...parts.metadata },
      spec: { nodeName: node, topologySpreadConstraints: constraints, ...parts.spec },
      ...(parts.status ? { status: parts.status } : {}),
    }),
  )
}

interface Case {
  readonly name: string
  readonly nodes: Node[]
  readonly pods: Pod[]
  readonly emptySelectorMatches?: boolean
  /** By topology key: counts, skew, violated. */
  readonly expected: Readonly<Record<string, readonly [counts: string, skew: number, violated: boolean]>>
}

const gone = { deletionTimestamp: '2026-01-01T00:00:00Z' }

const cases: readonly Case[] = [
  {
    name: 'A1 within maxSkew',
    nodes: nodes('a1', 'b1', 'c1'),
    pods: [...pods('a1', 2), ...pods('b1', 2), ...pods('c1', 1)],
    expected: { [zone]: ['a2 b2 c1', 1, false] },
  },
  {
    name: 'A2 one domain too full',
    nodes: nodes('a1', 'b1', 'c1'),
    pods: [...pods('a1', 3), ...pods('b1', 1), ...pods('c1', 1)],
    expected: { [zone]: ['a3 b1 c1', 2, true] },
  },
  {
    name: 'A3 an empty domain counts with 0',
    nodes: nodes('a1', 'b1', 'c1'),
    pods: [...pods('a1', 3), ...pods('b1', 2)],
    expected: { [zone]: ['a3 b2 c0', 3, true] },
  },
  {
    name: 'A4 a cordoned zone still counts (nodeTaintsPolicy Ignore is the default)',
    nodes: [
      ...nodes('a1', 'b1'),
      modelNode(
        'c1',
        { [zone]: 'c' },
        { unschedulable: true, taints: [{ key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }] },
      ),
    ],
    pods: [...pods('a1', 1), ...pods('b1', 1)],
    expected: { [zone]: ['a1 b1 c0', 1, false] },
  },
  {
    name: 'A5 with nodeTaintsPolicy Honor it does not',
    nodes: [
      ...nodes('a1', 'b1'),
      modelNode('c1', { [zone]: 'c' }, { taints: [{ key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }] }),
    ],
    pods: ['a1', 'b1'].flatMap((node) => pods(node, 1, {}, [constraint({ nodeTaintsPolicy: 'Honor' })])),
    expected: { [zone]: ['a1 b1', 0, false] },
  },
  {
    name: 'A6 pods on nodes outside the node selector are not counted',
    nodes: [
      modelNode('a1', { [zone]: 'a', pool: 'x' }),
      modelNode('b1', { [zone]: 'b', pool: 'x' }),
      modelNode('c1', { [zone]: 'c' }),
    ],
    pods: [
      ...pods('a1', 2, { spec: { nodeSelector: { pool: 'x' } } }),
      ...pods('b1', 1, { spec: { nodeSelector: { pool: 'x' } } }),
      ...pods('c1', 4, {}, []),
    ],
    expected: { [zone]: ['a2 b1', 1, false] },
  },
  {
    name: 'A6b with nodeAffinityPolicy Ignore they are',
    nodes: [
      modelNode('a1', { [zone]: 'a', pool: 'x' }),
      modelNode('b1', { [zone]: 'b', pool: 'x' }),
      modelNode('c1', { [zone]: 'c' }),
    ],
    pods: [
      ['a1', 2],
      ['b1', 1],
    ].flatMap(([node, count]) =>
      pods(String(node), Number(count), { spec: { nodeSelector: { pool: 'x' } } }, [
        constraint({ nodeAffinityPolicy: 'Ignore' }),
      ]),
    ),
    expected: { [zone]: ['a2 b1 c0', 2, true] },
  },
  {
    name: 'A7 fewer domains than minDomains make the minimum 0',
    nodes: nodes('a1', 'b1'),
    pods: [
      ...pods('a1', 1, {}, [constraint({ minDomains: 3 })]),
      ...pods('b1', 1, {}, [constraint({ minDomains: 3 })]),
    ],
    expected: { [zone]: ['a1 b1', 1, false] },
  },
  {
    name: 'A7b … which can be a violation by itself',
    nodes: nodes('a1', 'b1'),
    pods: [
      ...pods('a1', 2, {}, [constraint({ minDomains: 3 })]),
      ...pods('b1', 1, {}, [constraint({ minDomains: 3 })]),
    ],
    expected: { [zone]: ['a2 b1', 2, true] },
  },
  {
    name: 'A7c minDomains that are there change nothing',
    nodes: nodes('a1', 'b1'),
    pods: [
      ...pods('a1', 2, {}, [constraint({ minDomains: 2 })]),
      ...pods('b1', 1, {}, [constraint({ minDomains: 2 })]),
    ],
    expected: { [zone]: ['a2 b1', 1, false] },
  },
  {
    name: 'A8 a node counts only with the keys of all constraints',
    nodes: [
      modelNode('n1', { [zone]: 'a', rack: 'r1' }),
      modelNode('n2', { [zone]: 'a', rack: 'r2' }),
      modelNode('n3', { [zone]: 'b', rack: 'r3' }),
      modelNode('n4', { [zone]: 'b' }),
    ],
    pods: [
      ['n1', 1],
      ['n2', 1],
      ['n4', 2],
    ].flatMap(([node, count]) =>
      pods(String(node), Number(count), {}, [constraint(), constraint({ topologyKey: 'rack' })]),
    ),
    expected: { [zone]: ['a2 b0', 2, true], rack: ['r11 r21 r30', 1, false] },
  },
  {
    name: 'A8b but constraints of the other action have no say',
    nodes: [modelNode('n1', { [zone]: 'a', rack: 'r1' }), modelNode('n4', { [zone]: 'b' })],
    pods: [
      ['n1', 1],
      ['n4', 1],
    ].flatMap(([node, count]) =>
      pods(String(node), Number(count), {}, [
        constraint(),
        constraint({ topologyKey: 'rack', whenUnsatisfiable: 'ScheduleAnyway' }),
      ]),
    ),
    expected: { [zone]: ['a1 b1', 0, false], rack: ['r11', 0, false] },
  },
  {
    name: 'A10 terminating pods are not counted',
    nodes: nodes('a1', 'b1', 'c1'),
    pods: [...pods('a1', 1), ...pods('a1', 1, { metadata: { ...web, ...gone } }), ...pods('b1', 1), ...pods('c1', 1)],
    expected: { [zone]: ['a1 b1 c1', 0, false] },
  },
  {
    name: 'pods that have ended are not counted',
    nodes: nodes('a1', 'b1'),
    pods: [...pods('a1', 1), ...pods('a1', 3, { status: { phase: 'Succeeded' } }), ...pods('b1', 1)],
    expected: { [zone]: ['a1 b1', 0, false] },
  },
  {
    name: 'pods that wait for a node are not counted',
    nodes: nodes('a1', 'b1'),
    pods: [...pods('a1', 1), ...pods('', 5, { status: { phase: 'Pending' } }), ...pods('b1', 1)],
    expected: { [zone]: ['a1 b1', 0, false] },
  },
  {
    name: 'A12 old and new revisions count together without matchLabelKeys',
    nodes: nodes('a1', 'b1', 'c1'),
    pods: [...pods('a1', 2), ...pods('b1', 1), ...pods('b1', 1), ...pods('c1', 2)],
    expected: { [zone]: ['a2 b2 c2', 0, false] },
  },
  {
    name: 'A13 an empty selector counts nothing from 1.27 to 1.37',
    nodes: nodes('a1', 'b1'),
    pods: [
      ...pods('a1', 5, {}, [constraint({ labelSelector: {} })]),
      ...pods('b1', 2, {}, [constraint({ labelSelector: {} })]),
    ],
    expected: { [zone]: ['a0 b0', 0, false] },
  },
  {
    name: 'A13 … and everything in the namespace where that is mended',
    emptySelectorMatches: true,
    nodes: nodes('a1', 'b1'),
    pods: [
      ...pods('a1', 5, {}, [constraint({ labelSelector: {} })]),
      ...pods('b1', 2, {}, [constraint({ labelSelector: {} })]),
    ],
    expected: { [zone]: ['a5 b2', 3, true] },
  },
  {
    name: 'no selector at all matches nothing',
    emptySelectorMatches: true,
    nodes: nodes('a1', 'b1'),
    pods: pods('a1', 5, {}, [constraint({ labelSelector: undefined })]),
    expected: { [zone]: ['a0 b0', 0, false] },
  },
  {
    name: 'A14 pods of other namespaces are not counted',
    nodes: nodes('a1', 'b1'),
    pods: [...pods('a1', 1), ...pods('b1', 1), ...pods('a1', 3, { metadata: { ...web, namespace: 'other' } }, [])],
    expected: { [zone]: ['a1 b1', 0, false] },
  },
  {
    name: 'whoever matches the selector counts, whoever owns it',
    nodes: nodes('a1', 'b1'),
    pods: [...pods('a1', 1), ...pods('a1', 2, {}, [])],
    expected: { [zone]: ['a3 b0', 3, true] },
  },
  {
    name: 'A16 a zone whose pods only terminate counts with 0',
    nodes: nodes('a1', 'b1', 'c1'),
    pods: [...pods('a1', 2), ...pods('b1', 2), ...pods('c1', 2, { metadata: { ...web, ...gone } })],
    expected: { [zone]: ['a2 b2 c0', 2, true] },
  },
  {
    name: 'A17 a zone without nodes is no domain',
    nodes: nodes('a1', 'b1'),
    pods: [...pods('a1', 2), ...pods('b1', 2)],
    expected: { [zone]: ['a2 b2', 0, false] },
  },
  {
    name: 'A18 exactly maxSkew is no violation',
    nodes: nodes('a1', 'b1', 'c1'),
    pods: [
      ['a1', 4],
      ['b1', 4],
      ['c1', 1],
    ].flatMap(([node, count]) => pods(String(node), Number(count), {}, [constraint({ maxSkew: 3 })])),
    expected: { [zone]: ['a4 b4 c1', 3, false] },
  },
  {
    name: 'labels of the prototype are labels',
    nodes: nodes('a1', 'b1'),
    pods: pods('a1', 2, { metadata: { labels: JSON.parse('{"__proto__":"x","constructor":"y"}') } }, [
      constraint({ labelSelector: JSON.parse('{"matchLabels":{"__proto__":"x","constructor":"y"}}') }),
    ]),
    expected: { [zone]: ['a2 b0', 2, true] },
  },
]

function answer(groups: SpreadGroups): Record<string, readonly [string, number, boolean]> {
  const answers: Record<string, readonly [string, number, boolean]> = {}
  for (const id of groups.ids()) {
    const result = groups.result(id)
    if (!result) continue
    answers[result.topologyKey] = [
      result.domains.map(({ value, count }) => `${value}${count}`).join(' '),
      result.skew,
      result.violated,
    ]
  }
  return answers
}

for (const { name, nodes: allNodes, pods: allPods, expected, emptySelectorMatches = false } of cases) {
  test(name, () => {
    // The order in which objects are heard must not matter.
    for (const order of ['nodes first', 'pods first', 'pods twice, through other states']) {
      const groups = new SpreadGroups({ emptySelectorMatches })
      if (order === 'nodes first') for (const node of allNodes) groups.applyNode(null, node)
      for (const pod of order === 'pods first' ? allPods.toReversed() : allPods) {
        if (order.startsWith('pods twice')) {
          const waiting = { ...pod, nodeName: '', labels: {} }
          groups.applyPod(null, waiting, workload)
          groups.applyPod(waiting, pod, workload)
        } else groups.applyPod(null, pod, workload)
      }
      if (order !== 'nodes first') for (const node of allNodes) groups.applyNode(null, node)
      assert.deepEqual(answer(groups), expected, order)
    }
  })
}

test('A12b with matchLabelKeys each revision is a group of its own', () => {
  const groups = new SpreadGroups({ emptySelectorMatches: false })
  for (const node of nodes('a1', 'b1', 'c1')) groups.applyNode(null, node)
  const revision = (node: string, count: number, hash: string) =>
    pods(node, count, { metadata: { labels: { app: 'web', 'pod-template-hash': hash } } }, [
      constraint({ matchLabelKeys: ['pod-template-hash'] }),
    ])
  for (const pod of [
    ...revision('a1', 2, 'new'),
    ...revision('b1', 1, 'new'),
    ...revision('b1', 1, 'old'),
    ...revision('c1', 2, 'old'),
  ]) {
    groups.applyPod(null, pod, workload)
  }
  const results = [...groups.ids()]
    .map((id) => groups.result(id))
    .map((result) => [result?.revision, result?.skew, result?.violated])
  assert.deepEqual(results.sort(), [
    ['new', 2, true],
    ['old', 2, true],
  ])
})

test('a group goes with its last pod, and what is changed is told once', () => {
  const groups = new SpreadGroups({ emptySelectorMatches: false })
  const [pod] = pods('a1', 1)
  assert.ok(pod)
  groups.applyPod(null, pod, workload)
  const [id = ''] = groups.takeChanged()
  assert.equal(groups.result(id)?.pods, 1)
  assert.deepEqual(groups.groupsOfPod(pod.uid), [id])
  assert.equal(groups.takeChanged().size, 0)
  groups.applyPod(pod, { ...pod, message: 'nothing that counts' }, workload)
  assert.equal(groups.takeChanged().size, 0)
  groups.applyPod(pod, null, workload)
  assert.deepEqual([...groups.takeChanged()], [id])
  assert.equal(groups.result(id), null)
  assert.equal(groups.size, 0)
})

test('a pod whose Deployment is learned later moves to its group', () => {
  const groups = new SpreadGroups({ emptySelectorMatches: false })
  const [pod] = pods('a1', 1)
  assert.ok(pod)
  groups.applyPod(null, pod, { kind: 'ReplicaSet', name: 'web-5d9' })
  groups.applyPod(pod, pod, workload)
  assert.deepEqual(
    [...groups.ids()].map((id) => groups.result(id)?.workload.kind),
    ['Deployment'],
  )
})

test('random changes, one at a time, end where a count from nothing begins', () => {
  let seed = 7
  const random = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
    return Math.floor((seed / 2 ** 31) * below)
  }
  for (let round = 0; round < 20; round += 1) {
    const live = new SpreadGroups({ emptySelectorMatches: false })
    const keptPods = new Map<string, { pod: Pod; workload: { kind: string; name: string } }>()
    const keptNodes = new Map<string, Node>()
    for (let step = 0; step < 300; step += 1) {
      if (random(4) === 0) {
        const name = `n${random(8)}`
        const known = keptNodes.get(name) ?? null
        const next =
          random(3) === 0
            ? null
            : modelNode(
                name,
                random(5) === 0 ? {} : { [zone]: 'abc'.charAt(random(3)), ...(random(2) === 0 ? { pool: 'x' } : {}) },
                random(4) === 0 ? { taints: [{ key: 'k', effect: 'NoSchedule' }] } : {},
              )
        live.applyNode(known, next)
        if (next) keptNodes.set(name, next)
        else keptNodes.delete(name)
      } else {
        const uid = `pod-${random(40)}`
        const known = keptPods.get(uid)
        if (known && random(4) === 0) {
          live.applyPod(known.pod, null, known.workload)
          keptPods.delete(uid)
          continue
        }
        const name = `w${random(3)}`
        const template = { uid: `owner-${name}`, controller: true, kind: 'ReplicaSet', name }
        const constraints = [
          [constraint({ labelSelector: { matchLabels: { app: name } } })],
          [
            constraint({
              labelSelector: { matchExpressions: [{ key: 'app', operator: 'Exists' }] },
              nodeTaintsPolicy: 'Honor',
            }),
            constraint({ topologyKey: 'kubernetes.io/hostname' }),
          ],
          [],
        ][random(3)]
        const pod = modelPod({
          metadata: {
            uid,
            name: uid,
            labels: { app: random(5) === 0 ? 'other' : name },
            ownerReferences: [template],
            ...(random(6) === 0 ? gone : {}),
          },
          spec: {
            nodeName: random(4) === 0 ? '' : `n${random(8)}`,
            topologySpreadConstraints: constraints,
            ...(random(3) === 0 ? { nodeSelector: { pool: 'x' } } : {}),
          },
          status: { phase: random(8) === 0 ? 'Failed' : 'Running' },
        })
        const workload = { kind: 'Deployment', name }
        live.applyPod(known?.pod ?? null, pod, workload)
        keptPods.set(uid, { pod, workload })
      }
    }
    const fresh = new SpreadGroups({ emptySelectorMatches: false })
    for (const node of keptNodes.values()) fresh.applyNode(null, node)
    for (const { pod, workload: owner } of keptPods.values()) fresh.applyPod(null, pod, owner)
    const all = (groups: SpreadGroups) => [...groups.ids()].sort().map((id) => groups.result(id))
    assert.deepEqual(all(live), all(fresh), `round ${round}`)
    for (const result of all(live)) {
      assert.equal(
        result?.skew,
        Math.max(0, ...(result?.domains.map(({ count }) => count) ?? [])) - (result?.globalMinimum ?? 0),
      )
    }
  }
})
