import { expect, test } from '@playwright/test'
import { openPage } from './open-page.ts'

test('a workload tells its problems, pods, revisions and probes', async ({ page }) => {
  await openPage(page, '/workload?namespace=payments&kind=Deployment&name=fraud-detector')
  await expect(page.getByRole('heading', { level: 1, name: 'fraud-detector' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'What is wrong' })).toContainText(/Began with revision \d+/)
  await expect(page.getByRole('region', { name: 'Revisions' })).toContainText('current')
  await expect(page.getByRole('region', { name: 'Template' })).toContainText('Startup probe')
  await expect(page.getByRole('region', { name: 'Template' })).toContainText(/Gives the container 2 min|120 s/)
  await expect(page.getByRole('region', { name: 'Services' })).toContainText('fraud-detector')
  await page.getByRole('region', { name: 'Pods' }).getByRole('link').first().click()
  await expect(page).toHaveURL(/\/pod\?/)
  await page.getByRole('link', { name: 'Deployment fraud-detector' }).click()
  await expect(page).toHaveURL(/\/workload\?namespace=payments&kind=Deployment&name=fraud-detector/)
})

test('workloads are linked from the pods table', async ({ page }) => {
  await openPage(page, '/pods?text=storefront&namespace=shop')
  await page.getByRole('link', { name: 'Deployment storefront', exact: true }).first().click()
  await expect(page).toHaveURL(/\/workload\?namespace=shop&kind=Deployment&name=storefront/)
  await expect(page.getByRole('region', { name: 'Spread constraints' })).toContainText('by zone')
})

test('a workload that isn’t there is said not to be', async ({ page }) => {
  await openPage(page, '/workload?namespace=shop&kind=Deployment&name=nothing')
  await expect(page.getByText('There is no such Deployment now')).toBeVisible()
})
