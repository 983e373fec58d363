import type { Readable } from 'node:stream'

/** One watch event may be as large as an object can be (1.5 MB) with room to spare. */
const longestLine = 16 * 1024 * 1024

export class LineTooLong extends Error {}

/**
 * Splits a stream at newline bytes and yields the lines that arrived together as one batch, so
 * that a burst costs one turn of the event loop. UTF-8 sequences cut between two chunks are safe
 * because only whole lines are decoded. An incomplete last line is not yielded.
 * @throws LineTooLong for a line of more than 16 MiB
 */
export async function* jsonLines(body: Readable): AsyncGenerator<readonly string[], void> {
  let pending: Buffer[] = []
  let pendingBytes = 0
  for await (const data of body) {
    const chunk = data as Buffer
    const lines: string[] = []
    let start = 0
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      if (pending.length > 0) {
        pending.push(chunk.subarray(start, end))
        lines.push(Buffer.concat(pending).toString('utf8'))
        pending = []
        pendingBytes = 0
      } else if (end > start) {
        lines.push(chunk.toString('utf8', start, end))
      }
      start = end + 1
    }
    if (start < chunk.length) {
      pending.push(start === 0 ? chunk : chunk.subarray(start))
      pendingBytes += chunk.length - start
      if (pendingBytes > longestLine) throw new LineTooLong(`a watch event of more than ${longestLine} bytes`)
    }
    if (lines.length > 0) yield lines
  }
}
