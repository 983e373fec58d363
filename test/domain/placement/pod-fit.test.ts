import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Namespace } from '../../../domain/model/namespace.ts'
import type { Node } from '../../../domain/model/node.ts'
import type { Pod } from '../../../domain/model/pod.ts'
import type { ContainerSpec, PodAffinityTerm, Toleration } from '../../../domain/model/pod-spec.ts'
import { evaluateFit, fitMessage } from '../../../domain/placement/fit-evaluation.ts'
import { schedulerRules } from '../../../domain/placement/scheduler-rules.ts'
import { aContainer } from '../../support/a-container.ts'
import { aTaint } from '../../support/a-node.ts'
import { aConstraint, aPod, aSelector, labelsOf } from '../../support/a-pod.ts'
import { aNamespace, aRoomyNode, aSchedulingView, hostname, zone } from '../../support/a-scheduling-view.ts'

/**
 * What the scheduler says of one pod: nodes that could take it, or its message. B1 to B12 are worked
 * examples of inter-pod affinity (k/k pkg/scheduler/framework/plugins/interpodaffinity/filtering.go,
 * filtering_test.go); A4 to A13 of topology spread (podtopologyspread/filtering.go); the rest names its source.
 */
interface Case {
  readonly name: string
  readonly version?: string
  readonly cluster: readonly (Node | Pod | Namespace)[]
  readonly pod: Pod
  /** Names of nodes, or the message. */
  readonly expected: string
}

const n1 = aRoomyNode('n1', 'a')
const n2 = aRoomyNode('n2', 'b')
const n3 = aRoomyNode('n3', 'c')
const bare = aRoomyNode('n4')

function aTerm(selector: PodAffinityTerm['labelSelector'], parts: Partial<PodAffinityTerm> = {}): PodAffinityTerm {
  return {
    topologyKey: zone,
    labelSelector: selector,
    namespaces: [],
    namespaceSelector: null,
    matchLabelKeys: [],
    mismatchLabelKeys: [],
    ...parts,
  }
}

function with_(
  field: 'podAffinity' | 'podAntiAffinity',
  required: readonly PodAffinityTerm[],
  labels: Record<string, string> = { app: 'web' },
  nodeName = '',
): Pod {
  return aPod({ labels, nodeName, spec: { [field]: { required, preferred: [] } } })
}

const on = (nodeName: string, labels: Record<string, string>, parts: Partial<Pod> = {}) => {
  const { labels: _, spec: __, ...others } = parts
  return aPod({ ...others, labels, nodeName })
}

const asking = (request: Record<string, string>, nodeName = '', initContainers: readonly ContainerSpec[] = []) =>
  aPod({ nodeName, spec: { containers: [aContainer({ request })], initContainers } })

const port = (hostPort: number, hostIP = '', protocol = 'TCP') => ({
  name: '',
  containerPort: 80,
  hostPort,
  hostIP,
  protocol,
})
const taking = (ports: ContainerSpec['ports'], nodeName = '') =>
  aPod({ nodeName, spec: { containers: [aContainer({ ports })] } })

const tolerating = (parts: Partial<Toleration>) =>
  aPod({
    spec: { tolerations: [{ key: '', operator: '', value: '', effect: '', tolerationSeconds: null, ...parts }] },
  })

const small = (allocatable: Record<string, string>, name = 'n1') =>
  aRoomyNode(name, 'a', { allocatable: labelsOf({ cpu: '1', memory: '1Gi', pods: '110', ...allocatable }) })

const web = aSelector({ app: 'web' })
const apart = [aTerm(web, { topologyKey: hostname })]

const cases: readonly Case[] = [
  {
    name: 'B1 anti-affinity to its own kind: one a node',
    cluster: [n1, n2, n3, ...['n1', 'n2', 'n3'].map((node) => with_('podAntiAffinity', apart, { app: 'web' }, node))],
    pod: with_('podAntiAffinity', apart),
    expected: "0/3 nodes are available: 3 node(s) didn't match pod anti-affinity rules.",
  },
  {
    name: 'B2 a node without the label is no domain: nobody is kept off it',
    cluster: [n1, bare, on('n1', { app: 'web' }), on('n4', { app: 'web' }), on('n4', { app: 'web' })],
    pod: with_('podAntiAffinity', [aTerm(web)]),
    expected: 'n4',
  },
  {
    name: 'B3 a running pod’s anti-affinity keeps others off',
    cluster: [n1, n2, with_('podAntiAffinity', apart, { app: 'db' }, 'n1')],
    pod: aPod({ labels: { app: 'web' } }),
    expected: 'n2',
  },
  {
    name: 'B4 the first of a group that wants to be together goes where the label is',
    cluster: [n1, bare],
    pod: with_('podAffinity', [aTerm(aSelector({ app: 'cache' }))], { app: 'cache' }),
    expected: 'n1',
  },
  {
    name: 'B5 the second goes to the first',
    cluster: [n1, n2, on('n1', { app: 'cache' })],
    pod: with_('podAffinity', [aTerm(aSelector({ app: 'cache' }))], { app: 'cache' }),
    expected: 'n1',
  },
  {
    name: 'B6 one pod must match all terms',
    cluster: [n1, on('n1', { app: 'a' }), on('n1', { tier: 'x' })],
    pod: with_('podAffinity', [aTerm(aSelector({ app: 'a' })), aTerm(aSelector({ tier: 'x' }))]),
    expected: "0/1 nodes are available: 1 node(s) didn't match pod affinity rules.",
  },
  {
    name: 'B7 named namespaces replace its own',
    cluster: [n1, on('n1', { app: 'db' })],
    pod: with_('podAffinity', [aTerm(aSelector({ app: 'db' }), { namespaces: ['infra'] })]),
    expected: "0/1 nodes are available: 1 node(s) didn't match pod affinity rules.",
  },
  {
    name: 'B8 a pod that is being deleted keeps its place until it is gone',
    cluster: [n1, n2, on('n1', { app: 'web' }, { deletedAt: 1 })],
    pod: with_('podAntiAffinity', apart),
    expected: 'n2',
  },
  {
    name: 'B9 matchLabelKeys: other revisions are no neighbours to avoid',
    cluster: [n1, on('n1', { app: 'web', 'pod-template-hash': 'old' })],
    pod: with_('podAntiAffinity', [aTerm(web, { topologyKey: hostname, matchLabelKeys: ['pod-template-hash'] })], {
      app: 'web',
      'pod-template-hash': 'new',
    }),
    expected: 'n1',
  },
  {
    name: 'B10 mismatchLabelKeys: what lacks the key is another too',
    cluster: [n1, n2, on('n1', { app: 'dns' }), on('n2', { tenant: 't1' })],
    pod: with_('podAntiAffinity', [aTerm(aSelector(), { topologyKey: hostname, mismatchLabelKeys: ['tenant'] })], {
      tenant: 't1',
    }),
    expected: 'n2',
  },
  {
    name: 'B11 a running pod’s affinity holds nobody',
    cluster: [n1, n2, with_('podAffinity', [aTerm(web)], { app: 'web' }, 'n1')],
    pod: aPod({ labels: { app: 'web' } }),
    expected: 'n1 n2',
  },
  {
    name: 'B12 a preference never refuses',
    cluster: [n1, on('n1', { app: 'web' })],
    pod: aPod({
      labels: { app: 'web' },
      spec: { podAntiAffinity: { required: [], preferred: [{ weight: 100, term: aTerm(web) }] } },
    }),
    expected: 'n1',
  },
  {
    name: 'namespaceSelector goes by the labels of namespaces',
    cluster: [
      n1,
      n2,
      aNamespace('blue', { team: 'x' }),
      aNamespace('red', { team: 'y' }),
      on('n1', { app: 'db' }, { namespace: 'blue' }),
      on('n2', { app: 'db' }, { namespace: 'red' }),
    ],
    pod: with_('podAffinity', [aTerm(aSelector({ app: 'db' }), { namespaceSelector: aSelector({ team: 'y' }) })]),
    expected: 'n2',
  },
  {
    name: 'an empty namespaceSelector means all, also those that are not known',
    cluster: [n1, n2, on('n1', { app: 'db' }, { namespace: 'hidden' })],
    pod: with_('podAffinity', [aTerm(aSelector({ app: 'db' }), { namespaceSelector: aSelector() })]),
    expected: 'n1',
  },
  {
    name: 'up to 1.20 the general reason stands beside the special one',
    version: 'v1.20.2',
    cluster: [n1],
    pod: with_('podAffinity', [aTerm(aSelector({ app: 'db' }))]),
    expected:
      "0/1 nodes are available: 1 node(s) didn't match pod affinity rules, 1 node(s) didn't match pod affinity/anti-affinity.",
  },
  {
    name: 'A4 a cordoned zone counts as empty, and can’t be used: nothing is left',
    cluster: [
      n1,
      n2,
      aRoomyNode('n3', 'c', { unschedulable: true }),
      on('n1', { app: 'web' }),
      on('n2', { app: 'web' }),
    ],
    pod: aPod({ labels: { app: 'web' }, spec: { topologySpreadConstraints: [aConstraint()] } }),
    expected:
      "0/3 nodes are available: 1 node(s) were unschedulable, 2 node(s) didn't match pod topology spread constraints.",
  },
  {
    name: 'A5 nodeTaintsPolicy Honor leaves it out',
    cluster: [
      n1,
      n2,
      aRoomyNode('n3', 'c', {
        unschedulable: true,
        taints: [aTaint('node.kubernetes.io/unschedulable', 'NoSchedule')],
      }),
      on('n1', { app: 'web' }),
      on('n2', { app: 'web' }),
    ],
    pod: aPod({
      labels: { app: 'web' },
      spec: { topologySpreadConstraints: [aConstraint({ nodeTaintsPolicy: 'Honor' })] },
    }),
    expected: 'n1 n2',
  },
  {
    name: 'A6b nodeAffinityPolicy Ignore: what it may not use counts against it',
    cluster: [
      aRoomyNode('n1', 'a', { labels: { pool: 'x' } }),
      aRoomyNode('n2', 'b', { labels: { pool: 'x' } }),
      n3,
      ...['n1', 'n1', 'n2'].map((node) => on(node, { app: 'web' })),
    ],
    pod: aPod({
      labels: { app: 'web' },
      spec: {
        nodeSelector: labelsOf({ pool: 'x' }),
        topologySpreadConstraints: [aConstraint({ nodeAffinityPolicy: 'Ignore' })],
      },
    }),
    expected:
      "0/3 nodes are available: 1 node(s) didn't match Pod's node affinity/selector, 2 node(s) didn't match pod topology spread constraints.",
  },
  {
    name: 'A7 fewer zones than minDomains: none may hold two',
    cluster: [n1, n2, on('n1', { app: 'web' }), on('n2', { app: 'web' })],
    pod: aPod({ labels: { app: 'web' }, spec: { topologySpreadConstraints: [aConstraint({ minDomains: 3 })] } }),
    expected: "0/2 nodes are available: 2 node(s) didn't match pod topology spread constraints.",
  },
  {
    name: 'A8 a node without one of the keys is refused for its label',
    cluster: [
      aRoomyNode('n1', 'a', { labels: { rack: 'r1' } }),
      aRoomyNode('n3', 'b', { labels: { rack: 'r3' } }),
      aRoomyNode('n4', 'b'),
      on('n1', { app: 'web' }),
    ],
    pod: aPod({
      labels: { app: 'web' },
      spec: { topologySpreadConstraints: [aConstraint(), aConstraint({ topologyKey: 'rack' })] },
    }),
    expected: 'n3',
  },
  {
    name: 'A11 a pod that doesn’t match its own selector adds nothing',
    cluster: [n1, n2, n3, ...['n1', 'n1', 'n2', 'n3'].map((node) => on(node, { app: 'web' }))],
    pod: aPod({ labels: { app: 'other' }, spec: { topologySpreadConstraints: [aConstraint()] } }),
    expected: 'n1 n2 n3',
  },
  {
    name: 'A12b matchLabelKeys count one revision',
    cluster: [
      n1,
      n2,
      n3,
      ...['n1', 'n1', 'n2'].map((node) => on(node, { app: 'web', revision: 'new' })),
      ...['n2', 'n3', 'n3'].map((node) => on(node, { app: 'web', revision: 'old' })),
    ],
    pod: aPod({
      labels: { app: 'web', revision: 'new' },
      spec: { topologySpreadConstraints: [aConstraint({ matchLabelKeys: ['revision'] })] },
    }),
    expected: 'n3',
  },
  ...(['v1.26.0', 'v1.34.0', 'v1.38.0'] as const).map((version) => ({
    name: `A13 an empty selector in ${version} (kubernetes#141339)`,
    version,
    cluster: [n1, n2, n3, ...['n1', 'n1', 'n1', 'n2', 'n3'].map((node) => on(node, { app: 'web' }))],
    pod: aPod({ spec: { topologySpreadConstraints: [aConstraint({ labelSelector: aSelector() })] } }),
    expected: version === 'v1.34.0' ? 'n1 n2 n3' : 'n2 n3',
  })),
  {
    name: 'the first plugin that rejects a node ends its check (default_plugins.go)',
    cluster: [
      aRoomyNode('n1', 'a', { unschedulable: true, taints: [aTaint('gpu', 'NoSchedule')] }),
      aRoomyNode('n2', 'a', { taints: [aTaint('gpu', 'NoSchedule', 'yes')] }),
      aRoomyNode('n3', 'a', { taints: [aTaint('soft', 'PreferNoSchedule')] }),
    ],
    pod: aPod({ spec: { nodeSelector: labelsOf({ disk: 'ssd' }) } }),
    expected:
      "0/3 nodes are available: 1 node(s) didn't match Pod's node affinity/selector, 1 node(s) had untolerated taint(s), 1 node(s) were unschedulable.",
  },
  ...(
    [
      ['v1.20.2', "node(s) had taint {gpu: yes}, that the pod didn't tolerate"],
      ['v1.30.0', 'node(s) had untolerated taint {gpu: yes}'],
      ['v1.37.0', 'node(s) had untolerated taint(s)'],
    ] as const
  ).map(([version, words]) => ({
    name: `words for a taint in ${version}`,
    version,
    cluster: [aRoomyNode('n1', 'a', { taints: [aTaint('gpu', 'NoSchedule', 'yes'), aTaint('b', 'NoExecute')] })],
    pod: aPod(),
    expected: `0/1 nodes are available: 1 ${words}.`,
  })),
  {
    name: 'whoever tolerates the cordon may come (nodeunschedulable/node_unschedulable.go)',
    cluster: [aRoomyNode('n1', 'a', { unschedulable: true })],
    pod: tolerating({ key: 'node.kubernetes.io/unschedulable', operator: 'Exists', effect: 'NoSchedule' }),
    expected: 'n1',
  },
  {
    name: 'pods tied to a node by name are tried on that only (nodeaffinity/node_affinity.go PreFilter)',
    cluster: [small({ cpu: '100m' }), n2, n3],
    pod: aPod({
      spec: {
        containers: [aContainer({ request: { cpu: '200m' } })],
        nodeAffinity: {
          required: [{ matchExpressions: [], matchFields: [{ key: 'metadata.name', operator: 'In', values: ['n1'] }] }],
          preferred: [],
        },
      },
    }),
    expected: "0/3 nodes are available: 1 Insufficient cpu, 2 node(s) didn't satisfy plugin(s) [NodeAffinity].",
  },
  {
    name: 'names that exclude each other: no node is asked',
    cluster: [n1, n2],
    pod: aPod({
      spec: {
        nodeAffinity: {
          required: [
            {
              matchExpressions: [],
              matchFields: ['n1', 'n2'].map((name) => ({ key: 'metadata.name', operator: 'In', values: [name] })),
            },
          ],
          preferred: [],
        },
      },
    }),
    expected: '0/2 nodes are available: pod affinity terms conflict.',
  },
  {
    name: 'a node names all it is short of (noderesources/fit.go)',
    cluster: [small({ pods: '1' }), asking({ cpu: '600m', memory: '1Gi' }, 'n1')],
    pod: asking({ cpu: '500m', memory: '1', 'example.com/gpu': '1', 'ephemeral-storage': '1' }),
    expected:
      '0/1 nodes are available: 1 Insufficient cpu, 1 Insufficient ephemeral-storage, 1 Insufficient example.com/gpu, 1 Insufficient memory, 1 Too many pods.',
  },
  {
    name: 'what fits exactly fits; millicores and bytes are rounded up',
    cluster: [small({}), asking({ cpu: '0.5', memory: '512Mi' }, 'n1')],
    pod: asking({ cpu: '499.1m', memory: '0.5Gi' }),
    expected: 'n1',
  },
  {
    name: 'ended pods take nothing, those that are being deleted still do',
    cluster: [
      small({}),
      { ...asking({ cpu: '1' }, 'n1'), phase: 'Succeeded' },
      { ...asking({ cpu: '700m' }, 'n1'), deletedAt: 1 },
    ],
    pod: asking({ cpu: '301m' }),
    expected: '0/1 nodes are available: 1 Insufficient cpu.',
  },
  {
    name: 'init containers run one after another: the largest counts (KEP-753 for sidecars)',
    cluster: [small({})],
    pod: asking({ cpu: '300m' }, '', [
      aContainer({ request: { cpu: '900m' } }),
      aContainer({ request: { cpu: '800m' } }),
    ]),
    expected: 'n1',
  },
  {
    name: 'sidecars run beside what comes after them',
    cluster: [small({})],
    pod: asking({ cpu: '300m' }, '', [
      aContainer({ request: { cpu: '200m' }, restartPolicy: 'Always' }),
      aContainer({ request: { cpu: '801m' } }),
    ]),
    expected: '0/1 nodes are available: 1 Insufficient cpu.',
  },
  {
    name: 'overhead is added to either',
    cluster: [small({})],
    pod: aPod({
      spec: { containers: [aContainer({ request: { cpu: '900m' } })], overhead: labelsOf({ cpu: '101m' }) },
    }),
    expected: '0/1 nodes are available: 1 Insufficient cpu.',
  },
  {
    name: 'an overcommitted node takes what asks for nothing of it',
    cluster: [small({}), asking({ cpu: '2' }, 'n1')],
    pod: asking({ memory: '1Mi' }),
    expected: 'n1',
  },
  {
    name: 'up to 1.22 it does not',
    version: 'v1.20.2',
    cluster: [small({}), asking({ cpu: '2' }, 'n1')],
    pod: asking({ memory: '1Mi' }),
    expected: '0/1 nodes are available: 1 Insufficient cpu.',
  },
  {
    name: 'host ports clash by protocol and port, on equal addresses or every address (types.go HostPortInfo)',
    cluster: [
      n1,
      n2,
      n3,
      taking([port(80)], 'n1'),
      taking([port(80, '10.0.0.1')], 'n2'),
      taking([port(80, '', 'UDP')], 'n3'),
    ],
    pod: taking([port(80, '10.0.0.2')]),
    expected: 'n2 n3',
  },
  {
    name: 'a port on every address clashes with one on any',
    cluster: [n2, taking([port(80, '10.0.0.1')], 'n2')],
    pod: taking([port(80, '0.0.0.0')]),
    expected: "0/1 nodes are available: 1 node(s) didn't have free ports for the requested pod ports.",
  },
  {
    name: 'room is kept for who is nominated there and at least as important (RunFilterPluginsWithNominatedPods)',
    cluster: [
      small({}, 'n1'),
      small({}, 'n2'),
      { ...asking({ cpu: '800m' }), phase: 'Pending', nominatedNodeName: 'n1' },
      {
        ...aPod({ spec: { priority: -1, containers: [aContainer({ request: { cpu: '1' } })] } }),
        phase: 'Pending',
        nominatedNodeName: 'n2',
      },
    ],
    pod: asking({ cpu: '300m' }),
    expected: 'n2',
  },
  {
    name: 'who is nominated may go there itself',
    cluster: [
      small({}, 'n1'),
      { ...asking({ cpu: '800m' }), uid: 'itself', phase: 'Pending', nominatedNodeName: 'n1' },
    ],
    pod: { ...asking({ cpu: '800m' }), uid: 'itself' },
    expected: 'n1',
  },
  { name: 'no nodes at all', cluster: [], pod: aPod(), expected: 'no nodes available to schedule pods' },
]

for (const { name, version = 'v1.37.0', cluster, pod, expected } of cases) {
  test(name, () => {
    const rules = schedulerRules(version)
    const found = evaluateFit(pod, aSchedulingView(cluster, rules), rules)
    assert.equal(found.feasible.length > 0 ? found.feasible.join(' ') : fitMessage(found), expected)
  })
}
