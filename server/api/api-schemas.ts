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

export const placementItemSchema = z
  .object({
    id: z.string(),
    namespace: z.string(),
    workload,
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

const evidence = z.object({
  source: z.enum(['status', 'condition', 'event', 'spec', 'counter', 'history']),
  path: z.string(),
  text: z.string(),
  at: instant.nullable(),
  count: z.number().int().nullable(),
})

const runCause = z
  .object({
    type: z.string().describe('oom, liveness, startup, exit, signal, completed, executable, hook, …'),
    words: z.string(),
    endedBy: z.enum(['kubelet', 'kernel', 'itself', 'user', 'node', 'unknown']),
    certain: z.boolean().describe('Kubernetes says so; otherwise it is what the signs point to'),
    evidence: z.array(evidence),
  })
  .meta({ id: 'RunCause' })

export const podHistoryResponseSchema = z.object({
  runs: z.array(
    z.looseObject({
      container: z.string(),
      startedAt: instant.nullable(),
      finishedAt: instant.nullable(),
      cause: runCause.nullish().describe('Why it ended; null while it goes on'),
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

export const errorSchema = z.object({ error: z.string().describe('What was wrong, naming the field, and the remedy') })
