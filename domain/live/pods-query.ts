import { z } from 'zod'

/** Rows that one `pods` room holds: the browser joins the rooms of the pages that it shows. */
export const podsPageSize = 100

export const podsSortKeys = [
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
] as const

/** The filter, order and page of the pods table: the same words in the URL, the room's name and the HTTP API. */
export const podsQuerySchema = z.object({
  namespace: z.string().max(253).default(''),
  status: z.string().max(253).default(''),
  zone: z.string().max(253).default(''),
  severity: z.enum(['', 'ok', 'progress', 'warning', 'error']).default(''),
  /** Case-insensitive text in namespace, name, node, status or workload. */
  text: z.string().max(253).default(''),
  sort: z.enum(podsSortKeys).default('severity'),
  direction: z.enum(['asc', 'desc']).default('asc'),
  page: z.coerce.number().int().min(0).max(100_000).default(0),
})

export type PodsQuery = z.infer<typeof podsQuerySchema>

/** The room's name: parameters in a fixed order, defaults left out, so that equal queries share a room. */
export function podsRoom(query: PodsQuery): string {
  const defaults = podsQuerySchema.parse({})
  const parameters = new URLSearchParams()
  for (const key of Object.keys(defaults) as (keyof PodsQuery)[]) {
    if (query[key] !== defaults[key]) parameters.set(key, String(query[key]))
  }
  const text = parameters.toString()
  return text === '' ? 'pods' : `pods?${text}`
}
