import { existsSync, globSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { prepare } from '../server/build/prepare.ts'
import { realClusterMissing, startRealCluster } from './support/real-cluster.ts'
import { runProgram } from './support/run-program.ts'

/**
 * Every test there is, in the order of their speed: `npm test`. Parts can be named:
 * `npm test -- lint unit browser real`. (`check` is what `lint` was called once, and still is understood.)
 */
const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const names = ['lint', 'unit', 'browser', 'real']
const parts = process.argv.slice(2).map((part) => (part === 'check' ? 'lint' : part))
const unknown = parts.find((part) => !names.includes(part))
if (unknown !== undefined) {
  console.error(`there is no part "${unknown}"; the parts are ${names.join(', ')}`)
  process.exit(2)
}
const wanted = (part: string) => parts.length === 0 || parts.includes(part)
const totals = { passed: 0, failed: 0, skipped: 0 }
const began = performance.now()

function heading(text: string): void {
  console.log(`\n== ${text} (${Math.round((performance.now() - began) / 1000)} s)`)
}

async function nodeTests(pattern: string, concurrency: number, yields = false): Promise<void> {
  const files = globSync(pattern, { cwd: root }).sort()
  const { output, code } = await runProgram(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      '--test',
      `--test-concurrency=${concurrency}`,
      '--test-reporter=dot',
      '--test-reporter-destination=stdout',
      '--test-reporter=spec',
      '--test-reporter-destination=stderr',
      ...files,
    ],
    { cwd: root, quiet: true, yields },
  )
  const count = (name: string) => Number(new RegExp(`^ℹ ${name} (\\d+)$`, 'm').exec(output)?.[1] ?? 0)
  totals.passed += count('pass')
  totals.failed += count('fail') + (code !== 0 && count('fail') === 0 ? 1 : 0)
  totals.skipped += count('skipped')
  // A long list of what is well hides what isn't.
  console.log(code === 0 ? output.slice(output.lastIndexOf('ℹ tests')) : output)
}

if (wanted('lint')) {
  heading('types, lint and format')
  const { code } = await runProgram(process.execPath, ['test/lint.ts'], { cwd: root })
  if (code === 0) totals.passed += 1
  else totals.failed += 1
} else {
  await prepare(root, ['client'], console.log)
}

if (wanted('unit')) {
  heading('unit, protocol and fault tests')
  await nodeTests('test/{domain,demo,server,architecture}/**/*.test.ts', 2)
}

if (wanted('browser')) {
  heading('browser tests on the demo cluster')
  const executable =
    process.env.PLUMBLINE_CHROMIUM ?? ['/usr/bin/chromium', chromium.executablePath()].find((file) => existsSync(file))
  if (!executable) {
    console.log('skipped: no Chromium; install it, or name it by PLUMBLINE_CHROMIUM')
    totals.skipped += 1
  } else {
    await prepare(root, ['client', 'pages'], console.log)
    const { output, code } = await runProgram(
      process.execPath,
      ['node_modules/@playwright/test/cli.js', 'test', '--config', 'test/browser/playwright.config.ts'],
      { cwd: root, env: { ...process.env, PLUMBLINE_CHROMIUM: executable } },
    )
    const count = (name: string) => Number(new RegExp(`^\\s+(\\d+) ${name}`, 'm').exec(output)?.[1] ?? 0)
    totals.passed += count('passed')
    totals.failed += count('failed') + (code !== 0 && count('failed') === 0 ? 1 : 0)
    totals.skipped += count('skipped')
  }
}

if (wanted('real')) {
  heading('tests on a real cluster')
  const missing = realClusterMissing(root)
  if (missing) {
    console.log(`skipped: ${missing}`)
    totals.skipped += 1
  } else {
    await prepare(root, ['client', 'pages'], console.log)
    // Both install what they need when they start, so one comes after the other; then each has its own cluster.
    // What is compared within seconds must not wait for what takes as long as it takes.
    startRealCluster(root)
    await Promise.all([
      nodeTests('test/real-cluster/[0-9]-*.test.ts', 1),
      nodeTests('test/real-cluster/scheduler.test.ts', 1, true),
    ])
  }
}

heading('all')
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`)
process.exit(totals.failed > 0 ? 1 : 0)
