import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium } from '@playwright/test'
import { ApiServerGuard } from '../support/api-server-guard.ts'
import { kubectlPods } from '../support/kubectl.ts'
import { pause } from '../support/pause.ts'
import { PlumblineProcess } from '../support/plumbline-process.ts'
import { kubeconfigFile, startRealCluster } from '../support/real-cluster.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const executable = [process.env.PLUMBLINE_CHROMIUM ?? '', '/usr/bin/chromium', chromium.executablePath()].find((file) =>
  existsSync(file),
)
const watchFor = 75_000
const allowed = 3_000
const allowedAfterOutage = 45_000

let plumbline: PlumblineProcess
let guard: ApiServerGuard
let browser: Browser

before(async () => {
  if (!executable) return
  startRealCluster(root)
  guard = new ApiServerGuard(root)
  plumbline = await (await PlumblineProcess.start(['--kubeconfig', kubeconfigFile()])).ready()
  browser = await chromium.launch({
    executablePath: executable,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  })
})

after(async () => {
  guard?.stop()
  await browser?.close()
  await plumbline?.stop()
})

test('a browser sees every change of the real cluster without a reload', {
  skip: executable ? false : 'no Chromium',
}, async () => {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.goto(`${plumbline.url}/pods?namespace=shop`)
  await page.locator('[data-freshness="live"]').waitFor()
  await page.evaluate(() => {
    ;(window as unknown as { mark: boolean }).mark = true
  })
  const end = performance.now() + watchFor
  const seen = new Set<string>()
  /** What kubectl prints that the page does not show. */
  const missing = async () => {
    const rows = (await page.getByRole('row').allInnerTexts()).map((row) =>
      row.replaceAll(/[\u2068\u2069]/g, '').split(/\s+/),
    )
    return [...kubectlPods()].flatMap(([name, text]) => {
      if (!name.startsWith('shop/')) return []
      seen.add(`${name} ${text}`)
      const [status = '', ready = '', restarts = ''] = text.split(' ')
      const row = rows.find((words) => words.includes(name.slice(name.indexOf('/') + 1)))
      return row && [status, ready, restarts].every((word) => row.includes(word))
        ? []
        : [`${name} ${text} and not ${row?.join(' ')}`]
    })
  }
  while (performance.now() < end) {
    const since = performance.now()
    let left = await missing()
    while (
      left.length > 0 &&
      performance.now() - since < (guard.downAt > since - allowedAfterOutage ? allowedAfterOutage : allowed)
    ) {
      await pause(100)
      left = await missing()
    }
    assert.deepEqual(left, [])
    await pause(1_000)
  }
  assert.equal(
    await page.evaluate(() => (window as unknown as { mark?: boolean }).mark),
    true,
    'the page was never reloaded',
  )
  console.log(`${seen.size} different states of pods seen in the browser`)
})
