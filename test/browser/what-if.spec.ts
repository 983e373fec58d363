import { expect, test } from '@playwright/test'
import { openPage } from './open-page.ts'

test('a zone’s loss is supposed, shared as a link, and taken back', async ({ page }) => {
  await openPage(page, '/what-if')
  await expect(page.getByText('Suppose something')).toBeVisible()
  await page.getByRole('button', { name: 'Zone', exact: true }).click()
  await page.getByRole('option').first().click()
  await expect(page).toHaveURL(/\?zone=/)
  const verdict = page.getByRole('region', { name: 'Verdict' })
  await expect(verdict).toContainText(/\d+ nodes? with [\d,]+ pods? would go/)
  await expect(page.getByRole('region', { name: 'Workloads' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'What is assumed' })).toBeVisible()
  const words = await verdict.getByRole('heading').textContent()
  await page.reload()
  await expect(verdict.getByRole('heading')).toHaveText(/would go/)
  expect(words).toMatch(/would go/)
  await page.getByRole('button', { name: 'They don’t answer' }).click()
  await expect(page).toHaveURL(/how=down/)
  await page.getByRole('button', { name: /^Take back: zone/ }).click()
  await expect(page.getByText('Suppose something')).toBeVisible()
  await expect(page).not.toHaveURL(/zone=/)
})

test('a workload is scaled by keyboard', async ({ page }) => {
  await openPage(page, '/what-if')
  await page.getByRole('button', { name: 'Workload', exact: true }).click()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  const count = page.getByRole('spinbutton', { name: 'Replicas' })
  const replicas = Number(await count.inputValue())
  await count.fill(String(replicas + 2))
  await count.press('Enter')
  await expect(page).toHaveURL(new RegExp(`scale=.+%3A${replicas + 2}`))
  await expect(page.getByRole('region', { name: 'Workloads' })).toContainText(/of 2 new pods placed|would stay pending/)
})

test('what is not there is said to, in the server’s words', async ({ page }) => {
  await openPage(page, '/what-if?node=no-such-node')
  await expect(page.getByText('It can’t be worked out')).toBeVisible()
  await expect(page.getByText(/there is no node no-such-node/)).toBeVisible()
})
