import { z } from 'zod'
import { conditionSchema, instant, nameSchema, pairsSchema, roleFindingSchema, serviceSchema } from './basic-schemas.ts'
import { containerTypeSchema, probeKindSchema, probeSchema } from './container-schemas.ts'
import { placementItemSchema } from './placement-schemas.ts'
import { podItemSchema } from './pod-schemas.ts'
import { problemGroupSchema } from './problem-schemas.ts'

/** One workload, whole. */

export const workloadRequestSchema = z.object({
  namespace: nameSchema,
  kind: z.enum(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job', 'CronJob']),
  name: nameSchema,
})

const revisionSchema = z.object({
  revision: z.string(),
  name: z.string(),
  createdAt: instant,
  replicas: z.number().int(),
  readyReplicas: z.number().int(),
  images: z.array(z.tuple([z.string(), z.string()])).describe('Container and image'),
  current: z.boolean().describe('Of this the workload makes its next pods'),
})

const templateContainerSchema = z.object({
  name: z.string(),
  type: containerTypeSchema,
  image: z.string(),
  role: roleFindingSchema.nullable(),
  probes: z.array(z.object({ kind: probeKindSchema, probe: probeSchema, sentence: z.string() })),
  requests: pairsSchema,
  limits: pairsSchema,
})

const workloadDetailSchema = z
  .object({
    namespace: z.string(),
    kind: z.string(),
    name: z.string(),
    uid: z.string(),
    replicas: z.number().int().nullable().describe('What is wanted; null for a CronJob'),
    readyReplicas: z.number().int(),
    updatedReplicas: z.number().int(),
    availableReplicas: z.number().int(),
    conditions: z.array(conditionSchema),
    createdAt: instant,
    revisions: z.array(revisionSchema).describe('The newest 20, the newest first'),
    problems: z.array(problemGroupSchema),
    pods: z.array(podItemSchema).describe('The worst 200, the worst first'),
    podsTotal: z.number().int(),
    services: z.array(serviceSchema),
    containers: z.array(templateContainerSchema),
    spread: z.array(placementItemSchema),
  })
  .meta({ id: 'Workload' })

export const workloadResponseSchema = z.object({
  cluster: z.string(),
  observedAt: instant.nullable(),
  workload: workloadDetailSchema,
})
