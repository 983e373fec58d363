import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'

/** What `demo/main.ts` was asked for. */
export interface DemoOptions {
  readonly port: number
  readonly host: string
  /** 0: the shop. */
  readonly nodes: number
  readonly pods: number
  /** Changes a second. */
  readonly churn: number
  readonly seed: number
  /** Demo time runs so many times as fast as real time. */
  readonly speed: number
  /** File to write a kubeconfig to; empty: none. */
  readonly kubeconfig: string
}

export type ReadDemoOptions =
  | { readonly type: 'run'; readonly options: DemoOptions }
  | { readonly type: 'print'; readonly text: string }
  /** One line that names the option and what is wrong with it. */
  | { readonly type: 'error'; readonly message: string }

/** Reads the command line and the environment. Never exits. */
export function readDemoOptions(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): ReadDemoOptions {
  let printed = ''
  const command = new Command('npm run demo --')
    .description('A simulated Kubernetes API server: an online shop in trouble, or a cluster of any size under load.')
    .addOption(option('--port <number>', 'port to listen on; 0 takes a free one', 'PORT', 8001, whole(0, 65_535)))
    .addOption(option('--host <address>', 'address to listen on', 'HOST', '127.0.0.1', (text) => text))
    .addOption(
      option('--nodes <number>', 'nodes of a synthetic cluster instead of the shop', 'NODES', 0, whole(0, 20_000)),
    )
    .addOption(
      option('--pods <number>', 'pods of a synthetic cluster instead of the shop', 'PODS', 0, whole(0, 1_000_000)),
    )
    .addOption(option('--churn <rate>', 'pod changes a second in it: 100/s', 'CHURN', 0, rate))
    .addOption(option('--seed <number>', 'the same seed gives the same world', 'SEED', 1, whole(0, 2 ** 31 - 1)))
    .addOption(option('--speed <factor>', 'the shop lives so many times as fast', 'SPEED', 1, whole(1, 1000)))
    .addOption(
      option('--kubeconfig <file>', 'write a kubeconfig for kubectl to this file', 'KUBECONFIG', '', (text) => text),
    )
    .helpOption('-h, --help', 'print this help')
    .allowExcessArguments(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        printed += text
      },
      writeErr: () => {},
    })
  // Commander reads process.env by itself; what is given here must be what counts.
  for (const each of command.options) {
    const text = each.envVar === undefined ? undefined : env[each.envVar]
    if (each.envVar === undefined || text === undefined || text === '') continue
    try {
      command.setOptionValueWithSource(each.attributeName(), each.parseArg?.(text, undefined as never), 'env')
    } catch (error) {
      return { type: 'error', message: `${each.envVar}: "${text}" ${sentence(error)}` }
    }
  }
  try {
    command.parse([...argv], { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return { type: 'print', text: printed }
    return { type: 'error', message: `${sentence(error)}; see --help` }
  }
  const options = command.opts<DemoOptions>()
  if (options.nodes > 0 !== options.pods > 0) {
    return { type: 'error', message: '--nodes and --pods: a synthetic cluster needs both; the shop needs neither' }
  }
  if (options.churn > 0 && options.pods === 0) {
    return { type: 'error', message: '--churn: the shop has its own stories; give --nodes and --pods for a load' }
  }
  if (options.speed > 1 && options.pods > 0) {
    return { type: 'error', message: '--speed: only the shop has a time of its own; give --churn for a load' }
  }
  return { type: 'run', options }
}

function option(
  flags: string,
  text: string,
  variable: string,
  value: unknown,
  parse: (text: string) => unknown,
): Option {
  return new Option(flags, text).env(`PLUMBLINE_DEMO_${variable}`).default(value).argParser(parse)
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

function rate(text: string): number {
  const value = /^(\d+)(?:\/s)?$/.exec(text)?.[1]
  if (value === undefined || Number(value) > 100_000) {
    throw new InvalidArgumentError('is not a rate such as 100/s, at most 100000/s')
  }
  return Number(value)
}

function sentence(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return (text.split('\n')[0] ?? '').replace(/^error: /, '').replace(/\.$/, '')
}
