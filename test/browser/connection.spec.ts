import { expect, test, type WebSocketRoute } from '@playwright/test'
import { openPage } from './open-page.ts'

const socket = /\/socket\.io\//

test('a cut connection shows within ten seconds, and heals by itself', async ({ page }) => {
  let cut = false
  const open: WebSocketRoute[] = []
  await page.routeWebSocket(socket, (route) => {
    if (cut) {
      route.close()
      return
    }
    route.connectToServer()
    open.push(route)
  })
  await openPage(page, '/')
  const headline = (await page.getByRole('heading', { level: 1 }).textContent()) ?? ''
  cut = true
  for (const route of open) await route.close()
  await expect(page.locator('[data-freshness="stale"]')).toBeVisible({ timeout: 10_000 })
  await expect(page.getByText('The Plumbline server can’t be reached.')).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^At \d\d:\d\d:\d\d: /)
  cut = false
  await expect(page.locator('[data-freshness="live"]')).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(/^At /)
  expect(headline).not.toMatch(/^At /)
})

test('a server that falls silent without hanging up shows within ten seconds', async ({ page }) => {
  let silent = false
  await page.routeWebSocket(socket, (route) => {
    const server = route.connectToServer()
    server.onMessage((message) => {
      if (!silent) route.send(message)
    })
  })
  await openPage(page, '/')
  silent = true
  await expect(page.locator('[data-freshness="stale"]')).toBeVisible({ timeout: 10_000 })
  silent = false
  await expect(page.locator('[data-freshness="live"]')).toBeVisible()
})
