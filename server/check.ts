import { readFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { Command, CommanderError } from 'commander'
import { timestamp } from '../domain/read/timestamp.ts'
import { checkTable } from './check/check-table.ts'
import { checkCluster } from './check/checked-cluster.ts'
import { type DumpedObject, isWatchedKind, readDump } from './check/dump.ts'
import { UnusableInput } from './check/unusable-input.ts'

/**
 * `npm run -s check -- FILE…`: what Plumbline says of a cluster that was dumped into files. Ends with
 * 0 where nothing is wrong or only warnings are, 1 where there are errors, 2 where it can't tell.
 */
const command = new Command('check')
  .usage('[options] FILE…')
  .description('Judges dumps of a cluster as Plumbline judges a live one.')
  .addHelpText(
    'after',
    '\nA dump is made with:\n  kubectl get pods,nodes,events,services,endpointslices,replicasets,deployments -A -o json > dump.json\nExit status: 0 nothing is broken, 1 there are errors, 2 the input can’t be used.',
  )
  .argument('<file...>', 'JSON or YAML of kubectl get; - for standard input')
  .option(
    '--json',
    'print the items of the HTTP API’s answers: { pods, problems, placement, pending, affinity, risks }',
  )
  .option('--at <time>', 'judge as of this instant (RFC 3339) instead of the newest time in the dump')
  .option('--server-version <version>', 'judge as this Kubernetes does, for example v1.34.1')
  .helpOption('-h, --help', 'print this help')
  .exitOverride()
  .configureOutput({ writeErr: () => {} })

/** npm runs its scripts in the project's folder; names of files are meant from where npm was called. */
const folder = process.env.npm_lifecycle_event === 'check' ? (process.env.INIT_CWD ?? process.cwd()) : process.cwd()

async function objectsOf(file: string): Promise<readonly DumpedObject[]> {
  const name = file === '-' ? 'standard input' : file
  let text: string
  try {
    text = file === '-' ? (await buffer(process.stdin)).toString('utf8') : await readFile(resolve(folder, file), 'utf8')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error)
    if (code === 'ENOENT') throw new UnusableInput(`${name}: there is no such file`)
    if (code === 'EISDIR') throw new UnusableInput(`${name}: it is a folder; give the files in it`)
    if (code === 'ERR_STRING_TOO_LONG' || code === 'ERR_FS_FILE_TOO_LARGE') {
      throw new UnusableInput(`${name}: it is too large to be read at once; dump each kind into a file of its own`)
    }
    throw new UnusableInput(`${name}: it can’t be read (${code})`)
  }
  if (text.trim() === '') throw new UnusableInput(`${name}: it is empty`)
  return readDump(text, name)
}

async function main(): Promise<number> {
  try {
    command.parse(process.argv.slice(2), { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0
    const words = error instanceof Error ? error.message.replace(/^error: /, '') : String(error)
    throw new UnusableInput(`${words}; see --help`)
  }
  const options = command.opts<{ json?: boolean; at?: string; serverVersion?: string }>()
  const at = options.at === undefined ? null : timestamp(options.at)
  if (options.at !== undefined && at === null) {
    throw new UnusableInput(`--at: "${options.at}" is no RFC 3339 time; write it as 2026-11-24T12:00:00Z`)
  }
  const serverVersion = options.serverVersion ?? ''
  if (serverVersion !== '' && !/^v?\d+\.\d+/.test(serverVersion)) {
    throw new UnusableInput(`--server-version: "${serverVersion}" is no version; write it as v1.34.1`)
  }
  const objects: DumpedObject[] = []
  for (const file of command.args) {
    for (const object of await objectsOf(file)) objects.push(object)
  }
  if (!objects.some(({ kind }) => isWatchedKind(kind))) {
    const kinds = [...new Set(objects.map(({ kind }) => kind))].join(', ')
    throw new UnusableInput(
      `${command.args.map((file) => basename(file)).join(', ')}: holds only ${kinds}, of which nothing is judged; dump pods and nodes too`,
    )
  }
  const checked = checkCluster(objects, { at, serverVersion })
  process.stdout.write(options.json ? `${JSON.stringify(checked)}\n` : checkTable(checked))
  return checked.problems.some(({ severity }) => severity === 'error') ? 1 : 0
}

// A reader that has seen enough (head) isn't a fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0)
  throw error
})
try {
  process.exitCode = await main()
} catch (error) {
  if (!(error instanceof UnusableInput)) throw error
  process.stderr.write(`check: ${error.message}\n`)
  process.exitCode = 2
}
