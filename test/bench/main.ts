import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { prepare } from '../../server/build/prepare.ts'
import { nodeFlags } from '../../server/launch/node-flags.mjs'
import { PlumblineProcess } from '../support/plumbline-process.ts'
import { measureHistory } from './history-rate.ts'
import { measureLatency } from './latency.ts'

/**
 * `npm run bench`: what Plumbline costs beside the least that it could cost, both measured in the same
 * run on the same machine. The load generator is a process of its own. Sizes can be named:
 * `npm run bench -- 10000`.
 */
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const sizes = process.argv
  .slice(2)
  .map(Number)
  .filter((size) => size > 0)
await prepare(root, ['client', 'pages'], console.log)
console.log(`\nNode ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}\n`)
console.log('| measure | Plumbline | floor | ratio | aim |\n|---|---|---|---|---|')

function row(name: string, value: string, floor = '', ratio = '', aim = ''): void {
  console.log(`| ${name} | ${value} | ${floor} | ${ratio} | ${aim} |`)
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`
const megabytes = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MB`
const fine = (ms: number) => `${ms.toFixed(3)} ms`
const rounded = (ms: number) => `${Math.round(ms)} ms`

/** Starts the load generator and waits until it serves. */
async function startLoad(pods: number): Promise<{ url: string; kubeconfig: string; stop: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-bench-'))
  const kubeconfig = join(folder, 'kubeconfig')
  const nodes = Math.max(10, Math.round(pods / 30))
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      join(root, 'test/bench/load.ts'),
      String(nodes),
      String(pods),
      kubeconfig,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  let output = ''
  child.stdout.on('data', (data: Buffer) => {
    output += data
  })
  while (!output.includes('\n')) await new Promise((resolve) => setTimeout(resolve, 50))
  return {
    url: output.trim(),
    kubeconfig,
    stop: () => {
      child.kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** What one of the bench's programs found out, in a process of its own. */
function measured<T>(program: string, server: string, flags: readonly string[]): T {
  const parameters = [...flags, join(root, 'test/bench', program), server]
  return JSON.parse(execFileSync(process.execPath, parameters, { encoding: 'utf8' })) as T
}

/** Resident memory now and at its largest, bytes. */
function memory(pid: number): { now: number; peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const read = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) * 1024
  return { now: read('VmRSS'), peak: read('VmHWM') }
}

for (const pods of sizes.length > 0 ? sizes : [10_000, 150_000]) {
  const name = `${pods.toLocaleString('en')} pods`
  const load = await startLoad(pods)
  try {
    const floor = measured<{ ms: number; bytes: number }>('floor.ts', load.url, [
      '--disable-warning=ExperimentalWarning',
    ])
    const plumbline = await PlumblineProcess.start(['--kubeconfig', load.kubeconfig])
    try {
      // Both are counted from the first request to the last object; starting the process is not in it.
      const began = performance.now()
      await plumbline.ready(600_000)
      const synced = performance.now() - began
      row(
        `${name}: time to sync (${megabytes(floor.bytes)})`,
        seconds(synced),
        seconds(floor.ms),
        `${(synced / floor.ms).toFixed(2)} ×`,
        '≤ 1.5 ×',
      )
      while ((await plumbline.metric('plumbline_pods')) < pods) await new Promise((resolve) => setTimeout(resolve, 100))
      row(`${name}: every pod judged after`, seconds(performance.now() - began))
      await new Promise((resolve) => setTimeout(resolve, 15_000))
      const { now, peak } = memory(plumbline.pid)
      row(`${name}: resident memory`, megabytes(now), '', '', pods === 150_000 ? '≤ 512 MB' : '')
      row(`${name}: resident memory at its largest`, megabytes(peak))
      for (const rate of [100, 1_000]) {
        const { p50, p99, lag, achieved, count } = await measureLatency(plumbline, load.url, rate)
        const at = `${name}, ${Math.round(achieved)} changes/s`
        row(`${at}: event to socket p50 (${count} samples)`, rounded(p50))
        row(`${at}: event to socket p99`, rounded(p99), '', '', '≤ 250 ms')
        row(`${at}: event-loop delay p99`, rounded(lag))
      }
    } finally {
      await plumbline.stop()
    }
    const analysis = measured<{ full: number; p50: number; p99: number; count: number }>(
      'analysis.ts',
      load.url,
      nodeFlags,
    )
    row(`${name}: analysis of everything from nothing`, seconds(analysis.full), '', '', pods === 150_000 ? '≤ 5 s' : '')
    row(`${name}: one pod's change in its constraint groups p50 (${analysis.count})`, fine(analysis.p50))
    row(`${name}: one pod's change in its constraint groups p99`, fine(analysis.p99), '', '', '≤ 1 ms')
  } finally {
    load.stop()
  }
}
const history = await measureHistory()
row(
  'history: rows written',
  `${Math.round(history.rows).toLocaleString('en')} /s`,
  `${Math.round(history.floor).toLocaleString('en')} /s`,
  `${(history.floor / history.rows).toFixed(2)} ×`,
)
process.exit(0)
