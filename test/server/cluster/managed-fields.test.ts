import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withoutManagedFields } from '../../../server/cluster/managed-fields.ts'
import { Random } from '../../support/random.ts'

/** What the text means without its field ownership, by a way that knows nothing of text. */
function expected(text: string): unknown {
  return JSON.parse(text, (key, value) => (key === 'managedFields' && Array.isArray(value) ? [] : value))
}

const nasty = [
  '"managedFields":[',
  ',"managedFields":[{"x":"]"}]',
  '\\"managedFields\\":[',
  '\\',
  '\\\\',
  '"',
  ']',
  '[',
  '}]},"spec":{',
  'ünï 😀 \u2028',
  '',
]

test('field ownership is left out, and everything else is as it was', () => {
  const fields = { 'f:metadata': { 'k:{"name":"a]"}': { '.': {}, 'f:x': {} } }, 'v:["]","\\\\"]': {} }
  const pod = {
    metadata: { name: 'a', managedFields: [{ manager: 'kubelet]', fieldsV1: fields }, { manager: '' }], uid: 'u' },
    spec: { containers: [{ name: 'c', args: nasty }] },
  }
  const text = JSON.stringify({ items: [pod, { metadata: { managedFields: [] } }, pod], metadata: {} })
  const short = withoutManagedFields(text)
  assert.deepEqual(JSON.parse(short), expected(text))
  assert.doesNotMatch(short, /fieldsV1/)
  assert.equal(withoutManagedFields('{"a":[1]}'), '{"a":[1]}')
})

test('whatever stands in keys and strings is taken for what it is', () => {
  const random = new Random(7)
  const word = () => nasty[random.below(nasty.length)] ?? ''
  function value(depth: number): unknown {
    const choice = random.below(depth > 4 ? 2 : 5)
    if (choice < 2) return word()
    const size = random.below(4)
    if (choice === 2) return Array.from({ length: size }, () => value(depth + 1))
    return Object.fromEntries(
      Array.from({ length: size }, () => [random.below(3) === 0 ? 'managedFields' : word(), value(depth + 1)]),
    )
  }
  for (let round = 0; round < 3_000; round += 1) {
    const text = JSON.stringify(value(0))
    assert.deepEqual(JSON.parse(withoutManagedFields(text)), expected(text), text)
  }
})

test('a text that is cut off stays one that can’t be parsed', () => {
  const text = JSON.stringify({ metadata: { managedFields: [{ manager: 'a"]' }, ['b']] }, kind: 'Pod' })
  for (let length = 1; length < text.length; length += 1) {
    assert.throws(() => JSON.parse(withoutManagedFields(text.slice(0, length))), SyntaxError)
  }
})

test('spaced text is left as it is', () => {
  const text = JSON.stringify({ metadata: { managedFields: [1] } }, null, 2)
  assert.equal(withoutManagedFields(text), text)
})
