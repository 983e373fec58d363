import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseQuantity } from '../../../domain/placement/quantity.ts'

/** apimachinery api/resource ParseQuantity and MilliValue. */
const quantities: readonly (readonly [text: string, thousandths: bigint])[] = [
  ['0', 0n],
  ['-0', 0n],
  ['1', 1_000n],
  ['+1', 1_000n],
  ['-1', -1_000n],
  ['0001', 1_000n],
  ['500m', 500n],
  ['0.5', 500n],
  ['.5', 500n],
  ['5.', 5_000n],
  ['1.5', 1_500n],
  ['100u', 1n],
  ['1n', 1n],
  ['1000001u', 1_001n],
  ['0.0001', 1n],
  ['-0.0001', -1n],
  ['2k', 2_000_000n],
  ['3M', 3_000_000_000n],
  ['4G', 4_000_000_000_000n],
  ['5T', 5_000_000_000_000_000n],
  ['6P', 6_000_000_000_000_000_000n],
  ['1E', 1_000_000_000_000_000_000_000n],
  ['1Ki', 1_024_000n],
  ['1.5Ki', 1_536_000n],
  ['0.1Ki', 102_400n],
  ['1Mi', 1_048_576_000n],
  ['1Gi', 1_073_741_824_000n],
  ['1Ti', 1_099_511_627_776_000n],
  ['1Pi', 1_125_899_906_842_624_000n],
  ['1Ei', 1_152_921_504_606_846_976_000n],
  ['2e3', 2_000_000n],
  ['2E3', 2_000_000n],
  ['2e+3', 2_000_000n],
  ['5e-1', 500n],
  ['1.5e2', 150_000n],
  ['1e-9', 1n],
  ['9223372036854775807', 9_223_372_036_854_775_807_000n],
  ['9223372036854775808', 9_223_372_036_854_775_807_000n],
  ['-1e30', -9_223_372_036_854_775_807_000n],
  ['100Ei', 9_223_372_036_854_775_807_000n],
  ['0e99', 0n],
]

for (const [text, thousandths] of quantities) {
  test(`quantity ${text}`, () => assert.equal(parseQuantity(text), thousandths))
}

for (const text of [
  '',
  ' ',
  '.',
  '+',
  'm',
  'Gi',
  '1 Gi',
  '1gi',
  '1K',
  '1mi',
  '1ki',
  '1e',
  '1.2.3',
  '1e1.5',
  '0x10',
  '1_000',
  '١',
  'NaN',
  'Infinity',
  '1\n',
  '-',
  '--1',
]) {
  test(`no quantity: ${JSON.stringify(text)}`, () => assert.equal(parseQuantity(text), null))
}

test('an exponent or a length that is made to hurt costs nothing', () => {
  const began = performance.now()
  assert.equal(parseQuantity('1e999999999999'), 9_223_372_036_854_775_807_000n)
  assert.equal(parseQuantity('1e-999999999999'), 1n)
  assert.equal(parseQuantity('9'.repeat(1_000_000)), null)
  assert.ok(performance.now() - began < 1_000)
})
