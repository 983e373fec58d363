import { z } from 'zod'
import { instant, pairsSchema, roleFindingSchema } from './basic-schemas.ts'
import { evidenceSchema } from './problem-schemas.ts'

/** Containers of a pod, with their probes, runs and loops. */

const seconds = z.number().int()

const handlerSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('httpGet'), scheme: z.string(), host: z.string(), port: z.string(), path: z.string() }),
  z.object({ type: z.literal('tcpSocket'), host: z.string(), port: z.string() }),
  z.object({ type: z.literal('exec'), command: z.array(z.string()) }),
  z.object({ type: z.literal('grpc'), port: z.string(), service: z.string() }),
  z.object({ type: z.literal('unknown') }),
])

export const probeSchema = z
  .object({
    handler: handlerSchema,
    initialDelaySeconds: seconds,
    periodSeconds: seconds,
    timeoutSeconds: seconds,
    successThreshold: z.number().int(),
    failureThreshold: z.number().int(),
    terminationGracePeriodSeconds: seconds.nullable(),
  })
  .describe('Effective values: Kubernetes’ defaults are filled in')
  .meta({ id: 'Probe' })

export const probeKindSchema = z.enum(['liveness', 'readiness', 'startup'])

export const containerTypeSchema = z
  .enum(['init', 'sidecar', 'main'])
  .describe('sidecar: an init container with restartPolicy Always')

const stateSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('waiting'), reason: z.string(), message: z.string() }),
  z.object({ type: z.literal('running'), startedAt: instant.nullable() }),
  z.object({
    type: z.literal('terminated'),
    exitCode: z.number().int(),
    signal: z.number().int(),
    reason: z.string(),
    message: z.string(),
    startedAt: instant.nullable(),
    finishedAt: instant.nullable(),
    containerID: z.string(),
  }),
  z.object({ type: z.literal('none') }),
])

export const runCauseSchema = z
  .object({
    type: z.string().describe('oom, liveness, startup, exit, signal, completed, executable, hook, …'),
    words: z.string(),
    endedBy: z.enum(['kubelet', 'kernel', 'itself', 'user', 'node', 'unknown']),
    certain: z.boolean().describe('Kubernetes says so; otherwise it is what the signs point to'),
    evidence: z.array(evidenceSchema),
  })
  .meta({ id: 'RunCause' })

const runSchema = z.object({
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
  exitCode: z.number().int().nullable(),
  signal: z.number().int().nullable(),
  reason: z.string(),
  message: z.string(),
  cause: runCauseSchema.nullable(),
})

const initStepSchema = z.object({
  index: z.number().int(),
  state: z.enum(['done', 'running', 'waiting', 'failed', 'started']),
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
  tries: z.number().int(),
  blocks: z.boolean(),
})

const span = z.number().describe('Milliseconds')

const loopSchema = z.object({
  since: instant,
  restarts: z.number().int(),
  cause: runCauseSchema,
  backOffMs: span.nullable(),
  nextAttemptAt: instant.nullable(),
  nextAttemptUntil: instant.nullable(),
  followingBackOffMs: span.nullable(),
  maximumMs: span.nullable(),
  overAt: instant.nullable(),
  words: z.string(),
})

const probeDetailSchema = z
  .object({
    kind: probeKindSchema,
    probe: probeSchema,
    defaulted: z.array(z.string()),
    sentence: z.string(),
    state: z.enum(['passing', 'failing', 'not-started', 'held-back', 'unknown']),
    evidence: z.string(),
    source: evidenceSchema.shape.source.nullable(),
    inARow: z.object({ count: z.number().int(), of: z.number().int(), exact: z.boolean() }).nullable(),
    lastFailure: z
      .object({
        at: instant,
        count: z.number().int(),
        message: z.string(),
        type: z.string(),
        httpCode: z.number().int().nullable(),
        output: z.string(),
        words: z.string(),
      })
      .nullable(),
    failures: z
      .object({ total: z.number().int(), since: instant, perHour: z.number().nullable(), exact: z.boolean() })
      .nullable(),
    startup: z
      .object({
        beganAt: instant,
        budgetMs: span,
        earliestEndAt: instant,
        endsAt: instant,
        latestEndAt: instant,
        // biome-ignore lint/suspicious/noThenProperty: that is its name in the answer
        then: z.string(),
      })
      .nullable(),
    counters: z
      .object({ successful: z.number(), failed: z.number(), unknown: z.number(), at: instant })
      .nullable()
      .describe('The kubelet’s own, where they are collected'),
    next: z.object({ text: z.string(), at: instant.nullable() }).nullable(),
  })
  .meta({ id: 'ProbeState' })

export const containerSchema = z
  .object({
    name: z.string(),
    type: containerTypeSchema,
    role: roleFindingSchema,
    restartPolicy: z.enum(['Always', 'OnFailure', 'Never']),
    restartRules: z.array(z.object({ action: z.string(), operator: z.string(), values: z.array(z.number().int()) })),
    image: z.string(),
    state: stateSchema,
    lastState: stateSchema,
    ready: z.boolean(),
    started: z.boolean().nullable(),
    restartCount: z.number().int(),
    runs: z.array(runSchema),
    waiting: runCauseSchema.nullable().describe('Why it can’t start; null where it runs or waits its turn'),
    init: initStepSchema.nullable(),
    probes: z.array(probeDetailSchema),
    requests: pairsSchema,
    limits: pairsSchema,
    loop: loopSchema.nullable(),
  })
  .meta({ id: 'Container' })
