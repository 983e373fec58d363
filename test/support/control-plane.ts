import { spawn, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { realClusterProgram } from './real-cluster.ts'

/**
 * A real etcd, API server, scheduler and controller manager of a test's own, without kubelets: nodes
 * are objects only, so thousands of pods can be scheduled and nothing runs.
 */
export class ControlPlane {
  readonly server: string
  readonly token = 'admin-token'
  readonly #folder: string

  private constructor(folder: string, port: number) {
    this.#folder = folder
    this.server = `https://127.0.0.1:${port}`
  }

  static async start(root: string): Promise<ControlPlane> {
    const program = realClusterProgram(root)
    if (program === null) throw new Error('there is no real cluster here')
    const port = await freePorts(3)
    const folder = join(tmpdir(), `kube-judge-${process.pid}`)
    const env = { ...process.env, KUBE_DIR: folder, KUBE_PORT: String(port) }
    const plane = new ControlPlane(folder, port)
    // Its parts outlive the program and would hold pipes open.
    const starting = spawn(program, ['up'], { env, stdio: 'ignore' })
    const code = await new Promise((resolve) => starting.on('exit', resolve))
    if (code === 0) return plane
    plane.stop()
    throw new Error(`${program} up ended with ${code}`)
  }

  /** Starts again what has died (see ApiServerGuard for why the API server might). */
  restart(root: string, part: string): void {
    const program = realClusterProgram(root) ?? ''
    const port = new URL(this.server).port
    spawn(program, ['start', part], {
      env: { ...process.env, KUBE_DIR: this.#folder, KUBE_PORT: port },
      stdio: 'ignore',
    })
  }

  /** The program's own `down` would take another cluster's network with it: this ends only what was started here. */
  stop(): void {
    for (const part of readdirSync(join(this.#folder, 'pids'))) {
      if (part.endsWith('.cmd')) continue
      const pid = readFileSync(join(this.#folder, 'pids', part), 'utf8').trim()
      spawnSync('kill', ['-KILL', '--', `-${pid}`])
    }
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  }
}

/** The first of some ports in a row that nobody listens on. */
async function freePorts(count: number): Promise<number> {
  for (let port = 20_000 + (process.pid % 1_000) * 10; port < 65_000; port += 10) {
    const free = await Promise.all(Array.from({ length: count }, (_, index) => isFree(port + index)))
    if (free.every(Boolean)) return port
  }
  throw new Error('no free ports')
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.on('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
