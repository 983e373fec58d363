import { z } from 'zod'
import { instant, workloadRefSchema } from './basic-schemas.ts'

/** Topology spread constraints. */

export const placementItemSchema = z
  .object({
    id: z.string(),
    namespace: z.string(),
    workload: workloadRefSchema,
    topologyKey: z.string(),
    maxSkew: z.number().int(),
    minDomains: z.number().int().nullable(),
    whenUnsatisfiable: z.string(),
    domains: z.array(z.object({ value: z.string(), count: z.number().int() })),
    globalMinimum: z.number().int(),
    skew: z.number().int(),
    violated: z.boolean(),
    pods: z.number().int(),
  })
  .loose()
  .meta({ id: 'SpreadConstraint' })

export const placementResponseSchema = z.object({
  cluster: z.string(),
  observedAt: instant.nullable(),
  items: z.array(placementItemSchema),
})
