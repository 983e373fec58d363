import assert from 'node:assert/strict'
import { test } from 'node:test'
import { factsDropped, plumblineDown, rewound, watchLost } from '../../../domain/history/gap-facts.ts'
import { type SkewState, skewFacts } from '../../../domain/history/skew-facts.ts'

const at = Date.UTC(2026, 2, 1, 12)

function group(skew: number): SkewState {
  return {
    id: 'default/Deployment/web/zone',
    namespace: 'default',
    workload: { kind: 'Deployment', name: 'web' },
    topologyKey: 'topology.kubernetes.io/zone',
    maxSkew: 1,
    whenUnsatisfiable: 'DoNotSchedule',
    skew,
    violated: skew > 1,
  }
}

test('a violation begins, grows and ends', () => {
  const told = (previous: SkewState | null, next: SkewState | null) =>
    skewFacts(previous, next, at).map((fact) => (fact.type === 'skew-violated' ? fact.skew : 'ended'))
  assert.deepEqual(told(null, group(1)), [])
  assert.deepEqual(told(group(1), group(2)), [2])
  assert.deepEqual(told(null, group(3)), [3])
  assert.deepEqual(told(group(2), group(2)), [])
  assert.deepEqual(told(group(2), group(4)), [4])
  assert.deepEqual(told(group(4), group(2)), [])
  assert.deepEqual(told(group(2), group(1)), ['ended'])
  assert.deepEqual(told(group(2), null), ['ended'])
  assert.deepEqual(told(group(1), null), [])
})

test('only what names the constraint is kept of it', () => {
  const [fact] = skewFacts(null, group(2), at)
  assert.ok(fact)
  assert.deepEqual(Object.keys(fact.group).sort(), [
    'id',
    'maxSkew',
    'namespace',
    'topologyKey',
    'whenUnsatisfiable',
    'workload',
  ])
})

test('gaps never end before they begin, even when a clock was set back', () => {
  assert.equal(watchLost('Pod', at, at - 1_000).to, at)
  assert.equal(plumblineDown(at, at + 5).to, at + 5)
  assert.equal(rewound('Node', at).cause, 'rewound')
  assert.deepEqual(factsDropped(7, at, at + 9), {
    type: 'gap',
    at: at + 9,
    cause: 'dropped',
    kind: '',
    from: at,
    to: at + 9,
    dropped: 7,
  })
})
