import { expect, type Page, test } from '@playwright/test'
import { openDemoPod, secondsOf } from './demo-pod.ts'
import { openPage } from './open-page.ts'

// Each pod page states what is wrong, as the demo's story has it (demo/shop/stories.ts).

function wrong(page: Page) {
  return page.getByRole('region', { name: 'What is wrong' })
}

function probe(page: Page, kind: string) {
  return page.locator(`[data-probe="${kind}"]`)
}

test('a liveness loop: cause, evidence, what comes next, and both probes', async ({ page }) => {
  await openDemoPod(page, 'shop', 'checkout', 'error')
  await expect(wrong(page).getByRole('heading', { name: 'Liveness probe restarts container checkout' })).toBeVisible()
  await expect(wrong(page)).toContainText(/lastState\.terminated|Event Killing/)
  await expect(wrong(page).locator('code').first()).toContainText(/kubectl .+ -n shop/)
  await expect(page.getByRole('region', { name: 'Restart loop of checkout' })).toContainText('liveness probe')
  await expect(probe(page, 'liveness')).toContainText('HTTP GET :8080/livez')
  await expect(probe(page, 'liveness')).toContainText(/Restarts the container after 3 failures in a row, every 10 s/)
  await expect(probe(page, 'readiness')).toContainText('Takes the pod out of its Services after 3 failures in a row')
  await expect(page.getByRole('link', { name: 'How Kubernetes handles this' }).first()).toHaveAttribute(
    'href',
    /^https:\/\/kubernetes\.io\/docs\//,
  )
})

test('a crash loop: the ladder of waits, and a countdown that decreases', async ({ page }) => {
  await openDemoPod(page, 'search', 'indexer', 'error')
  const loop = page.getByRole('region', { name: 'Restart loop of migrate' })
  await expect(loop).toContainText('exit code 1')
  const countdown = loop.locator('[data-countdown]')
  // Between attempts there is a short run without a wait.
  await expect.poll(async () => secondsOf(await countdown.textContent()), { timeout: 60_000 }).toBeGreaterThan(4)
  const steps = loop.getByRole('list', { name: 'Steps of the back-off' }).getByRole('listitem')
  await expect(steps).toHaveText([/^10 s/, /^20 s/, /^40 s/, /^80 s/, /^2 min 40 s/, /^5 min max/])
  await expect(loop.locator('[aria-current="step"]')).toHaveCount(1)
  const first = secondsOf(await countdown.textContent()) ?? 0
  await expect.poll(async () => secondsOf(await countdown.textContent()), { timeout: 10_000 }).toBeLessThan(first - 1)
})

test('a failing migration: the track tells which step blocks, and how others fared', async ({ page }) => {
  await openDemoPod(page, 'search', 'indexer', 'error')
  const track = page.getByRole('region', { name: 'Init containers' })
  await expect(track).toContainText('1 of 2 steps done')
  await expect(track.locator('[data-step="wait-for-db"]')).toHaveAttribute('data-state', 'done')
  const blocked = track.locator('[data-step="migrate"]')
  await expect(blocked).toContainText('holds up the pod')
  await expect(blocked.getByRole('button', { name: 'migrate', exact: true })).toHaveAttribute('aria-expanded', 'true')
  await expect(blocked.getByRole('list', { name: 'Runs, newest first' })).toContainText('Exit code 1')
  await expect(wrong(page)).toContainText('Init container migrate fails again and again')
})

test('a readiness failure with an outage: the Service stands out', async ({ page }) => {
  await openDemoPod(page, 'shop', 'gift-cards', 'error')
  await expect(probe(page, 'readiness')).toContainText('failing')
  await expect(probe(page, 'readiness')).toContainText('got HTTP code 503')
  await expect(page.getByRole('region', { name: 'Services' })).toContainText('Outage: no ready address')
  await expect(page.getByRole('region', { name: 'Services' })).toContainText('0 of 2 ready')
})

test('a flapping readiness probe tells its failures, whether it fails just now or not', async ({ page }) => {
  const pods = (await (await page.request.get('/api/v1/pods?namespace=shop&text=cart-')).json()) as {
    items: readonly { readonly name: string; readonly uid: string }[]
  }
  const failures = await Promise.all(
    pods.items.map(async ({ uid }) => {
      const answer = await page.request.get(`/api/v1/history/pods/${uid}`)
      return answer.ok() ? ((await answer.json()) as { probeFailures: readonly unknown[] }).probeFailures.length : 0
    }),
  )
  const flapping = pods.items[failures.findIndex((count) => count > 0)]
  expect(flapping).toBeDefined()
  await openPage(page, `/pod?${new URLSearchParams({ namespace: 'shop', name: flapping?.name ?? '' })}`)
  await expect(probe(page, 'readiness')).toContainText(/Last failed/)
  await expect(probe(page, 'readiness')).toContainText('got HTTP code 503')
  await expect(page.getByRole('region', { name: 'Services' })).toContainText('of 4 ready')
})

test('a slow start: the budget ticks, and the other probes wait', async ({ page }) => {
  await openDemoPod(page, 'data', 'feature-store', 'progress')
  const startup = probe(page, 'startup')
  await expect(startup.getByRole('progressbar')).toBeVisible()
  await expect(startup).toContainText('left of 40 min to start')
  const left = startup.locator('[data-countdown]')
  const first = secondsOf(await left.textContent()) ?? 0
  expect(first).toBeGreaterThan(60)
  await expect.poll(async () => secondsOf(await left.textContent()), { timeout: 10_000 }).toBeLessThan(first)
  await expect(probe(page, 'liveness')).toContainText('held back')
  await expect(probe(page, 'readiness')).toContainText('held back')
})

test('out of memory is told with its limit', async ({ page }) => {
  await openDemoPod(page, 'data', 'report-generator', 'error')
  await expect(wrong(page)).toContainText('runs out of memory')
  await expect(page.getByRole('region', { name: 'Restart loop of report-generator' })).toContainText(
    'out of memory (limit 512Mi)',
  )
  await expect(page.getByRole('list', { name: 'Runs, newest first' })).toContainText('killed by the kernel')
})

test('a native sidecar that crashes is told apart from the main container', async ({ page }) => {
  await openDemoPod(page, 'platform', 'audit-log', 'error')
  await expect(wrong(page)).toContainText('not the main container')
  const track = page.getByRole('region', { name: 'Native sidecars' })
  await track.getByRole('button', { name: /^Role of container log-shipper: native sidecar/ }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toContainText('plumbline.dev/role.log-shipper')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('an injected proxy runs on beyond the track', async ({ page }) => {
  await openDemoPod(page, 'payments', 'invoicing')
  const proxy = page.getByRole('region', { name: 'Init containers' }).locator('[data-step="istio-proxy"]')
  await expect(proxy).toHaveAttribute('data-state', 'started')
  await expect(proxy).toContainText('runs on beside the containers')
})

for (const [app, namespace, words] of [
  ['storefront-canary', 'shop', /its image can’t be pulled/],
  ['coupons', 'shop', /its configuration is incomplete/],
  ['webhook-relay', 'platform', /postStart hook/],
  ['fraud-detector', 'payments', /Startup probe restarts container fraud-detector/],
  ['quorum-witness', 'data', /no node|can’t be scheduled|fits/i],
] as const) {
  test(`${app}: its page says why`, async ({ page }) => {
    await openDemoPod(page, namespace, app, 'error')
    await expect(wrong(page)).toContainText(words)
    await expect(wrong(page).getByText('How it is known').first()).toBeVisible()
    await expect(wrong(page).getByText('What you can do').first()).toBeVisible()
  })
}

test('a rollout that began it is named', async ({ page }) => {
  await openDemoPod(page, 'payments', 'fraud-detector', 'error')
  await expect(wrong(page)).toContainText(/Began with revision \d+/)
  await expect(wrong(page)).toContainText('2.7.0')
})
