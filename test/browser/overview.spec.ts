import { expect, test } from '@playwright/test'
import { openPage } from './open-page.ts'

test('the overview says what is wrong and leads to the pod', async ({ page }) => {
  await openPage(page, '/')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/\d+ (errors?|warnings?)|No problems/)
  const problem = page.getByRole('region', { name: 'Problems' }).locator('a[href^="/pod?"]').first()
  await problem.click()
  await expect(page).toHaveURL(/\/pod\?namespace=.+&name=.+/)
  await expect(page.getByRole('region', { name: 'What is wrong' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Conditions' })).toBeVisible()
  await expect(page.getByRole('region', { name: /^Containers?$/ })).toBeVisible()
})

test('a cell of the zone board leads to its pod by keyboard alone', async ({ page }) => {
  await openPage(page, '/')
  const cell = page.getByRole('region', { name: 'Zones' }).locator('a.cell').first()
  test.skip((await cell.count()) === 0, 'the cluster is too large for cells')
  await cell.focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowLeft')
  await expect(cell).toBeFocused()
  const words = (await cell.textContent()) ?? ''
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/pod\?/)
  const name = new URL(page.url()).searchParams.get('name') ?? ''
  expect(words).toContain(name)
})

test('no page scrolls sideways, from phone to wall', async ({ page }) => {
  for (const [width, height] of [
    [390, 844],
    [1440, 900],
    [1920, 1080],
  ] as const) {
    await page.setViewportSize({ width, height })
    for (const path of [
      '/',
      '/problems',
      '/problems?id=service-down/shop/Service/gift-cards/no-ready-address',
      '/pods',
      '/placement',
      '/placement?tab=pending',
      '/placement?tab=risks',
      '/board',
      '/board?view=table',
      '/what-if',
      '/status',
      '/workload?namespace=payments&kind=Deployment&name=fraud-detector',
    ]) {
      await openPage(page, path)
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect(over, `${path} at ${width}`).toBeLessThanOrEqual(0)
    }
  }
})
