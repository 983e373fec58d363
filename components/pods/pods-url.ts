import type { PodsQuery } from '../../domain/live/pods-query.ts'

/**
 * The pods table's query without a page. The words are those of the room's name and of the HTTP
 * API; the schema there isn't used here, because it would bring its validator into the browser.
 */
export type PodsFilter = Omit<PodsQuery, 'page'>

/** Rows that one room holds; must be domain/live/pods-query.ts podsPageSize. */
export const rowsPerRoom = 100

/** In the order in which a room's name lists them; must follow podsQuerySchema. */
const defaults = {
  namespace: '',
  status: '',
  zone: '',
  severity: '',
  text: '',
  sort: 'severity',
  direction: 'asc',
} as const satisfies PodsFilter

const severityValues: readonly PodsFilter['severity'][] = ['', 'ok', 'progress', 'warning', 'error']

export const sortKeys = [
  'severity',
  'namespace',
  'name',
  'status',
  'ready',
  'restarts',
  'lastRestartAt',
  'createdAt',
  'node',
  'zone',
] as const satisfies readonly PodsFilter['sort'][]

const maxLength = 253

/** Reads the page's own URL. What makes no sense there is left out. */
export function podsFilterFromUrl(parameters: { get(name: string): string | null }): PodsFilter {
  const text = (name: string) => (parameters.get(name) ?? '').slice(0, maxLength)
  const severity = severityValues.find((value) => value === parameters.get('severity')) ?? ''
  const sort = sortKeys.find((key) => key === parameters.get('sort')) ?? defaults.sort
  return {
    namespace: text('namespace'),
    status: text('status'),
    zone: text('zone'),
    severity,
    text: text('text'),
    sort,
    direction: parameters.get('direction') === 'desc' ? 'desc' : 'asc',
  }
}

/** The name of the room of one page: as podsRoom in domain/live/pods-query.ts makes it. */
export function podsPageRoom(filter: PodsFilter, page: number): string {
  const parameters = new URLSearchParams()
  for (const key of Object.keys(defaults) as (keyof PodsFilter)[]) {
    if (filter[key] !== defaults[key]) parameters.set(key, filter[key])
  }
  if (page > 0) parameters.set('page', String(page))
  const text = parameters.toString()
  return text === '' ? 'pods' : `pods?${text}`
}

/** True when anything is filtered; the order doesn't count. */
export function isFiltered(filter: PodsFilter): boolean {
  return [filter.namespace, filter.status, filter.zone, filter.severity, filter.text].some((value) => value !== '')
}
