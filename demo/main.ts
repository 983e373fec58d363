import { writeFileSync } from 'node:fs'
import { type DemoApiServer, startDemoApiServer } from './api-server.ts'
import { realClock } from './clock.ts'
import { type DemoOptions, readDemoOptions } from './demo-options.ts'

const read = readDemoOptions(process.argv.slice(2), process.env)
if (read.type === 'print') {
  process.stdout.write(read.text)
} else if (read.type === 'error') {
  fail(read.message)
} else {
  await run(read.options)
}

async function run(options: DemoOptions): Promise<void> {
  const { port, host, seed, nodes, pods, churn, speed, kubeconfig } = options
  let server: DemoApiServer
  try {
    server = await startDemoApiServer({
      port,
      host,
      seed,
      clock: realClock(speed),
      world: pods > 0 ? { nodes, pods, churnPerSecond: churn } : 'shop',
    })
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const inUse = code === 'EADDRINUSE' || code === 'EACCES'
    fail(inUse ? `--port: can't listen on ${host}:${port} (${code}); choose another, or 0 for a free one` : message)
    return
  }
  process.stdout.write(`${server.url}\n`)
  if (kubeconfig !== '') {
    try {
      writeFileSync(kubeconfig, server.kubeconfig(), { mode: 0o600 })
      process.stdout.write(`kubectl --kubeconfig ${kubeconfig} get pods -A -o json\n`)
    } catch (error) {
      fail(`--kubeconfig: ${kubeconfig} can't be written (${(error as NodeJS.ErrnoException).code})`)
      await server.stop()
      return
    }
  }
  const { load } = server
  if (load && churn > 0) {
    setInterval(() => {
      const { changes, perSecond } = load.achieved
      process.stdout.write(`${changes} changes, ${perSecond.toFixed(1)}/s of ${churn}/s asked for\n`)
      load.resetAchieved()
    }, 10_000).unref()
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.stop())
}

function fail(message: string): void {
  process.stderr.write(`${message}\n`)
  process.exitCode = 1
}
