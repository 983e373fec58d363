import { z } from 'zod'
import { instant } from './basic-schemas.ts'
import { runCauseSchema } from './container-schemas.ts'

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
    z.looseObject({
      container: z.string(),
      startedAt: instant.nullable(),
      finishedAt: instant.nullable(),
      cause: runCauseSchema.nullish().describe('Why it ended; null while it goes on'),
    }),
  ),
  probeFailures: z.array(
    z.looseObject({ at: instant, container: z.string(), probe: z.string(), count: z.number(), message: z.string() }),
  ),
  readinessChanges: z.array(z.looseObject({ at: instant, container: z.string().nullable(), ready: z.boolean() })),
})

const span = z.number().int().describe('Milliseconds')

export const initStepsRequestSchema = z.object({
  namespace: z.string().min(1).max(253),
  kind: z.string().min(1).max(63).describe('Of the workload: Deployment, StatefulSet, …; Pod for a bare pod'),
  workload: z.string().min(1).max(253).describe('Its name'),
  except: z.string().max(100).default('').describe('uid of a pod that is left out, to be compared with the others'),
})

export const initStepsResponseSchema = z.object({
  cluster: z.string(),
  items: z.array(
    z.object({
      container: z.string(),
      count: z.number().int().describe('Runs that came to a good end'),
      median: span.nullable(),
      p90: span.nullable().describe('Nine in ten took no longer'),
      max: span.nullable(),
      failures: z.number().int().describe('Runs that ended badly'),
    }),
  ),
})

export const readinessResponseSchema = z.object({
  ready: z.boolean(),
  notSynced: z.array(z.string()).describe('Permitted kinds that have not been read completely yet'),
  forbidden: z.array(z.string()).describe('Kinds that the credentials may not read'),
})
