import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from '@playwright/test'

/**
 * Browser tests. BASE_URL names a running Plumbline; without it one is started on the demo cluster.
 * PLUMBLINE_CHROMIUM names the browser: none is ever downloaded.
 */
const root = fileURLToPath(new URL('../..', import.meta.url))
const port = Number(process.env.PLUMBLINE_BROWSER_PORT ?? 3907)
const given = process.env.BASE_URL ?? ''
const database = join(mkdtempSync(join(tmpdir(), 'plumbline-browser-')), 'history.db')

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: join(root, 'test-results'),
  fullyParallel: true,
  workers: 2,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: 'list',
  use: {
    baseURL: given === '' ? `http://127.0.0.1:${port}` : given,
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.PLUMBLINE_CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--disable-quic',
        '--no-first-run',
      ],
    },
  },
  ...(given === ''
    ? {
        webServer: {
          command: [process.execPath, 'server/main.ts', '--demo', '--port', port, '--database', database].join(' '),
          cwd: root,
          url: `http://127.0.0.1:${port}/readyz`,
          timeout: 180_000,
        },
      }
    : {}),
})
