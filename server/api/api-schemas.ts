import { z } from 'zod'

/** The HTTP API's shapes, v1: what OpenAPI says and what tests check answers against. */

const severity = z.enum(['ok', 'progress', 'warning', 'error'])
const instant = z.number().int().describe('Milliseconds since the Unix epoch')
const workload = z.object({ kind: z.string(), name: z.string() })

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
    workload: workload.nullable(),
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

export const problemSchema = z
  .object({
    id: z.string(),
    kind: z.string(),
    severity,
    subject: z.object({ kind: z.string(), namespace: z.string(), name: z.string(), uid: z.string() }),
    container: z.string().nullable(),
    workload: workload.nullable(),
    since: instant,
    title: z.string(),
    detail: z.string(),
  })
  .loose()
  .meta({ id: 'Problem' })

export const problemsResponseSchema = z.object({
  cluster: z.string(),
  observedAt: instant.nullable(),
  items: z.array(problemSchema),
})

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

export const errorSchema = z.object({ error: z.string().describe('What was wrong, naming the field, and the remedy') })
