import { expect, test } from '@playwright/test'
import { openPage } from './open-page.ts'

test('pods can be filtered, and the filter is in the address', async ({ page }) => {
  await openPage(page, '/pods')
  const table = page.getByRole('table', { name: 'Pods' })
  const first = table.getByRole('row').nth(1)
  const namespace = (await first.getByRole('cell').nth(2).textContent()) ?? ''
  await page.getByRole('search').getByRole('button', { name: 'Namespace', exact: true }).click()
  await page.getByRole('combobox', { name: 'Find in Namespace' }).fill(namespace)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`namespace=${namespace}`))
  await expect(page.getByRole('heading', { name: 'Pods' })).toBeVisible()
  await expect(table).toHaveAttribute('aria-busy', 'false')
  for (const row of (await table.getByRole('row').all()).slice(1, 10)) {
    await expect(row.getByRole('cell').nth(2)).toHaveText(namespace)
  }
  await page.reload()
  await expect(page.getByRole('button', { name: `Remove the filter Namespace` })).toBeVisible()
  await expect(table.getByRole('row').nth(1).getByRole('cell').nth(2)).toHaveText(namespace)
})

test('a text that fits nothing is said to, and can be cleared', async ({ page }) => {
  await openPage(page, '/pods')
  await page.getByRole('searchbox').fill('no-such-pod-anywhere')
  await expect(page.getByText('No pod fits these filters')).toBeVisible()
  await page.getByRole('button', { name: 'Clear the filters' }).click()
  await expect(page.getByRole('table', { name: 'Pods' })).toBeVisible()
  await expect(page).not.toHaveURL(/text=/)
})

test('the table sorts by its heads and says so', async ({ page }) => {
  await openPage(page, '/pods')
  const table = page.getByRole('table', { name: 'Pods' })
  await table.getByRole('button', { name: 'Name', exact: true }).click()
  await expect(page).toHaveURL(/sort=name/)
  await expect(table.getByRole('columnheader', { name: 'Name', exact: true })).toHaveAttribute('aria-sort', 'ascending')
  await expect(table).toHaveAttribute('aria-busy', 'false')
  const names = await table.locator('tbody tr td:nth-child(2)').allTextContents()
  const shown = names.slice(0, 20)
  expect(shown).toEqual([...shown].sort((a, b) => (a < b ? -1 : 1)))
  await table.getByRole('button', { name: 'Name', exact: true }).click()
  await expect(table.getByRole('columnheader', { name: 'Name', exact: true })).toHaveAttribute(
    'aria-sort',
    'descending',
  )
})

test('far down the table there are rows too', async ({ page }) => {
  await openPage(page, '/pods?sort=name')
  const table = page.getByRole('table', { name: 'Pods' })
  const rows = Number(await table.getAttribute('aria-rowcount'))
  test.skip(rows < 120, 'all rows fit into one page')
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight))
  await expect(table.locator(`tbody tr[aria-rowindex="${rows}"] td:nth-child(2)`)).toHaveText(/\S/)
})
