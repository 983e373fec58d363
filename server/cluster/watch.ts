import { type Outcome, outcomeOfError, outcomeOfResponse, outcomeOfStatus } from './api-status.ts'
import type { Connection } from './connection.ts'
import { jsonLines, LineTooLong } from './json-lines.ts'
import { withoutManagedFields } from './managed-fields.ts'

/** One event of a watch, as the server sent it. The object is still raw. */
export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK'
  readonly object: unknown
  readonly resourceVersion: string
  /** A bookmark that ends the initial events of a watch-list. */
  readonly initialEventsEnd: boolean
}

export interface WatchOptions {
  readonly connection: Connection
  readonly path: string
  readonly parameters: Readonly<Record<string, string>>
  readonly signal: AbortSignal
  /** A stream that brings no byte for this long, ms, is taken for dead. */
  readonly silentAfter: number
  /** The server answered: the stream is open. */
  readonly onOpen: () => void
  /** Events arrived; each is given to `onEvent` now, then `onTaken` is called. */
  readonly onHeard: () => void
  /** Returning an outcome ends the watch with it. */
  readonly onEvent: (event: WatchEvent) => Outcome | null
  readonly onTaken: () => void
}

/** Longest wait for a watch to be answered, ms. */
const openTimeout = 30_000

/** Runs one watch to its end and says how it ended. Never throws. */
export async function watchOnce(options: WatchOptions): Promise<Outcome> {
  const { connection, signal } = options
  const silence = new AbortController()
  let timer: NodeJS.Timeout | null = null
  try {
    const query = new URLSearchParams({ watch: '1', allowWatchBookmarks: 'true', ...options.parameters })
    const response = await connection.get({
      path: `${options.path}?${query}`,
      signal: AbortSignal.any([signal, silence.signal]),
      headersTimeout: openTimeout,
    })
    if (response.status !== 200) return await outcomeOfResponse(response)
    options.onOpen()
    timer = setTimeout(() => {
      silence.abort()
      response.body.destroy()
    }, options.silentAfter)
    try {
      for await (const lines of jsonLines(response.body)) {
        timer.refresh()
        const end = takeEvents(lines, options)
        if (end) {
          response.body.destroy()
          return end
        }
      }
    } finally {
      response.body.destroy()
    }
    if (signal.aborted) return { type: 'stopped' }
    if (silence.signal.aborted) return silent(options.silentAfter)
    return { type: 'ended' }
  } catch (error) {
    if (signal.aborted) return { type: 'stopped' }
    if (silence.signal.aborted) return silent(options.silentAfter)
    if (error instanceof LineTooLong) return { type: 'corrupt', message: error.message }
    return outcomeOfError(error)
  } finally {
    if (timer) clearTimeout(timer)
  }
}

function silent(after: number): Outcome {
  return { type: 'silent', message: `nothing heard for ${Math.round(after / 1000)} s, not even a bookmark` }
}

/**
 * Gives out the events of lines that arrived together, each before the next is parsed: raw objects
 * are large, and held in a list they live long enough to get into V8's old space, garbage and all.
 */
function takeEvents(lines: readonly string[], { onHeard, onEvent, onTaken }: WatchOptions): Outcome | null {
  onHeard()
  for (const line of lines) {
    const event = parseEvent(line)
    // What came before a bad line is good: it is applied, and the watch resumes after it.
    const end = 'resourceVersion' in event ? onEvent(event) : event
    if (end) return end
  }
  onTaken()
  return null
}

/** The event in a line, or why it is none. */
function parseEvent(line: string): WatchEvent | Outcome {
  let raw: {
    type?: unknown
    object?: { metadata?: { resourceVersion?: unknown; annotations?: Record<string, unknown> } }
  }
  try {
    raw = JSON.parse(withoutManagedFields(line))
  } catch {
    return { type: 'corrupt', message: `a watch event is not JSON: ${line.slice(0, 80)}` }
  }
  const type = raw?.type
  if (type === 'ERROR') return outcomeOfStatus(raw.object, 500, null)
  const version = raw?.object?.metadata?.resourceVersion
  if (
    (type !== 'ADDED' && type !== 'MODIFIED' && type !== 'DELETED' && type !== 'BOOKMARK') ||
    typeof version !== 'string'
  ) {
    return { type: 'corrupt', message: `a watch event of unknown form: ${line.slice(0, 80)}` }
  }
  const initialEventsEnd =
    type === 'BOOKMARK' && raw.object?.metadata?.annotations?.['k8s.io/initial-events-end'] === 'true'
  return { type, object: raw.object, resourceVersion: version, initialEventsEnd }
}
