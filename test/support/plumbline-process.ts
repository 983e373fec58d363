import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { z } from 'zod'
import type { podItemSchema } from '../../server/api/api-schemas.ts'
import { nodeEnvironment, nodeFlags } from '../../server/launch/node-flags.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

export type PodItem = z.infer<typeof podItemSchema>

/** The service as its users run it: a process of its own, with a database of its own. */
export class PlumblineProcess {
  readonly #child: ChildProcess
  readonly #folder: string | null
  readonly database: string
  output = ''
  url = ''

  private constructor(child: ChildProcess, database: string, folder: string | null) {
    this.#child = child
    this.database = database
    this.#folder = folder
  }

  /** Starts it and waits until it says where it is. `database` given: it is kept afterwards. */
  static async start(
    parameters: readonly string[],
    options: { env?: NodeJS.ProcessEnv; database?: string; nodeOptions?: readonly string[] } = {},
  ): Promise<PlumblineProcess> {
    const folder = options.database ? null : mkdtempSync(join(tmpdir(), 'plumbline-test-'))
    const database = options.database ?? join(folder ?? '', 'history.db')
    const child = spawn(
      process.execPath,
      [
        ...nodeFlags,
        ...(options.nodeOptions ?? []),
        join(root, 'server/main.ts'),
        '--port',
        '0',
        '--database',
        database,
        ...parameters,
      ],
      {
        cwd: root,
        env: { ...nodeEnvironment, ...process.env, KUBECONFIG: '', PORT: '', ...options.env },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    )
    const plumbline = new PlumblineProcess(child, database, folder)
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (data: Buffer) => {
        plumbline.output += data
      })
    }
    const end = performance.now() + 120_000
    while (plumbline.url === '') {
      plumbline.url = /Plumbline is at (http:\S+)/.exec(plumbline.output)?.[1] ?? ''
      if (child.exitCode !== null) throw new Error(`the service ended: ${plumbline.output}`)
      if (performance.now() > end) throw new Error(`the service did not start: ${plumbline.output}`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    return plumbline
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  async json(path: string): Promise<unknown> {
    const response = await fetch(this.url + path, { headers: { accept: 'application/json' } })
    return await response.json()
  }

  async pods(): Promise<{ observedAt: number | null; items: PodItem[] }> {
    return (await this.json('/api/v1/pods')) as { observedAt: number | null; items: PodItem[] }
  }

  async placement(): Promise<{
    items: { namespace: string; workload: { name: string }; topologyKey: string; skew: number; violated: boolean }[]
  }> {
    return (await this.json('/api/v1/placement')) as never
  }

  /** A metric's value; the sum over its series where it has labels. */
  async metric(name: string, labels = ''): Promise<number> {
    const text = await (await fetch(`${this.url}/metrics`)).text()
    let sum = 0
    for (const line of text.split('\n')) {
      if ((line.startsWith(`${name} `) || line.startsWith(`${name}{`)) && line.includes(labels))
        sum += Number(line.slice(line.lastIndexOf(' ')))
    }
    return sum
  }

  async ready(within = 60_000): Promise<this> {
    const end = performance.now() + within
    for (;;) {
      const response = await fetch(`${this.url}/readyz`).catch(() => null)
      if (response?.status === 200) return this
      if (performance.now() > end) throw new Error(`not ready: ${await response?.text()} ${this.output}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  /** Ends it; `SIGKILL` ends it as a crash would. Returns its exit code. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<number | null> {
    if (this.#child.exitCode === null) {
      const ended = new Promise((resolve) => this.#child.once('exit', resolve))
      this.#child.kill(signal)
      await ended
    }
    if (this.#folder) rmSync(this.#folder, { recursive: true, force: true })
    return this.#child.exitCode
  }
}
