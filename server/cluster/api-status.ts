import type { Readable } from 'node:stream'
import { z } from 'zod'

/** meta/v1 Status, as errors arrive: in the body of an HTTP error and inside a watch of HTTP 200. */
const statusSchema = z.object({
  code: z.number().int().catch(0),
  reason: z.string().catch(''),
  message: z.string().catch(''),
  details: z
    .object({
      retryAfterSeconds: z.number().min(0).optional().catch(undefined),
      causes: z.array(z.object({ reason: z.string().catch('') })).catch([]),
    })
    .partial()
    .catch({}),
})

/** What an attempt to list or watch came to. `ended` is the normal end of a watch. */
export type Outcome =
  | { readonly type: 'ended' }
  | { readonly type: 'expired'; readonly message: string }
  | { readonly type: 'forbidden'; readonly message: string }
  | { readonly type: 'absent'; readonly message: string }
  | { readonly type: 'unsupported'; readonly message: string }
  | { readonly type: 'version-too-large'; readonly message: string; readonly retryAfter: number | null }
  | { readonly type: 'throttled'; readonly message: string; readonly retryAfter: number | null }
  | { readonly type: 'corrupt'; readonly message: string }
  | { readonly type: 'silent'; readonly message: string }
  | { readonly type: 'regressed'; readonly message: string }
  | { readonly type: 'fault'; readonly message: string; readonly retryAfter: number | null }
  | { readonly type: 'stopped' }

/** Turns a Status (of whatever shape) and the HTTP code that came with it into an outcome. */
export function outcomeOfStatus(raw: unknown, httpCode: number, retryAfterHeader: number | null): Outcome {
  const status = statusSchema.safeParse(raw).data
  const code = status?.code || httpCode
  const message = (status?.message || `HTTP ${code}`).slice(0, 500)
  const seconds = status?.details?.retryAfterSeconds
  const retryAfter = retryAfterHeader ?? (seconds === undefined ? null : Math.min(seconds, 300) * 1000)
  const tooLarge =
    (status?.details?.causes ?? []).some((cause) => cause.reason === 'ResourceVersionTooLarge') ||
    /Too large resource version/i.test(message)
  if (tooLarge) return { type: 'version-too-large', message, retryAfter }
  switch (code) {
    case 410:
      return { type: 'expired', message }
    case 403:
      return { type: 'forbidden', message }
    case 404:
      return { type: 'absent', message }
    case 422:
    case 400:
      return { type: 'unsupported', message }
    case 429:
      return { type: 'throttled', message, retryAfter }
    default:
      return { type: 'fault', message, retryAfter }
  }
}

/** Reads an error answer's body (at most 64 KiB of it) and says what it means. */
export async function outcomeOfResponse(response: {
  status: number
  retryAfter: number | null
  body: Readable
}): Promise<Outcome> {
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of response.body) {
      chunks.push(chunk as Buffer)
      bytes += (chunk as Buffer).length
      if (bytes > 65_536) break
    }
  } catch {
    // The code alone says enough.
  }
  response.body.destroy()
  let raw: unknown = null
  try {
    raw = JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    // Proxies answer in HTML.
  }
  return outcomeOfStatus(raw, response.status, response.retryAfter)
}

/** An exception of the transport, in one line that names the cause. */
export function outcomeOfError(error: unknown): Outcome {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const code = (cause as { code?: unknown } | null)?.code
  const text = cause instanceof Error ? cause.message : String(cause)
  const named = typeof code === 'string' && !text.includes(code)
  const message = named ? `${text} (${code})` : text
  return { type: 'fault', message: message.slice(0, 500) || 'connection failed', retryAfter: null }
}
