import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LabelSelector, Labels } from '../../../domain/model/labels.ts'
import {
  isEmptySelector,
  mergeMatchLabelKeys,
  parseSelector,
  requiredLabels,
  selectorKey,
} from '../../../domain/placement/label-selector.ts'
import { aSelector, labelsOf } from '../../support/a-pod.ts'

/** apimachinery meta/v1 LabelSelectorAsSelector and labels.Requirement.Matches. */
const web = labelsOf({ app: 'web', tier: 'front', empty: '' })
const long = 'x'.repeat(64)

const cases: readonly (readonly [name: string, selector: LabelSelector | null, labels: Labels, matches: boolean])[] = [
  ['no selector matches nothing', null, web, false],
  ['an empty one everything', aSelector(), web, true],
  ['an empty one pods without labels too', aSelector(), labelsOf(), true],
  ['matchLabels', aSelector({ app: 'web' }), web, true],
  ['matchLabels, other value', aSelector({ app: 'db' }), web, false],
  ['matchLabels, missing', aSelector({ zone: 'a' }), web, false],
  ['matchLabels are ANDed', aSelector({ app: 'web', tier: 'back' }), web, false],
  ['the empty value is a value', aSelector({ empty: '' }), web, true],
  ['the empty value is not a missing one', aSelector({ missing: '' }), web, false],
  ['In', aSelector({}, ['app', 'In', 'db', 'web']), web, true],
  ['In, other values', aSelector({}, ['app', 'In', 'db']), web, false],
  ['In, missing', aSelector({}, ['zone', 'In', 'a']), web, false],
  ['NotIn', aSelector({}, ['app', 'NotIn', 'db']), web, true],
  ['NotIn, among them', aSelector({}, ['app', 'NotIn', 'db', 'web']), web, false],
  ['NotIn, missing', aSelector({}, ['zone', 'NotIn', 'a']), web, true],
  ['Exists', aSelector({}, ['app', 'Exists']), web, true],
  ['Exists with the empty value', aSelector({}, ['empty', 'Exists']), web, true],
  ['Exists, missing', aSelector({}, ['zone', 'Exists']), web, false],
  ['DoesNotExist', aSelector({}, ['app', 'DoesNotExist']), web, false],
  ['DoesNotExist, missing', aSelector({}, ['zone', 'DoesNotExist']), web, true],
  ['requirements are ANDed', aSelector({ app: 'web' }, ['tier', 'In', 'front'], ['zone', 'Exists']), web, false],
  ['an unknown operator matches nothing', aSelector({}, ['app', 'Gt', '1']), labelsOf({ app: '2' }), false],
  ['In without values', aSelector({}, ['app', 'In']), web, false],
  ['NotIn without values is refused, not true', aSelector({}, ['zone', 'NotIn']), web, false],
  ['Exists with values is refused', aSelector({}, ['app', 'Exists', 'web']), web, false],
  ['DoesNotExist with values is refused', aSelector({}, ['zone', 'DoesNotExist', 'a']), web, false],
  ['a value that no label can have is refused', aSelector({}, ['zone', 'NotIn', 'not a value']), web, false],
  ['a value that is too long is refused', aSelector({}, ['zone', 'NotIn', long]), web, false],
  ['a longest value is not', aSelector({}, ['zone', 'NotIn', long.slice(1)]), web, true],
  ['names of every object are missing labels', aSelector({}, ['constructor', 'DoesNotExist']), web, true],
  ['and can be labels', aSelector({ constructor: 'x' }), labelsOf({ constructor: 'x' }), true],
]

for (const [name, selector, labels, matches] of cases) {
  test(name, () => assert.equal(parseSelector(selector)(labels), matches))
}

test('only a selector without any requirement is empty', () => {
  assert.equal(isEmptySelector(aSelector()), true)
  assert.equal(isEmptySelector(aSelector({ app: 'web' })), false)
  assert.equal(isEmptySelector(aSelector({}, ['app', 'Exists'])), false)
})

test('matchLabelKeys that the pod has are required, others ignored', () => {
  const merged = mergeMatchLabelKeys(aSelector({ app: 'web' }), ['tier', 'zone', 'constructor'], web)
  assert.deepEqual(merged, aSelector({ app: 'web' }, ['tier', 'In', 'front']))
  assert.equal(mergeMatchLabelKeys(null, ['tier'], web), null)
})

test('the key of a selector knows no order and no repetition', () => {
  const key = selectorKey(aSelector({ app: 'web', tier: 'front' }, ['zone', 'In', 'a', 'b']))
  assert.equal(selectorKey(aSelector({ tier: 'front' }, ['zone', 'In', 'b', 'a', 'a'], ['app', 'In', 'web'])), key)
  for (const other of [
    aSelector({ app: 'web', tier: 'front' }, ['zone', 'NotIn', 'a', 'b']),
    aSelector({ app: 'web', tier: 'front' }, ['zone', 'In', 'a,b']),
    aSelector({ app: 'web' }),
    aSelector(),
    null,
  ]) {
    assert.notEqual(selectorKey(other), key)
  }
  assert.notEqual(selectorKey(null), selectorKey(aSelector()))
})

test('what a selector requires it can be looked up by', () => {
  assert.deepEqual(requiredLabels(aSelector({ app: 'web' }, ['zone', 'In', 'a', 'b', 'a'], ['tier', 'Exists'])), [
    { key: 'app', values: ['web'] },
    { key: 'zone', values: ['a', 'b'] },
  ])
  assert.deepEqual(requiredLabels(null), [])
})
