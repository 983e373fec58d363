import { z } from 'zod'
import { instant } from './basic-schemas.ts'

/** The HTTP API's shapes, v1: what OpenAPI says and what tests check answers against. */

export { errorSchema } from './basic-schemas.ts'
export { placementResponseSchema } from './placement-schemas.ts'
export {
  podItemSchema,
  podRequestSchema,
  podResponseSchema,
  podsRequestSchema,
  podsResponseSchema,
} from './pod-schemas.ts'
export { problemsResponseSchema } from './problem-schemas.ts'
export { workloadRequestSchema, workloadResponseSchema } from './workload-schemas.ts'

export const podHistoryRequestSchema = z.object({ uid: z.string().min(1).max(100) })

export const podHistoryResponseSchema = z.object({
  runs: z.array(
    z.looseObject({ container: z.string(), startedAt: instant.nullable(), finishedAt: instant.nullable() }),
  ),
  probeFailures: z.array(
    z.looseObject({ at: instant, container: z.string(), probe: z.string(), count: z.number(), message: z.string() }),
  ),
  readinessChanges: z.array(z.looseObject({ at: instant, container: z.string().nullable(), ready: z.boolean() })),
})

export const readinessResponseSchema = z.object({
  ready: z.boolean(),
  notSynced: z.array(z.string()).describe('Permitted kinds that have not been read completely yet'),
  forbidden: z.array(z.string()).describe('Kinds that the credentials may not read'),
})
