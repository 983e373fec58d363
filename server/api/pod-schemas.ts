import { z } from 'zod'
import {
  conditionSchema,
  instant,
  nameSchema,
  pairsSchema,
  serviceSchema,
  severity,
  workloadRefSchema,
} from './basic-schemas.ts'
import { containerSchema } from './container-schemas.ts'
import { pendingPodSchema, placementGroupSchema } from './placement-schemas.ts'
import { podProblemSchema, rolloutSchema } from './problem-schemas.ts'

/** Pods: as lines of a list, and whole. */

export const podItemSchema = z
  .object({
    namespace: z.string(),
    name: z.string(),
    uid: z.string(),
    node: z.string().nullable(),
    zone: z
      .string()
      .nullable()
      .describe('Label topology.kubernetes.io/zone of the node; null where it cannot be known'),
    phase: z.string(),
    status: z.string().describe('STATUS as `kubectl get pods` prints it'),
    ready: z.string().describe('READY as `kubectl get pods` prints it, for example "1/2"'),
    restarts: z.number().int().describe('The number in RESTARTS as `kubectl get pods` prints it'),
    lastRestartAt: instant.nullable().describe('End of the run before the last restart'),
    createdAt: instant,
    workload: workloadRefSchema.nullable(),
    severity,
    init: z.object({ done: z.number().int(), total: z.number().int() }).nullable(),
  })
  .meta({ id: 'Pod' })

export const podsResponseSchema = z.object({
  cluster: z.string(),
  observedAt: instant
    .nullable()
    .describe('The instant up to which the answer is known to be true; null before the first sync'),
  items: z.array(podItemSchema),
})

export const podsRequestSchema = z.object({
  namespace: z.string().max(253).default('').describe('Only this namespace'),
  status: z.string().max(253).default('').describe('Only this STATUS'),
  zone: z.string().max(253).default('').describe('Only this zone; "-" for pods without one'),
  severity: z.enum(['', 'ok', 'progress', 'warning', 'error']).default(''),
  text: z.string().max(253).default('').describe('Case-insensitive text in namespace, name, node, status or workload'),
})

export const podRequestSchema = z.object({ namespace: nameSchema, name: nameSchema })

const podDetailSchema = z
  .object({
    row: podItemSchema,
    labels: pairsSchema,
    qosClass: z.string(),
    podIP: z.string(),
    deletedAt: instant.nullable(),
    conditions: z.array(conditionSchema),
    containers: z.array(containerSchema).describe('In the order in which they start'),
    problems: z.array(podProblemSchema),
    pending: pendingPodSchema.nullable().describe('Why it has no node; null where it has one'),
    spread: z.array(placementGroupSchema),
    services: z
      .array(
        serviceSchema.extend({
          ready: z
            .boolean()
            .nullable()
            .describe('Whether the Service sends this pod traffic; null: it is none of its endpoints'),
          since: instant.nullable().describe('Since when that is so; null where it cannot be known'),
          publishNotReadyAddresses: z.boolean(),
        }),
      )
      .describe('Services whose selector picks this pod'),
    rollout: rolloutSchema.nullable(),
    nodeReady: z.boolean().nullable(),
    kubeletVersion: z.string(),
    message: z.string(),
    reason: z.string(),
  })
  .meta({ id: 'PodDetail' })

const podEventSchema = z
  .object({
    type: z.string(),
    reason: z.string(),
    message: z.string(),
    count: z.number().int(),
    firstAt: instant,
    lastAt: instant,
    container: z.string().nullable(),
  })
  .meta({ id: 'PodEvent' })

export const podResponseSchema = z.object({
  cluster: z.string(),
  observedAt: instant.nullable(),
  pod: podDetailSchema,
  events: z.array(podEventSchema).describe('The newest 100, the newest first'),
})
