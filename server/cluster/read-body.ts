import type { Readable } from 'node:stream'

/** The whole body of a small answer as text; lists and errors, which can be large, have readers with bounds. */
export async function readBody(body: Readable): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of body) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
