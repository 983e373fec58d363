import { expect, test } from '@playwright/test'
import { openPage } from './open-page.ts'

const outage = 'service-down/shop/Service/gift-cards/no-ready-address'

test('a problem unfolds by keyboard, and its story is in the address', async ({ page }) => {
  await openPage(page, '/problems')
  const row = page.getByRole('button', { name: 'Container report-generator runs out of memory again and again' })
  await expect(row).toHaveAttribute('aria-expanded', 'false')
  await row.focus()
  await page.keyboard.press('Enter')
  await expect(row).toHaveAttribute('aria-expanded', 'true')
  await expect(page).toHaveURL(/id=restart-loop/)
  await expect(page.getByText('What you can do')).toBeVisible()
  await page.reload()
  await expect(row).toHaveAttribute('aria-expanded', 'true')
  await row.focus()
  await page.keyboard.press('Space')
  await expect(row).toHaveAttribute('aria-expanded', 'false')
  await expect(page).not.toHaveURL(/id=/)
})

test('a link to an outage leads to what explains it, and on to the pod', async ({ page }) => {
  await openPage(page, `/problems?${new URLSearchParams({ id: outage })}`)
  await expect(page.getByText('Why its pods aren’t ready')).toBeVisible()
  await page.getByRole('link', { name: 'Readiness probe keeps container gift-cards out of service' }).click()
  await expect(page).toHaveURL(/id=probe-failing/)
  await expect(page.getByText('2 of 2 pods')).toBeVisible()
  await page
    .getByRole('link', { name: /^gift-cards-/ })
    .first()
    .click()
  await expect(page).toHaveURL(/\/pod\?namespace=shop&name=gift-cards-/)
})

test('a link to a problem that is over says so', async ({ page }) => {
  await openPage(page, '/problems?id=restart-loop/nowhere')
  await expect(page.getByText('The problem of this link is over')).toBeVisible()
  await page.getByRole('button', { name: 'Hide this' }).click()
  await expect(page).not.toHaveURL(/id=/)
})

test('problems of companions can be told apart from those of main containers', async ({ page }) => {
  await openPage(page, '/problems?role=companion')
  await expect(page.getByRole('button', { name: /^Container log-shipper crashes/ })).toBeVisible()
  await expect(page.getByRole('button', { name: /report-generator/ })).toHaveCount(0)
})

test('the overview’s outage strip and panel lead to the story', async ({ page }) => {
  await openPage(page, '/')
  const strip = page.getByRole('region', { name: 'Service outages' })
  await expect(strip).toContainText('shop/gift-cards')
  const panel = page.getByRole('region', { name: 'Problems' })
  const row = panel.getByRole('button', { name: 'Service gift-cards has no ready address' })
  await row.click()
  await expect(row).toHaveAttribute('aria-expanded', 'true')
  await expect(page).toHaveURL(/problem=service-down/)
  await strip.getByRole('link', { name: 'shop/gift-cards' }).click()
  await expect(page).toHaveURL(/\/problems\?id=service-down/)
})
