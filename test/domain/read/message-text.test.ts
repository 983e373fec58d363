import assert from 'node:assert/strict'
import { test } from 'node:test'
import { longestMessage, messageText } from '../../../domain/read/message-text.ts'

test('short texts stay as they are, and what is no text is empty', () => {
  assert.equal(messageText('Back-off restarting failed container'), 'Back-off restarting failed container')
  for (const value of [null, undefined, 3, {}, ['a']]) assert.equal(messageText(value), '')
})

test('long texts are cut and say so', () => {
  const cut = messageText('x'.repeat(10_000))
  assert.equal(cut.length, longestMessage)
  assert.ok(cut.endsWith('x…'))
  assert.equal(messageText('x'.repeat(longestMessage)).length, longestMessage)
})

test('no half of a character is left at the cut', () => {
  for (const shift of [0, 1]) {
    const cut = messageText(`${'x'.repeat(shift)}${'😀'.repeat(5_000)}`)
    assert.ok(cut.isWellFormed())
    assert.ok(cut.length <= longestMessage)
  }
})

test('user and password of a URL are left out', () => {
  const cases: readonly [string, string][] = [
    ['dial postgres://app:s3cret@db:5432/shop: refused', 'dial postgres://…@db:5432/shop: refused'],
    ['Get "https://token@git.example.com/x"', 'Get "https://…@git.example.com/x"'],
    ['mail someone@example.com about http://example.com', 'mail someone@example.com about http://example.com'],
    ['http://a:b@c and http://d:e@f', 'http://…@c and http://…@f'],
  ]
  for (const [text, shown] of cases) assert.equal(messageText(text), shown)
})
