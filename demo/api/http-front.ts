import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

export type Handler = (request: IncomingMessage, response: ServerResponse) => void

/** The listening socket and all connections, which can be torn down and put up again on the same port. */
export class HttpFront {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  readonly #host: string
  #port: number

  constructor(host: string, port: number, handler: Handler) {
    this.#host = host
    this.#port = port
    this.#server = createServer({ keepAliveTimeout: 90_000, requestTimeout: 0, noDelay: true }, handler)
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket)
      socket.on('close', () => this.#sockets.delete(socket))
      // A client that breaks off is no news.
      socket.on('error', () => {})
    })
  }

  get url(): string {
    return `http://${this.#host.includes(':') ? `[${this.#host}]` : this.#host}:${this.#port}`
  }

  get connections(): number {
    return this.#sockets.size
  }

  /** @throws Error of listen, for example EADDRINUSE */
  async up(): Promise<void> {
    if (this.#server.listening) return
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen(this.#port, this.#host, () => {
        this.#server.off('error', reject)
        resolve()
      })
    })
    this.#port = (this.#server.address() as AddressInfo).port
  }

  /** Breaks all connections and refuses new ones. */
  async down(): Promise<void> {
    if (!this.#server.listening) return
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()))
    this.breakConnections()
    await closed
  }

  breakConnections(): void {
    for (const socket of this.#sockets) socket.destroy()
  }
}
