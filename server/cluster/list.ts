import type { Readable } from 'node:stream'
import { z } from 'zod'
import { type Outcome, outcomeOfError, outcomeOfResponse } from './api-status.ts'
import type { Connection } from './connection.ts'
import { withoutManagedFields } from './managed-fields.ts'

const pageSchema = z.object({
  metadata: z.object({
    resourceVersion: z.string().catch(''),
    continue: z.string().catch(''),
  }),
  items: z.array(z.unknown()).nullable(),
})

/** Objects asked for at a time; client-go's own page size. */
const pageSize = 500
/** A page whose text is longer than this (objects may have 1.5 MB each) is asked for again in smaller pages. */
const largestPage = 64 * 1024 * 1024
/** Longest wait for the first byte of a page, ms: the API server's own limit for a request is 60 s. */
const pageTimeout = 65_000
/** Longest silence in the middle of a page, ms. */
const stallTimeout = 30_000

export type ListResult = { readonly type: 'listed'; readonly resourceVersion: string } | Outcome

/**
 * Reads a whole collection, page by page, handing each page's items over as they arrive. All pages
 * are of one resourceVersion; when the server can't continue at it any more (410) the caller begins
 * anew. `resourceVersion` is left out, so the answer is a consistent read.
 */
export async function listPages(
  connection: Connection,
  path: string,
  signal: AbortSignal,
  onRequest: () => void,
  onPage: (items: readonly unknown[]) => void,
): Promise<ListResult> {
  let limit = pageSize
  let continuation = ''
  for (;;) {
    const query = new URLSearchParams({ limit: String(limit) })
    if (continuation !== '') query.set('continue', continuation)
    onRequest()
    const page = await readPage(
      connection,
      `${path}?${query}`,
      signal,
      limit > 5 ? largestPage : Number.POSITIVE_INFINITY,
    )
    if (page.type === 'too-large') {
      limit = Math.max(5, Math.floor(limit / 10))
      continue
    }
    if (page.type !== 'page') return page
    onPage(page.items)
    continuation = page.continuation
    if (continuation === '') return { type: 'listed', resourceVersion: page.resourceVersion }
  }
}

type Page =
  | { type: 'page'; items: readonly unknown[]; resourceVersion: string; continuation: string }
  | { type: 'too-large' }
  | Outcome

async function readPage(connection: Connection, path: string, signal: AbortSignal, largest: number): Promise<Page> {
  try {
    const response = await connection.get({ path, signal, headersTimeout: pageTimeout })
    if (response.status !== 200) return await outcomeOfResponse(response)
    const text = await readText(response.body, largest)
    if (text === null) return { type: 'too-large' }
    let raw: unknown
    try {
      raw = JSON.parse(withoutManagedFields(text))
    } catch (error) {
      return { type: 'corrupt', message: `list answer is not JSON: ${String(error).slice(0, 200)}` }
    }
    const page = pageSchema.safeParse(raw)
    if (!page.success) return { type: 'corrupt', message: 'list answer has no items or metadata' }
    const { metadata, items } = page.data
    return {
      type: 'page',
      items: items ?? [],
      resourceVersion: metadata.resourceVersion,
      continuation: metadata.continue,
    }
  } catch (error) {
    if (signal.aborted) return { type: 'stopped' }
    return outcomeOfError(error)
  }
}

/** The whole body as text; null where it is longer than `largest` bytes. */
async function readText(body: Readable, largest: number): Promise<string | null> {
  const chunks: Buffer[] = []
  let bytes = 0
  const stalled = setTimeout(
    () => body.destroy(new Error(`no data for ${stallTimeout / 1000} s in the middle of a list`)),
    stallTimeout,
  )
  try {
    for await (const chunk of body) {
      stalled.refresh()
      bytes += (chunk as Buffer).length
      if (bytes > largest) {
        body.destroy()
        return null
      }
      chunks.push(chunk as Buffer)
    }
  } finally {
    clearTimeout(stalled)
  }
  return Buffer.concat(chunks, bytes).toString('utf8')
}
