import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { type DefaultSpread, parseDefaultSpread, systemDefaultSpread } from '../domain/placement/default-spread.ts'

/** How the service was asked to run. Each value can be given as an option or by an environment variable; the option wins. */
export interface Options {
  readonly port: number
  readonly host: string
  readonly token: string
  readonly allowedHosts: readonly string[]
  readonly kubeconfig: string
  readonly context: string
  readonly demo: boolean
  readonly demoSeed: number
  readonly database: string
  readonly retentionDays: number
  readonly verifyMinutes: number
  /** What the cluster's scheduler applies to pods without spread constraints; its configuration can't be read. */
  readonly defaultSpread: DefaultSpread
  /** Time between two readings of a kubelet's probe counters, ms; 0: they are not read. */
  readonly probeCounters: number
}

export type ReadOptions =
  | { readonly type: 'run'; readonly options: Options }
  /** Help or version: print the text and end well. */
  | { readonly type: 'print'; readonly text: string }
  /** One line that names the option and the remedy. */
  | { readonly type: 'error'; readonly message: string }

const loopbackHosts: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '::1'])

export function isLoopback(host: string): boolean {
  return loopbackHosts.has(host) || /^127\.\d+\.\d+\.\d+$/.test(host)
}

/** Reads the command line and the environment. Never throws and never exits. */
export function readOptions(argv: readonly string[], env: Readonly<Record<string, string | undefined>>): ReadOptions {
  const command = makeCommand()
  let printed = ''
  command.exitOverride().configureOutput({
    writeOut: (text) => {
      printed += text
    },
    writeErr: () => {},
  })
  // Commander reads process.env; what is given here must be what counts.
  for (const option of command.options) {
    const variable = option.envVar
    const value = variable === undefined ? undefined : env[variable]
    if (variable === undefined || value === undefined || value === '') continue
    try {
      const parsed = option.parseArg
        ? option.parseArg(value, undefined as never)
        : option.isBoolean()
          ? isTrue(value)
          : value
      command.setOptionValueWithSource(option.attributeName(), parsed, 'env')
    } catch (error) {
      return { type: 'error', message: `${variable}: "${value}" ${sentence(error)}` }
    }
  }
  try {
    command.parse([...argv], { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return { type: 'print', text: printed }
    return { type: 'error', message: `${sentence(error)}; see --help` }
  }
  const values = command.opts<Omit<Options, 'allowedHosts'> & { allowedHosts: string }>()
  const options: Options = {
    ...values,
    database: values.database === '' ? '' : resolve(values.database.replace(/^~(?=\/)/, homedir())),
    allowedHosts: values.allowedHosts.split(',').flatMap((host) => host.trim().toLowerCase() || []),
  }
  if (!isLoopback(options.host) && options.token === '') {
    return {
      type: 'error',
      message: `--host: ${options.host} can be reached from other machines; set an access token with --token or PLUMBLINE_TOKEN, or listen on 127.0.0.1`,
    }
  }
  if (options.token !== '' && options.token.length < 16) {
    return { type: 'error', message: '--token: give at least 16 characters, for example from: openssl rand -hex 24' }
  }
  return { type: 'run', options }
}

function makeCommand(): Command {
  return new Command('npm start --')
    .description('Plumbline: a live health and placement dashboard for Kubernetes.')
    .addOption(
      new Option('--port <number>', 'port to listen on; 0 takes a free one')
        .env('PORT')
        .default(3000)
        .argParser(whole(0, 65_535)),
    )
    .addOption(
      new Option('--host <address>', 'address to listen on; other than loopback needs a token')
        .env('PLUMBLINE_HOST')
        .default('127.0.0.1'),
    )
    .addOption(
      new Option('--token <secret>', 'access token that browsers and API clients must show')
        .env('PLUMBLINE_TOKEN')
        .default('', 'none'),
    )
    .addOption(
      new Option('--allowed-hosts <names>', 'host names, separated by commas, under which browsers reach this service')
        .env('PLUMBLINE_ALLOWED_HOSTS')
        .default('', 'those of loopback'),
    )
    .addOption(
      new Option('--kubeconfig <files>', 'kubeconfig, or several as in KUBECONFIG')
        .env('KUBECONFIG')
        .default('', '~/.kube/config, then the service account'),
    )
    .addOption(
      new Option('--context <name>', 'context of the kubeconfig')
        .env('PLUMBLINE_CONTEXT')
        .default('', 'the current one'),
    )
    .addOption(
      new Option('--demo', 'watch the embedded demo cluster, even where there is a kubeconfig')
        .env('PLUMBLINE_DEMO')
        .default(false),
    )
    .addOption(
      new Option('--demo-seed <number>', 'seed of the demo cluster')
        .env('PLUMBLINE_DEMO_SEED')
        .default(1)
        .argParser(whole(0, 2 ** 31 - 1)),
    )
    .addOption(
      new Option('--database <file>', 'SQLite file of the history')
        .env('PLUMBLINE_DATABASE')
        .default('', join('.plumbline', '<cluster>.db')),
    )
    .addOption(
      new Option('--retention-days <number>', 'days for which history is kept')
        .env('PLUMBLINE_RETENTION_DAYS')
        .default(30)
        .argParser(whole(1, 3_650)),
    )
    .addOption(
      new Option('--verify-minutes <number>', 'minutes between verifying lists of each kind; 0 for none')
        .env('PLUMBLINE_VERIFY_MINUTES')
        .default(60)
        .argParser(whole(0, 100_000)),
    )
    .addOption(
      new Option(
        '--default-spread <constraints>',
        "the scheduler's default spread constraints: system, none, or its defaultConstraints as a JSON list",
      )
        .env('PLUMBLINE_DEFAULT_SPREAD')
        .default(systemDefaultSpread, 'system')
        .argParser(defaultSpread),
    )
    .addOption(
      new Option('--probe-counters <off|on|period>', 'read the kubelets’ own probe counters; needs get of nodes/proxy')
        .env('PLUMBLINE_PROBE_COUNTERS')
        .default(0, 'off; on: every 30s')
        .argParser(probeCounterPeriod),
    )
    .helpOption('-h, --help', 'print this help')
    .allowExcessArguments(false)
}

function whole(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (!/^\d+$/.test(text) || value < least || value > most) {
      throw new InvalidArgumentError(`is not a whole number from ${least} to ${most}`)
    }
    return value
  }
}

function defaultSpread(text: string): DefaultSpread {
  try {
    return parseDefaultSpread(text)
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error))
  }
}

/** A period in ms; 0 for off. */
function probeCounterPeriod(text: string): number {
  const [, amount = '', unit = ''] = /^(\d{1,5})(s|m)$/.exec(text) ?? []
  const period = Number(amount) * (unit === 'm' ? 60_000 : 1_000)
  if (amount !== '' && period >= 10_000 && period <= 3_600_000) return period
  try {
    if (amount === '') return isTrue(text) ? 30_000 : 0
  } catch {
    // Neither on nor off.
  }
  throw new InvalidArgumentError('is not off, on or a period from 10s to 60m')
}

function isTrue(text: string): boolean {
  if (/^(1|true|yes|on)$/i.test(text)) return true
  if (/^(0|false|no|off)$/i.test(text)) return false
  throw new InvalidArgumentError('is neither true nor false')
}

function sentence(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return (
    text
      .replace(/^error: /, '')
      .replace(/^option '(--[a-z-]+)[^']*' argument '(.*)' is invalid\. /, '$1: "$2" ')
      .replace('Allowed choices are', 'is not one of')
      .replace(/\.$/, '')
      .split('\n')[0] ?? ''
  )
}
