import type { ServerResponse } from 'node:http'
import { createGzip } from 'node:zlib'
import { recycle } from './byte-sink.ts'
import { type Refusal, statusText } from './status.ts'

/** The API server compresses answers from this size on (k/k apiserver endpoints/handlers/responsewriters). */
const compressFrom = 128 * 1024

const jsonHeaders = { 'Cache-Control': 'no-cache, private', 'Content-Type': 'application/json' }

export function answerText(response: ServerResponse, code: number, text: string): void {
  answerBytes(
    response,
    code,
    Buffer.from(text),
    text.startsWith('{') ? 'application/json' : 'text/plain; charset=utf-8',
  )
}

export function answerBytes(response: ServerResponse, code: number, bytes: Buffer, type = 'application/json'): void {
  response.writeHead(code, { ...jsonHeaders, 'Content-Type': type, 'Content-Length': bytes.length })
  response.end(bytes)
}

export function answerRefusal(response: ServerResponse, refused: Refusal): void {
  if (refused.retryAfterSeconds !== undefined) response.setHeader('Retry-After', refused.retryAfterSeconds)
  answerText(response, refused.code, statusText(refused))
}

/** Opens a stream: the headers go out at once, as on the API server, even where nothing follows for long. */
export function openStream(response: ServerResponse): void {
  response.writeHead(200, jsonHeaders)
  response.flushHeaders()
}

/**
 * Sends a body that may be long piece by piece, at the pace of the client.
 * @param cutAfter break the connection after so many bytes; null: don't
 */
export async function answerPieces(
  response: ServerResponse,
  pieces: Iterator<Buffer>,
  gzip: boolean,
  cutAfter: number | null,
): Promise<void> {
  let piece = pieces.next()
  const first: Buffer = piece.done ? Buffer.alloc(0) : piece.value
  piece = pieces.next()
  if (piece.done && cutAfter === null && first.length < compressFrom) return answerBytes(response, 200, first)
  const compressed = gzip && cutAfter === null && first.length >= compressFrom
  response.writeHead(200, { ...jsonHeaders, ...(compressed && { 'Content-Encoding': 'gzip' }) })
  const output: NodeJS.WritableStream = compressed ? createGzip({ level: 1 }) : response
  if (compressed) (output as ReturnType<typeof createGzip>).pipe(response)
  let sent = 0
  for (let next: Buffer | null = first; next; piece = pieces.next()) {
    if (cutAfter !== null && sent + next.length > cutAfter) {
      output.write(next.subarray(0, cutAfter - sent))
      setTimeout(() => response.destroy(), 20)
      return
    }
    sent += next.length
    const written = next
    if (!output.write(written, () => recycle(written)) && !(await drained(output, response))) return
    next = piece.done ? null : piece.value
  }
  output.end()
}

/** False where the client has gone. */
function drained(output: NodeJS.WritableStream, response: ServerResponse): Promise<boolean> {
  return new Promise((resolve) => {
    const done = () => {
      output.removeListener('drain', done)
      response.removeListener('close', done)
      resolve(!response.destroyed)
    }
    output.on('drain', done)
    response.on('close', done)
    if (response.destroyed) done()
  })
}
