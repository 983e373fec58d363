import { z } from 'zod'
import { outcomeOfError, outcomeOfResponse } from './api-status.ts'
import type { Connection } from './connection.ts'
import { readBody } from './read-body.ts'
import type { RequestBudget } from './request-budget.ts'
import { type WatchedKind, watchedKinds } from './watched-kind.ts'

const versionSchema = z.object({
  major: z.string().catch(''),
  minor: z.string().catch(''),
  gitVersion: z.string().catch(''),
})
const systemSchema = z.object({ metadata: z.object({ uid: z.string().min(1) }) })
const resourcesSchema = z.object({ resources: z.array(z.object({ name: z.string() })) })

export interface Discovery {
  /** What tells this cluster from others, for history: the uid of namespace kube-system, else its address. */
  readonly clusterId: string
  /** "v1.34.1"; empty where the server doesn't tell. */
  readonly gitVersion: string
  /** WatchList is served by default from 1.34 on (and was in 1.32): KEP-3157. A refusal falls back to paged lists. */
  readonly streamingLists: boolean
  /** For each kind the API paths that serve it, best first. */
  readonly apis: ReadonlyMap<WatchedKind, readonly string[]>
}

/**
 * Asks the API server once what it serves. Parts that can't be asked (an aggregated API that is
 * down, discovery forbidden) are taken as served: the lists themselves will tell.
 * @throws Error with the transport's message when the server can't be reached at all
 */
export async function discover(connection: Connection, budget: RequestBudget, signal: AbortSignal): Promise<Discovery> {
  const version = versionSchema.safeParse(await getJson(connection, '/version', budget, signal)).data
  const system = systemSchema.safeParse(
    await getJson(connection, '/api/v1/namespaces/kube-system', budget, signal),
  ).data
  const minor = Number.parseInt(version?.minor ?? '', 10)
  const served = new Map<string, ReadonlySet<string> | null>()
  for (const api of new Set(watchedKinds.flatMap((watched) => watched.apis))) {
    served.set(api, await resourcesOf(connection, api, budget, signal))
  }
  return {
    clusterId: system?.metadata.uid ?? connection.server,
    gitVersion: version?.gitVersion ?? '',
    streamingLists: version?.major === '1' && (minor === 32 || minor >= 34),
    apis: new Map(
      watchedKinds.map((watched) => [
        watched,
        watched.apis.filter((api) => served.get(api)?.has(watched.resource) ?? true),
      ]),
    ),
  }
}

/** The names of the resources that an API path serves; null where the server won't say. */
async function resourcesOf(
  connection: Connection,
  api: string,
  budget: RequestBudget,
  signal: AbortSignal,
): Promise<ReadonlySet<string> | null> {
  const raw = await getJson(connection, `/${api}`, budget, signal)
  if (raw === 'absent') return new Set()
  const parsed = resourcesSchema.safeParse(raw)
  return parsed.success ? new Set(parsed.data.resources.map((resource) => resource.name)) : null
}

async function getJson(
  connection: Connection,
  path: string,
  budget: RequestBudget,
  signal: AbortSignal,
): Promise<unknown> {
  budget.count('', 'get', 'discovery')
  const response = await connection
    .get({ path, signal: AbortSignal.any([signal, AbortSignal.timeout(15_000)]), headersTimeout: 10_000 })
    .catch((error: unknown) => {
      signal.throwIfAborted()
      const outcome = outcomeOfError(error)
      throw new Error('message' in outcome ? outcome.message : outcome.type)
    })
  if (response.status !== 200) {
    const outcome = await outcomeOfResponse(response)
    if (outcome.type === 'absent') return 'absent'
    if (response.status >= 500 || response.status === 429)
      throw new Error('message' in outcome ? outcome.message : outcome.type)
    return null
  }
  const text = await readBody(response.body)
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
