/** Signals by number on Linux, as far as containers die of them. */
const signals: Readonly<Record<number, string>> = {
  1: 'SIGHUP',
  2: 'SIGINT',
  3: 'SIGQUIT',
  4: 'SIGILL',
  5: 'SIGTRAP',
  6: 'SIGABRT',
  7: 'SIGBUS',
  8: 'SIGFPE',
  9: 'SIGKILL',
  11: 'SIGSEGV',
  13: 'SIGPIPE',
  14: 'SIGALRM',
  15: 'SIGTERM',
}

/** How a run ended: a signal of 0 is none. */
export interface RunExit {
  readonly exitCode: number
  readonly signal: number
}

/** The signal that ended a run: runtimes give it as 128 + n, old ones beside the exit code; null for an exit of its own. */
export function endSignal({ exitCode, signal }: RunExit): number | null {
  if (signal > 0) return signal
  return exitCode > 128 && exitCode <= 128 + 64 ? exitCode - 128 : null
}

/** "exit code 3", "exit code 137 (SIGKILL)", "exit code 127 (command not found)". */
export function exitWords(run: RunExit): string {
  const signal = endSignal(run)
  if (signal !== null) return `exit code ${run.exitCode} (${signals[signal] ?? `signal ${signal}`})`
  if (run.exitCode === 126) return 'exit code 126 (command can’t be executed)'
  if (run.exitCode === 127) return 'exit code 127 (command not found)'
  return `exit code ${run.exitCode}`
}
