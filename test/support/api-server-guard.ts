import { spawn } from 'node:child_process'
import { connect } from 'node:net'
import { clusterEnv, realClusterProgram } from './real-cluster.ts'

/**
 * Keeps the real cluster's API server alive and knows when it wasn't. Kubernetes 1.20 built with a
 * newer Go dies while it encodes JSON prettily, which it does for curl, wget and browsers
 * (json-iterator's reflect2 predates Go 1.18): anyone who looks at it with curl makes an outage.
 */
export class ApiServerGuard {
  readonly #root: string
  readonly #timer: NodeJS.Timeout
  #refused = 0
  #startedAt = 0
  /** The last instant at which it was not there, ms (monotonic). */
  downAt = Number.NEGATIVE_INFINITY
  outages = 0
  /** Set while a test keeps it down on purpose. */
  suspended = false

  constructor(root: string) {
    this.#root = root
    this.#timer = setInterval(() => this.#look(), 500)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #look(): void {
    const socket = connect(Number(clusterEnv.KUBE_PORT), '127.0.0.1')
    socket.on('connect', () => {
      this.#refused = 0
      socket.destroy()
    })
    socket.on('error', () => {
      this.downAt = performance.now()
      this.#refused += 1
      if (this.suspended || this.#refused < 2 || performance.now() - this.#startedAt < 15_000) return
      this.#startedAt = performance.now()
      this.outages += 1
      const program = realClusterProgram(this.#root)
      if (program) spawn(program, ['start', 'apiserver'], { env: { ...process.env, ...clusterEnv }, stdio: 'ignore' })
    })
  }
}
