import { type ChildProcess, spawn } from 'node:child_process'
import type { TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'

/** Runs one of the programs beside this file; resolves once it has printed something. Ends with the test. */
export async function child(
  t: TestContext,
  program: string,
  parameters: readonly string[],
  options: { uid?: number } = {},
): Promise<ChildProcess & { readonly output: string[] }> {
  const path = fileURLToPath(new URL(program, import.meta.url))
  const started = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', path, ...parameters], {
    stdio: ['pipe', 'pipe', 'pipe'],
    ...options,
  })
  const output: string[] = []
  t.after(() => started.kill('SIGKILL'))
  started.stderr.on('data', (data) => output.push(String(data)))
  await new Promise<void>((resolve, reject) => {
    started.stdout.on('data', (data) => {
      output.push(String(data))
      resolve()
    })
    started.once('error', reject)
    started.once('exit', () => reject(new Error(`${program} ended early: ${output.join('')}`)))
  })
  return Object.assign(started, { output })
}

export async function kill(process: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => process.once('exit', resolve))
  process.kill('SIGKILL')
  await gone
}
