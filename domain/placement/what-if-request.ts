import { z } from 'zod'

const name = z.string().min(1).max(253)
const workload = z.strictObject({ kind: z.string().min(1).max(63), name })

const lose = z
  .strictObject({
    type: z.literal('lose'),
    zones: z.array(z.string().min(1).max(63)).max(100).default([]),
    nodes: z.array(name).max(5_000).default([]),
    how: z
      .enum(['deleted', 'down'])
      .default('deleted')
      .describe(
        'deleted: the Node objects go, as when machines are removed. down: nodes stop answering but stay known, so that their domains still count and their pods stay terminating',
      ),
  })
  .refine(({ zones, nodes }) => zones.length + nodes.length > 0, 'lose: name at least one zone or node')

const scale = z.strictObject({
  type: z.literal('scale'),
  namespace: name,
  workload,
  replicas: z.number().int().min(0).max(100_000),
})

const addNodes = z.strictObject({
  type: z.literal('add-nodes'),
  like: name.describe('The node that the new ones are like: labels, taints, allocatable'),
  count: z.number().int().min(1).max(1_000),
  zone: z
    .string()
    .min(1)
    .max(63)
    .optional()
    .describe('Their topology.kubernetes.io/zone; the same as that node’s where absent'),
})

const constraint = z.strictObject({
  type: z.literal('constraint'),
  namespace: name,
  workload,
  topologyKey: z.string().min(1).max(317),
  maxSkew: z.number().int().min(1).max(100_000).optional(),
  minDomains: z.number().int().min(1).max(100_000).nullable().optional(),
  whenUnsatisfiable: z.enum(['DoNotSchedule', 'ScheduleAnyway']).optional(),
})

/** What shall be supposed. Several changes are made in their order. */
export const whatIfRequestSchema = z.strictObject({
  changes: z
    .array(z.discriminatedUnion('type', [lose, scale, addNodes, constraint]))
    .min(1)
    .max(10),
})

export type WhatIfRequest = z.infer<typeof whatIfRequestSchema>
export type WhatIfChange = WhatIfRequest['changes'][number]
