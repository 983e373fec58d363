import { expect, type Page } from '@playwright/test'
import { openPage } from './open-page.ts'

interface Row {
  readonly namespace: string
  readonly name: string
  readonly severity: string
  readonly status: string
}

const order = ['error', 'warning', 'progress', 'ok']

/** Opens the page of the sickest pod of one of the demo's workloads, waiting until it has such a pod. */
export async function openDemoPod(page: Page, namespace: string, app: string, atLeast = 'ok'): Promise<Row> {
  let found: Row | undefined
  await expect
    .poll(
      async () => {
        const answer = await page.request.get(`/api/v1/pods?namespace=${namespace}&text=${app}-`)
        const { items } = (await answer.json()) as { items: readonly Row[] }
        found = items
          .filter(({ name }) => name.startsWith(`${app}-`))
          .sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity))[0]
        return found !== undefined && order.indexOf(found.severity) <= order.indexOf(atLeast)
      },
      { timeout: 60_000 },
    )
    .toBe(true)
  if (!found) throw new Error(`no pod of ${namespace}/${app}`)
  await openPage(page, `/pod?${new URLSearchParams({ namespace: found.namespace, name: found.name })}`)
  return found
}

/** A stopwatch's text, "in 2:41", in seconds; null where it shows none. */
export function secondsOf(text: string | null): number | null {
  const match = /(?:(\d+):)?(\d+):(\d\d)/.exec(text ?? '')
  return match ? Number(match[1] ?? 0) * 3_600 + Number(match[2]) * 60 + Number(match[3]) : null
}
