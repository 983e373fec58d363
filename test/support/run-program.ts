import { spawn } from 'node:child_process'
import { setPriority } from 'node:os'

export interface Finished {
  readonly code: number
  readonly output: string
}

/** Runs a program to its end, shows its output as it comes, and keeps it. */
export function runProgram(
  command: string,
  parameters: readonly string[],
  options: { cwd: string; env?: NodeJS.ProcessEnv; quiet?: boolean; yields?: boolean },
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...parameters], {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    // It and all that it starts give way to others.
    if (options.yields && child.pid) setPriority(child.pid, 15)
    let output = ''
    for (const [stream, target] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ] as const) {
      stream.on('data', (data: Buffer) => {
        output += data
        if (!options.quiet) target.write(data)
      })
    }
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}
