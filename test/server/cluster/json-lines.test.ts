import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { jsonLines } from '../../../server/cluster/json-lines.ts'

async function lines(chunks: readonly Buffer[]): Promise<string[]> {
  const all: string[] = []
  for await (const batch of jsonLines(Readable.from(chunks, { objectMode: true }))) all.push(...batch)
  return all
}

test('every way of cutting a stream, even inside a UTF-8 sequence, gives the same lines', async () => {
  const text = Buffer.from('{"a":"파드 🎈"}\n{"b":2}\n\n{"c":"é"}\n')
  for (let cut = 0; cut <= text.length; cut += 1) {
    assert.deepEqual(await lines([text.subarray(0, cut), text.subarray(cut)]), [
      '{"a":"파드 🎈"}',
      '{"b":2}',
      '{"c":"é"}',
    ])
  }
  assert.deepEqual((await lines([...text].map((byte) => Buffer.from([byte])))).length, 3)
})

test('an incomplete last line is not a line', async () => {
  assert.deepEqual(await lines([Buffer.from('{"a":1}\n{"b":')]), ['{"a":1}'])
})

test('a line without end is refused before it fills the memory', async () => {
  const chunk = Buffer.alloc(1024 * 1024, 'x')
  await assert.rejects(lines(Array.from({ length: 20 }, () => chunk)), /more than 16777216 bytes/)
})
