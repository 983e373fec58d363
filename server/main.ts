import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { BuildError, prepare } from './build/prepare.ts'
import { readOptions } from './options.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

function fail(message: string): never {
  console.error(`plumbline: ${message}`)
  process.exit(1)
}

const read = readOptions(process.argv.slice(2), process.env)
if (read.type === 'error') fail(read.message)
if (read.type === 'print') {
  process.stdout.write(read.text)
  process.exit(0)
}

const build = await prepare(root, ['client', 'pages'], (line) => console.log(line)).catch((error: unknown) =>
  fail(error instanceof BuildError ? error.message : String(error)),
)

// Only now is there a database client to import.
const { startService, StartError } = await import('./service.ts')
try {
  const service = await startService({ options: read.options, root, build, say: (line) => console.log(line), fail })
  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1)
      stopping = true
      // Whatever hangs, history has been flushed by then.
      setTimeout(() => process.exit(1), 9_000).unref()
      service.stop().then(
        () => process.exit(0),
        (error: unknown) => fail(String(error)),
      )
    })
  }
} catch (error) {
  if (error instanceof StartError) fail(error.message)
  throw error
}
