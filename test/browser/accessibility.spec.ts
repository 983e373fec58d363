import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import { openPage, pages } from './open-page.ts'

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme })

    for (const { path, name } of pages) {
      test(`${name} has no accessibility violations`, async ({ page }) => {
        await openPage(page, path)
        const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze()
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
      })
    }

    test('a pod’s page has no accessibility violations', async ({ page }) => {
      await openPage(page, '/pods')
      await page.locator('a[href^="/pod?"]').first().click()
      await expect(page.getByRole('region', { name: 'Conditions' })).toBeVisible()
      await expect(page.locator('.skeleton')).toHaveCount(0)
      const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze()
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
    })

    test('an open filter has no accessibility violations', async ({ page }) => {
      await openPage(page, '/pods')
      await page.getByRole('search').getByRole('button', { name: 'Status', exact: true }).click()
      await expect(page.getByRole('listbox')).toBeVisible()
      const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze()
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
    })
  })
}
