/** Reads a watch as a test wants it: events one by one, and how the stream ended. */
export interface TestWatch {
  readonly status: number
  /** The next event, or null at the end of the stream. Fails after `ms`. */
  next(ms?: number): Promise<TestEvent | null>
  /** How it ended: cleanly, or with an error; resolves at the end. */
  readonly ended: Promise<'clean' | 'broken'>
  /** All text received so far. */
  text(): string
  close(): void
}

// biome-ignore lint/suspicious/noExplicitAny: tests look into objects of any kind
type Loose = any

export interface TestEvent {
  readonly type: string
  readonly object: Loose
}

export async function openWatch(url: string, init: RequestInit = {}): Promise<TestWatch> {
  const abort = new AbortController()
  const response = await fetch(url, { ...init, signal: abort.signal })
  const decoder = new TextDecoder()
  const lines: string[] = []
  let all = ''
  let pending = ''
  let over = false
  let wake = () => {}
  const ended = (async (): Promise<'clean' | 'broken'> => {
    try {
      for await (const chunk of response.body ?? []) {
        const text = decoder.decode(chunk as Uint8Array, { stream: true })
        all += text
        const parts = (pending + text).split('\n')
        pending = parts.pop() ?? ''
        lines.push(...parts)
        wake()
      }
      return 'clean'
    } catch {
      return 'broken'
    } finally {
      over = true
      wake()
    }
  })()
  return {
    status: response.status,
    ended,
    text: () => all,
    close: () => abort.abort(),
    async next(ms = 3000) {
      const until = performance.now() + ms
      for (;;) {
        const line = lines.shift()
        if (line !== undefined) return JSON.parse(line) as TestEvent
        if (over) return null
        const left = until - performance.now()
        if (left <= 0) throw new Error(`no event within ${ms} ms`)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, left)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
    },
  }
}

export async function getJson(
  url: string,
  init: RequestInit = {},
): Promise<{ status: number; body: Loose; headers: Headers }> {
  const response = await fetch(url, init)
  return { status: response.status, body: await response.json(), headers: response.headers }
}
