import { expect, type Page } from '@playwright/test'

/** Every page and the words by which a reader knows that its data is there. */
export const pages = [
  { path: '/', name: 'Overview' },
  { path: '/problems', name: 'Problems' },
  { path: '/pods', name: 'Pods' },
  { path: '/placement', name: 'Placement' },
  { path: '/placement?tab=pending', name: 'Pending pods' },
  { path: '/placement?tab=affinity', name: 'Affinity' },
  { path: '/placement?tab=risks', name: 'Risks' },
  { path: '/board', name: 'Board' },
  { path: '/board?view=table', name: 'Board as a table' },
  { path: '/what-if', name: 'What if' },
  { path: '/status', name: 'Status' },
] as const

/** Opens a page and waits until it is live. Faults of the page and refusals of its security policy fail the test. */
export async function openPage(page: Page, path: string): Promise<void> {
  page.on('pageerror', (error) => {
    throw error
  })
  page.on('console', (message) => {
    if (message.type() === 'error' && message.text().includes('Content Security Policy'))
      throw new Error(message.text())
  })
  await page.goto(path)
  await expect(page.locator('[data-freshness="live"]')).toBeVisible()
  await expect(page.locator('.skeleton')).toHaveCount(0)
}
