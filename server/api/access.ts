import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { isLoopback } from '../options.ts'

export const tokenCookie = 'plumbline_token'

/**
 * Who may speak to the service. Browsers are held to the host names under which the service is
 * meant to be reached (a foreign page can't rebind its name to loopback), sockets besides to their
 * own origin, and everyone to the token where there is one.
 */
export class Access {
  readonly #token: string
  readonly #allowedHosts: ReadonlySet<string>

  constructor(options: { host: string; token: string; allowedHosts: readonly string[] }) {
    this.#token = options.token
    this.#allowedHosts = new Set([options.host, ...options.allowedHosts])
  }

  get needsToken(): boolean {
    return this.#token !== ''
  }

  /** Null when the Host header names this service; else why it is refused. */
  refuseHost(request: IncomingMessage): string | null {
    const host = hostName(request.headers.host)
    if (host === null) return 'the request has no Host header'
    if (isLoopback(host) || this.#allowedHosts.has(host)) return null
    // A token protects what no name can: behind a proxy or in a cluster any name may be right.
    if (this.needsToken && this.#allowedHosts.size === 1) return null
    return `host ${host.slice(0, 100)} is not allowed here; add it with --allowed-hosts`
  }

  /** Null when the request shows the token or none is needed. */
  refuseToken(request: IncomingMessage): string | null {
    if (!this.needsToken) return null
    const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1]
    const cookie = readCookie(request.headers.cookie, tokenCookie)
    if (this.isToken(bearer) || this.isToken(cookie)) return null
    return 'access token missing or wrong; open /login, or send it as Authorization: Bearer'
  }

  isToken(given: string | undefined): boolean {
    return given !== undefined && timingSafeEqual(digest(given), digest(this.#token))
  }

  /** For websocket handshakes: host, token, and an Origin (browsers always send one) equal to the host. */
  refuseSocket(request: IncomingMessage): string | null {
    return this.refuseHost(request) ?? this.refuseToken(request) ?? this.refuseOrigin(request)
  }

  /** Null where no other page asks. Browsers send Origin with sockets and with all but simple reads; programs needn't. */
  refuseOrigin(request: IncomingMessage): string | null {
    const origin = request.headers.origin
    if (origin === undefined) return null
    const host = URL.canParse(origin) ? new URL(origin).host : ''
    return host !== '' && host === request.headers.host ? null : 'origin not allowed'
  }
}

function hostName(header: string | undefined): string | null {
  if (!header || !URL.canParse(`http://${header}`)) return null
  return new URL(`http://${header}`).hostname.replace(/^\[|\]$/g, '').toLowerCase()
}

function readCookie(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const [key, value] = part.trim().split('=')
    if (key === name && value !== undefined) return decodeURIComponent(value)
  }
  return undefined
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
