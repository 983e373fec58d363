import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Taint } from '../../../domain/model/node.ts'
import type { NodeSelectorRequirement, NodeSelectorTerm, Toleration } from '../../../domain/model/pod-spec.ts'
import { isTiedToOneNode, parseNodeDemand } from '../../../domain/placement/node-affinity.ts'
import { toleratesTaints } from '../../../domain/placement/taints.ts'
import { aNode, aTaint } from '../../support/a-node.ts'
import { labelsOf } from '../../support/a-pod.ts'

/** component-helpers scheduling/corev1/nodeaffinity and apimachinery labels.Requirement. */
const node = aNode('n1', { labels: { pool: 'x', cores: '16', low: '-3', word: 'many', huge: '9223372036854775808' } })

function requirement([key, operator, ...values]: readonly string[]): NodeSelectorRequirement {
  return { key: key ?? '', operator: operator ?? '', values }
}

function term(expressions: readonly string[][] = [], fields: readonly string[][] = []): NodeSelectorTerm {
  return { matchExpressions: expressions.map(requirement), matchFields: fields.map(requirement) }
}

function suits(required: readonly NodeSelectorTerm[] | null, nodeSelector: Record<string, string> = {}): boolean {
  return parseNodeDemand({
    nodeSelector: labelsOf(nodeSelector),
    nodeAffinity: required && { required, preferred: [] },
  })(node)
}

const expressions: readonly (readonly [expression: string[], matches: boolean])[] = [
  [['pool', 'In', 'x', 'y'], true],
  [['pool', 'In', 'y'], false],
  [['absent', 'In', 'y'], false],
  [['pool', 'NotIn', 'y'], true],
  [['pool', 'NotIn', 'x'], false],
  [['absent', 'NotIn', 'x'], true],
  [['pool', 'Exists'], true],
  [['absent', 'Exists'], false],
  [['pool', 'DoesNotExist'], false],
  [['absent', 'DoesNotExist'], true],
  [['cores', 'Gt', '8'], true],
  [['cores', 'Gt', '16'], false],
  [['cores', 'Gt', '9'], true],
  [['cores', 'Lt', '17'], true],
  [['cores', 'Lt', '16'], false],
  [['low', 'Lt', '0'], true],
  [['low', 'Gt', '-4'], true],
  [['cores', 'Gt', '007'], true],
  [['word', 'Gt', '1'], false],
  [['word', 'Lt', '1'], false],
  [['absent', 'Gt', '1'], false],
  [['absent', 'Lt', '1'], false],
  [['huge', 'Gt', '1'], false],
  // What Kubernetes refuses to parse matches no node.
  [['cores', 'Gt', '8', '9'], false],
  [['cores', 'Gt'], false],
  [['cores', 'Gt', 'eight'], false],
  [['cores', 'Gt', '1.5'], false],
  [['cores', 'Lt', '9223372036854775808'], false],
  [['pool', 'In'], false],
  [['absent', 'NotIn'], false],
  [['absent', 'NotIn', 'not a value'], false],
  [['pool', 'Exists', 'x'], false],
  [['pool', 'Is', 'x'], false],
]

for (const [expression, matches] of expressions) {
  test(`a node ${matches ? 'suits' : 'does not suit'} ${expression.join(' ')}`, () =>
    assert.equal(suits([term([expression])]), matches))
}

const fields: readonly (readonly [field: string[], matches: boolean])[] = [
  [['metadata.name', 'In', 'n1'], true],
  [['metadata.name', 'In', 'n2'], false],
  [['metadata.name', 'NotIn', 'n1'], false],
  [['metadata.name', 'NotIn', 'n2'], true],
  [['metadata.name', 'In', 'n1', 'n2'], false],
  [['metadata.name', 'Exists'], false],
  [['metadata.uid', 'In', 'n1'], false],
]

for (const [field, matches] of fields) {
  test(`a node ${matches ? 'suits' : 'does not suit'} field ${field.join(' ')}`, () =>
    assert.equal(suits([term([], [field])]), matches))
}

test('terms are ORed, what is in a term is ANDed', () => {
  const yes = ['pool', 'In', 'x']
  const no = ['pool', 'In', 'y']
  assert.equal(suits([term([no]), term([yes])]), true)
  assert.equal(suits([term([yes, no])]), false)
  assert.equal(suits([term([yes], [['metadata.name', 'In', 'n2']])]), false)
  assert.equal(suits([term([yes], [['metadata.name', 'In', 'n1']])]), true)
})

test('a term without requirements matches no node, nor does a list without terms', () => {
  assert.equal(suits([term()]), false)
  assert.equal(suits([]), false)
  assert.equal(suits(null), true)
})

test('a term that can not be parsed leaves the others their say', () => {
  assert.equal(suits([term([['cores', 'Gt', 'eight']]), term([['pool', 'Exists']])]), true)
  assert.equal(
    suits([
      term([
        ['pool', 'Exists'],
        ['cores', 'Gt', 'eight'],
      ]),
    ]),
    false,
  )
})

test('nodeSelector and required affinity must both hold; what is preferred does not matter', () => {
  assert.equal(suits(null, { pool: 'x' }), true)
  assert.equal(suits(null, { pool: 'y' }), false)
  assert.equal(suits([term([['pool', 'In', 'y']])], { pool: 'x' }), false)
  const preferred = [{ weight: 1, preference: term([['pool', 'In', 'y']]) }]
  assert.equal(parseNodeDemand({ nodeSelector: labelsOf(), nodeAffinity: { required: null, preferred } })(node), true)
})

test('a demand is tied to one node when every term names the same one', () => {
  const tied = (...required: NodeSelectorTerm[]) =>
    isTiedToOneNode({ nodeSelector: labelsOf(), nodeAffinity: { required, preferred: [] } })
  const n1 = term([], [['metadata.name', 'In', 'n1']])
  assert.equal(tied(n1), true)
  assert.equal(tied(n1, n1), true)
  assert.equal(tied(n1, term([['pool', 'In', 'x']], [['metadata.name', 'In', 'n1']])), true)
  assert.equal(tied(n1, term([], [['metadata.name', 'In', 'n2']])), false)
  assert.equal(tied(n1, term([['pool', 'In', 'x']])), false)
  assert.equal(tied(term([], [['metadata.name', 'NotIn', 'n1']])), false)
  assert.equal(tied(), false)
})

/** api core/v1 Toleration.ToleratesTaint, component-helpers FindMatchingUntoleratedTaint. */
function toleration(parts: Partial<Toleration>): Toleration {
  return { key: '', operator: '', value: '', effect: '', tolerationSeconds: null, ...parts }
}

const gpu = aTaint('gpu', 'NoSchedule', 'yes')
const tolerations: readonly (readonly [name: string, toleration: Toleration[], taints: Taint[], tolerated: boolean])[] =
  [
    ['nothing to tolerate', [], [], true],
    ['nothing tolerated', [], [gpu], false],
    ['PreferNoSchedule keeps no pod off', [], [aTaint('gpu', 'PreferNoSchedule')], true],
    ['an effect that nobody knows keeps no pod off', [], [aTaint('gpu', 'Never')], true],
    ['Equal', [toleration({ key: 'gpu', operator: 'Equal', value: 'yes' })], [gpu], true],
    ['Equal is meant where no operator is given', [toleration({ key: 'gpu', value: 'yes' })], [gpu], true],
    ['Equal, other value', [toleration({ key: 'gpu', operator: 'Equal', value: 'no' })], [gpu], false],
    ['Exists', [toleration({ key: 'gpu', operator: 'Exists' })], [gpu], true],
    ['Exists, other key', [toleration({ key: 'disk', operator: 'Exists' })], [gpu], false],
    ['Exists without a key tolerates all', [toleration({ operator: 'Exists' })], [gpu, aTaint('x', 'NoExecute')], true],
    ['the same effect', [toleration({ key: 'gpu', operator: 'Exists', effect: 'NoSchedule' })], [gpu], true],
    ['another effect', [toleration({ key: 'gpu', operator: 'Exists', effect: 'NoExecute' })], [gpu], false],
    ['one of two taints', [toleration({ key: 'gpu', operator: 'Exists' })], [gpu, aTaint('x', 'NoExecute')], false],
    [
      'each by another toleration',
      [toleration({ key: 'gpu', operator: 'Exists' }), toleration({ key: 'x', operator: 'Exists' })],
      [gpu, aTaint('x', 'NoExecute')],
      true,
    ],
    [
      'Gt is behind a gate',
      [toleration({ key: 'level', operator: 'Gt', value: '1' })],
      [aTaint('level', 'NoSchedule', '2')],
      false,
    ],
    [
      'Lt is behind a gate',
      [toleration({ key: 'level', operator: 'Lt', value: '3' })],
      [aTaint('level', 'NoSchedule', '2')],
      false,
    ],
  ]

for (const [name, held, taints, tolerated] of tolerations) {
  test(`tolerations: ${name}`, () => assert.equal(toleratesTaints(held, taints), tolerated))
}
