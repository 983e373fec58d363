import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { withBuildLock } from './build-lock.ts'
import { fingerprint } from './fingerprint.ts'

/** A build step failed; the message carries the tool's own output. */
export class BuildError extends Error {}

interface Step {
  readonly name: string
  readonly says: string
  /** What the result depends on. */
  readonly inputs: readonly string[]
  readonly output: string
  readonly command: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

const steps: readonly Step[] = [
  {
    name: 'client',
    says: 'Generating the database client …',
    inputs: ['prisma/schema.prisma', 'prisma/prisma.config.ts', 'package-lock.json'],
    output: 'prisma/client/client.ts',
    command: ['node_modules/prisma/build/index.js', 'generate', '--config', 'prisma/prisma.config.ts'],
    // Generating needs no schema engine, but the tool looks for one and would download it.
    env: { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1' },
  },
  {
    name: 'pages',
    says: 'Building the pages …',
    inputs: ['app', 'components', 'domain', 'next.config.js', 'postcss.config.mjs', 'package-lock.json'],
    output: 'out/index.html',
    command: ['node_modules/next/dist/bin/next', 'build'],
    env: { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' },
  },
]

/** Does what of the build is not done yet, and returns the build's id. Nothing is done twice for the same sources. */
export async function prepare(root: string, only: readonly string[], say: (line: string) => void): Promise<string> {
  const folder = join(root, '.plumbline')
  const stampFile = join(folder, 'build.json')
  mkdirSync(folder, { recursive: true })
  return await withBuildLock(join(folder, 'build.lock'), async () => {
    const done = readStamps(stampFile)
    let id = ''
    for (const step of steps.filter(({ name }) => only.includes(name))) {
      id = fingerprint(root, step.inputs)
      if (done[step.name] === id && existsSync(join(root, step.output))) continue
      say(step.says)
      await run(root, step)
      done[step.name] = id
      writeFileSync(stampFile, JSON.stringify(done))
    }
    return id.slice(0, 12)
  })
}

function readStamps(file: string): Record<string, string> {
  try {
    return z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return {}
  }
}

function run(root: string, step: Step): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...step.command], {
      cwd: root,
      env: { ...process.env, ...step.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    child.stdout.on('data', (data) => {
      output += data
    })
    child.stderr.on('data', (data) => {
      output += data
    })
    child.on('error', reject)
    child.on('exit', (code) => {
      if (code === 0) resolve()
      else reject(new BuildError(`build step "${step.name}" failed:\n${output}`))
    })
  })
}
