import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isOlder } from '../../../server/cluster/resource-version.ts'

test('decimal versions compare as numbers of any length, others not at all', () => {
  assert.equal(isOlder('9', '10'), true)
  assert.equal(isOlder('10', '9'), false)
  assert.equal(isOlder('10', '10'), false)
  assert.equal(isOlder('9007199254740992', '9007199254740993'), true)
  assert.equal(isOlder('abc', '10'), false)
  assert.equal(isOlder('', '10'), false)
  assert.equal(isOlder('010', '9'), false)
})
