import { expect, test } from '@playwright/test'
import { openPage } from './open-page.ts'

test('the board leads by keyboard alone from a zone to a pod', async ({ page }) => {
  await openPage(page, '/board')
  const board = page.getByRole('application')
  const told = page.getByRole('status').filter({ hasText: /^(Zone|Nodes|Pod|[a-z0-9])/ })
  await board.focus()
  await page.keyboard.press('ArrowRight')
  await expect(page).toHaveURL(/[?&]zone=/)
  await expect(told.first()).toContainText(/nodes?/)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/[?&]node=/)
  const name = new URL(page.url()).searchParams.get('node') ?? ''
  const panel = page.getByRole('region', { name: `Node ${name}` })
  const first = panel.locator('a[href^="/pod?"]').first()
  await expect(first).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(panel.locator('[aria-current="true"]')).toHaveCount(1)
  const href = (await first.getAttribute('href')) ?? ''
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(href.replace(/[?&.]/g, '\\$&')))
})

test('escape leads out again, and plus and minus zoom', async ({ page }) => {
  await openPage(page, '/board')
  const board = page.getByRole('application')
  await board.focus()
  for (const key of ['ArrowRight', 'Enter', '+', '+', '-', '0', 'Escape']) await page.keyboard.press(key)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(page).not.toHaveURL(/[?&](node|zone)=/)
  await expect(page.getByRole('region', { name: 'All nodes' })).toBeVisible()
})

test('a node that is pressed is told, with the question what its loss would do', async ({ page }) => {
  await openPage(page, '/board')
  const board = page.getByRole('application')
  const box = (await board.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  // Somewhere in the first zone's first node.
  for (let x = 30; x < box.width && !/node=/.test(page.url()); x += 40) {
    await page.mouse.click(box.x + x, box.y + 60)
  }
  await expect(page).toHaveURL(/[?&]node=/)
  await page.getByRole('link', { name: 'What if it is lost?' }).click()
  await expect(page).toHaveURL(/\/what-if\?node=/)
  await expect(page.getByRole('region', { name: 'Verdict' })).toContainText('1 node with')
})

test('dragging moves the picture and chooses nothing; the wheel zooms', async ({ page }) => {
  await openPage(page, '/board')
  const board = page.getByRole('application')
  const box = (await board.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  const look = () => page.locator('canvas').screenshot()
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  const whole = await look()
  await page.mouse.wheel(0, -600)
  await expect(async () => expect((await look()).equals(whole)).toBe(false)).toPass()
  const near = await look()
  await page.mouse.down()
  await page.mouse.move(box.x + box.width / 2 - 160, box.y + box.height / 2 - 90, { steps: 8 })
  await page.mouse.up()
  await expect(async () => expect((await look()).equals(near)).toBe(false)).toPass()
  await expect(page).not.toHaveURL(/[?&](node|zone)=/)
  await page.getByRole('button', { name: 'Show all' }).click()
})

test('a filter picks pods out, in the address, on the picture and in the table', async ({ page }) => {
  await openPage(page, '/board')
  await page.getByRole('searchbox').fill('no-such-pod-anywhere')
  await expect(page.getByText('0 pods picked out')).toBeVisible()
  await page.getByRole('searchbox').fill('')
  await page.getByRole('button', { name: 'Severity', exact: true }).click()
  await page.getByRole('option', { name: /^OK/ }).click()
  await expect(page).toHaveURL(/severity=ok/)
  await expect(page.getByText(/^[1-9][\d,]* pods? picked out$/)).toBeVisible()
})

test('the table unfolds zones to nodes to pods', async ({ page }) => {
  await openPage(page, '/board?view=table')
  const table = page.getByRole('table', { name: 'Zones, nodes and pods' })
  const zone = table.getByRole('button', { name: /^Zone / }).first()
  await zone.focus()
  await page.keyboard.press('Enter')
  await expect(zone).toHaveAttribute('aria-expanded', 'true')
  const node = table.getByRole('button').nth(1)
  await node.click()
  await expect(table.locator('a[href^="/pod?"]').first()).toBeVisible()
})

test('on a phone the picture, the zoom buttons and the table are within reach', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await openPage(page, '/board')
  await expect(page.getByRole('application')).toBeVisible()
  await page.getByRole('button', { name: 'Zoom in' }).click()
  await page.getByRole('button', { name: 'Table' }).click()
  await expect(page.getByRole('table', { name: 'Zones, nodes and pods' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Board', exact: true })).toBeInViewport()
})
