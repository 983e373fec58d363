import type { RequestOptions } from 'node:https'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { KubeConfig } from '@kubernetes/client-node'
import { Agent, type buildConnector, type Dispatcher, ProxyAgent, request, Socks5ProxyAgent } from 'undici'

/** An answer of the API server: status and headers have arrived, the body has not. */
export interface ApiResponse {
  readonly status: number
  /** Seconds from the header Retry-After, in ms; null where absent or unreadable. */
  readonly retryAfter: number | null
  readonly body: Readable
}

export interface ApiRequest {
  /** Path and query below the cluster's server address: `/api/v1/pods?limit=500`. */
  readonly path: string
  readonly signal: AbortSignal
  /** Longest wait for status and headers, ms. */
  readonly headersTimeout: number
}

/** The way to one API server. The only requests that it can make are GETs. */
export interface Connection {
  readonly server: string
  get(request: ApiRequest): Promise<ApiResponse>
  close(): Promise<void>
}

/**
 * Connects by a kubeconfig: client-node reads files, tokens, exec plugins and certificates anew for
 * each request, so rotated credentials need no restart; sockets are kept for as long as the TLS
 * settings stay the same. (client-node's own applySecurityAuthentication makes a new agent, and so
 * a new TLS connection, every time.)
 */
export function connect(config: KubeConfig, userAgent: string): Connection {
  const cluster = config.getCurrentCluster()
  if (!cluster) throw new Error('the kubeconfig has no current cluster')
  const server = cluster.server.replace(/\/+$/, '')
  const loopback = /^https?:\/\/(127\.|localhost[:/]|\[::1\])/.test(`${server}/`)
  let dispatcher: { readonly key: string; readonly agent: Dispatcher } | null = null

  async function currentDispatcher(): Promise<{ agent: Dispatcher; headers: Record<string, string> }> {
    const options: RequestOptions = {}
    await config.applyToHTTPSOptions(options)
    const headers: Record<string, string> = {}
    for (const [name, value] of Object.entries(options.headers ?? {})) {
      if (value !== undefined) headers[name.toLowerCase()] = String(value)
    }
    if (options.auth) headers.authorization = `Basic ${Buffer.from(options.auth).toString('base64')}`
    const wanted = config.createDispatcherOptions(
      cluster,
      options as Parameters<KubeConfig['createDispatcherOptions']>[1],
    )
    const key = JSON.stringify(wanted)
    if (dispatcher?.key !== key) {
      const old = dispatcher?.agent
      dispatcher = { key, agent: makeDispatcher(wanted) }
      // Streams that still run on the old certificate end by themselves; only idle sockets close now.
      void old?.close().catch(() => {})
    }
    return { agent: dispatcher.agent, headers }
  }

  return {
    server,
    async get({ path, signal, headersTimeout }) {
      const { agent, headers } = await currentDispatcher()
      const response = await request(server + path, {
        method: 'GET',
        dispatcher: agent,
        signal,
        headersTimeout,
        // Silence of a watch is judged by the reflector's own watchdog.
        bodyTimeout: 0,
        headers: {
          ...headers,
          accept: 'application/json',
          'user-agent': userAgent,
          // On loopback compressing costs more than it saves.
          ...(loopback ? {} : { 'accept-encoding': 'gzip' }),
        },
      })
      const body: Readable =
        response.headers['content-encoding'] === 'gzip' ? response.body.pipe(createGunzip()) : response.body
      if (body !== response.body) response.body.on('error', (error) => body.destroy(error))
      // An aborted body emits an error even when nobody reads it any more.
      body.on('error', () => {})
      return { status: response.statusCode, retryAfter: readRetryAfter(response.headers['retry-after']), body }
    },
    async close() {
      await dispatcher?.agent.destroy()
    },
  }
}

function makeDispatcher(wanted: ReturnType<KubeConfig['createDispatcherOptions']>): Dispatcher {
  // One socket per watch: HTTP/2 would put all watches behind one connection's flow control.
  const shared = { allowH2: false, bodyTimeout: 0, keepAliveTimeout: 30_000 }
  switch (wanted.type) {
    case 'proxy':
      return new ProxyAgent({
        uri: wanted.uri,
        requestTls: wanted.requestTls as buildConnector.BuildOptions,
        allowH2: false,
      })
    case 'socks':
      return new Socks5ProxyAgent(wanted.uri, { requestTls: wanted.requestTls } as ConstructorParameters<
        typeof Socks5ProxyAgent
      >[1])
    case 'agent':
      return new Agent({ ...shared, connect: { ...(wanted.connect as buildConnector.BuildOptions), timeout: 10_000 } })
    case 'none':
      return new Agent({ ...shared, connect: { keepAlive: true, keepAliveInitialDelay: 30_000, timeout: 10_000 } })
  }
}

function readRetryAfter(header: string | string[] | undefined): number | null {
  const seconds = Number(Array.isArray(header) ? header[0] : header)
  return header !== undefined && Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds, 300) * 1000 : null
}
