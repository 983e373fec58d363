import type { ServerResponse } from 'node:http'
import { createGzip } from 'node:zlib'
import { type Refusal, statusText } from './status.ts'

/** The API server compresses answers from this size on (k/k apiserver endpoints/handlers/responsewriters). */
const compressFrom = 128 * 1024
const chunkSize = 128 * 1024

const jsonHeaders = { 'Cache-Control': 'no-cache, private', 'Content-Type': 'application/json' }

export function answerText(response: ServerResponse, code: number, text: string): void {
  const type = text.startsWith('{') ? 'application/json' : 'text/plain; charset=utf-8'
  response.writeHead(code, {
    ...jsonHeaders,
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(text),
  })
  response.end(text)
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
 * @param cutAfter break the connection after so many characters; null: don't
 */
export async function answerPieces(
  response: ServerResponse,
  pieces: Iterable<string>,
  gzip: boolean,
  cutAfter: number | null,
): Promise<void> {
  let pending = ''
  let sent = 0
  let output: NodeJS.WritableStream | null = null
  for (const piece of pieces) {
    pending += piece
    if (cutAfter !== null && sent + pending.length > cutAfter) {
      output ??= open(false)
      output.write(pending.slice(0, cutAfter - sent))
      setTimeout(() => response.destroy(), 20)
      return
    }
    if (pending.length < chunkSize) continue
    output ??= open(gzip && pending.length >= compressFrom)
    sent += pending.length
    const room = output.write(pending)
    pending = ''
    if (!room && !(await drained(output, response))) return
  }
  if (output) output.end(pending)
  else answerText(response, 200, pending)

  function open(compressed: boolean): NodeJS.WritableStream {
    response.writeHead(200, { ...jsonHeaders, ...(compressed && { 'Content-Encoding': 'gzip' }) })
    if (!compressed) return response
    const stream = createGzip({ level: 1 })
    stream.pipe(response)
    return stream
  }
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
