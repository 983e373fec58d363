import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { openDemoPod } from './demo-pod.ts'
import { openPage, pages } from './open-page.ts'

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

async function expectNoViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme })

    for (const { path, name } of pages) {
      test(`${name} has no accessibility violations`, async ({ page }) => {
        await openPage(page, path)
        await expectNoViolations(page)
      })
    }

    for (const [namespace, app] of [
      ['shop', 'checkout'],
      ['search', 'indexer'],
      ['data', 'feature-store'],
      ['platform', 'audit-log'],
    ] as const) {
      test(`the pod page of ${app} has no accessibility violations`, async ({ page }) => {
        await openDemoPod(page, namespace, app, 'progress')
        await expect(page.getByRole('region', { name: 'Conditions' })).toBeVisible()
        await expectNoViolations(page)
      })
    }

    for (const [name, path] of [
      ['an unfolded problem', '/problems?id=service-down/shop/Service/gift-cards/no-ready-address'],
      ['a problem that is over', '/problems?id=nothing'],
      ['the overview with a problem unfolded', '/?problem=service-down/shop/Service/gift-cards/no-ready-address'],
      ['a workload’s page', '/workload?namespace=payments&kind=Deployment&name=fraud-detector'],
      ['a pod that is gone', '/pod?namespace=shop&name=nothing'],
    ] as const) {
      test(`${name} has no accessibility violations`, async ({ page }) => {
        await openPage(page, path)
        await expectNoViolations(page)
      })
    }

    test('the reasons for a role have no accessibility violations', async ({ page }) => {
      await openDemoPod(page, 'platform', 'audit-log', 'error')
      await page.getByRole('button', { name: /^Role of container log-shipper/ }).click()
      await expect(page.getByRole('dialog')).toBeVisible()
      await expectNoViolations(page)
    })

    test('unfolded constraints, pods that wait and outcomes have no accessibility violations', async ({ page }) => {
      for (const [path, button] of [
        ['/placement', /^Domains of /],
        ['/placement?tab=pending', /^Why .+ has no node$/],
        ['/placement?tab=risks', /^More of /],
      ] as const) {
        await openPage(page, path)
        const open = page.getByRole('button', { name: button }).first()
        if ((await open.count()) === 0) continue
        await open.click()
        await expect(page.locator('.skeleton')).toHaveCount(0)
        await expectNoViolations(page)
      }
      await page
        .getByRole('link', { name: /^What if .+ is lost\?$/ })
        .first()
        .click()
      await expect(page.getByRole('region', { name: 'Verdict' })).toBeVisible()
      await expectNoViolations(page)
    })

    test('an open filter has no accessibility violations', async ({ page }) => {
      await openPage(page, '/pods')
      await page.getByRole('search').getByRole('button', { name: 'Status', exact: true }).click()
      await expect(page.getByRole('listbox')).toBeVisible()
      await expectNoViolations(page)
    })
  })
}
