import type { Readable } from 'node:stream'

export class BodyTooLarge extends Error {}

/**
 * The whole body of a small answer as text; lists and errors, which can be large, have readers with
 * bounds of their own.
 * @param limit bytes
 * @throws BodyTooLarge when there are more; the stream is then destroyed
 */
export async function readBody(body: Readable, limit = Number.POSITIVE_INFINITY): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of body) {
    chunks.push(chunk as Buffer)
    bytes += (chunk as Buffer).length
    if (bytes > limit) throw new BodyTooLarge(`an answer of more than ${limit} bytes`)
  }
  return Buffer.concat(chunks).toString('utf8')
}
