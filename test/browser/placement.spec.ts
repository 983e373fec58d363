import { expect, test } from '@playwright/test'
import { openPage } from './open-page.ts'

test('a violated constraint unfolds to what is too many, what helps and how it has been', async ({ page }) => {
  await openPage(page, '/placement?violated=1')
  const open = page.getByRole('button', { name: /^Domains of / }).first()
  test.skip((await open.count()) === 0, 'no constraint is violated')
  await open.focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/group=/)
  await expect(page.getByText('Too many', { exact: true })).toBeVisible()
  await expect(page.getByText(/^(Won’t|May) mend itself\.$/)).toBeVisible()
  await expect(page.getByText('Next pod may go to')).toBeVisible()
  const history = page.getByRole('region', { name: 'Skew over time' })
  await expect(history.getByRole('img', { name: /^Skew over time/ })).toBeVisible()
  await history.getByText('The same as a list').click()
  await expect(history.getByText(/^skew \d+ by /).first()).toBeVisible()
  await history.getByRole('button', { name: '24 h' }).click()
  await expect(history.getByRole('img', { name: /^Skew over time/ })).toBeVisible()
  const maxSkew = page.getByRole('link', { name: /^What if maxSkew \d+\?$/ })
  const asked = (await maxSkew.textContent())?.match(/\d+/)?.[0]
  await maxSkew.click()
  await expect(page).toHaveURL(/\/what-if\?spread=/)
  await expect(page.getByText(`has maxSkew ${asked}`)).toBeVisible()
  await expect(page.getByRole('region', { name: 'Verdict' })).toBeVisible()
})

test('a pending pod tells nodes by reason, what the scheduler said, and what would help', async ({ page }) => {
  await openPage(page, '/placement?tab=pending')
  const open = page.getByRole('button', { name: /^Why .+ has no node$/ }).first()
  test.skip((await open.count()) === 0, 'every pod has a node')
  await open.click()
  await expect(page).toHaveURL(/pod=/)
  await expect(page.getByRole('heading', { name: /^Why none of|could take it$/ })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'What the scheduler said' })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('heading', { name: 'What the scheduler said' })).toBeVisible()
})

test('risks tell the constraint to paste and lead to what if', async ({ page }) => {
  await openPage(page, '/placement?tab=risks')
  await expect(page.getByText(/Assumed: for pods without constraints|As told by --default-spread/)).toBeVisible()
  await page.getByRole('checkbox', { name: 'Only risks' }).check()
  const open = page.getByRole('button', { name: /^More of / }).first()
  test.skip((await open.count()) === 0, 'no workload is at risk')
  await open.click()
  await expect(page.getByText('topologySpreadConstraints:')).toBeVisible()
  await page
    .getByRole('link', { name: /^What if .+ is lost\?$/ })
    .first()
    .click()
  await expect(page.getByRole('region', { name: 'Verdict' })).toBeVisible()
})

test('tabs are links: each part has its address', async ({ page }) => {
  await openPage(page, '/placement')
  const tabs = page.getByRole('navigation', { name: 'Placement' })
  for (const [name, address] of [
    ['Pending', /tab=pending/],
    ['Affinity', /tab=affinity/],
    ['Risks', /tab=risks/],
    ['Board', /\/board/],
    ['What if', /\/what-if/],
    ['Spread', /\/placement$/],
  ] as const) {
    await tabs.getByRole('link', { name: new RegExp(`^${name}`) }).click()
    await expect(page).toHaveURL(address)
    await expect(tabs.locator('[aria-current="page"]')).toHaveText(new RegExp(`^${name}`))
  }
})

test('a workload’s page tells what a zone’s loss takes', async ({ page }) => {
  await openPage(page, '/placement?tab=risks')
  await page.locator('a[href^="/workload?"]').first().click()
  await expect(page.getByText('Zone loss takes')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Placement', exact: true })).toBeVisible()
})
