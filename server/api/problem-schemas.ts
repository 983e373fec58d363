import { z } from 'zod'
import { containerRoleSchema, instant, severity, workloadRefSchema } from './basic-schemas.ts'

/** Problems and their groups. */

export const evidenceSchema = z
  .object({
    source: z.enum(['status', 'condition', 'event', 'spec', 'counter', 'history']),
    path: z.string().describe('Kubernetes’ own path or name'),
    text: z.string(),
    at: instant.nullable(),
    count: z.number().int().nullable(),
  })
  .meta({ id: 'Evidence' })

const story = {
  evidence: z.array(evidenceSchema),
  next: z
    .object({ text: z.string(), at: instant.nullable() })
    .nullable()
    .describe('What Kubernetes does next, and when where that can be known'),
  advice: z.array(
    z.object({
      text: z.string(),
      command: z.string().nullable().describe('For a POSIX shell; reading ones come first'),
    }),
  ),
  docs: z.url().describe('The page of kubernetes.io on the mechanism'),
}

export const rolloutSchema = z
  .object({
    revision: z.string(),
    kind: z.string(),
    name: z.string(),
    at: instant,
    images: z.array(z.object({ container: z.string(), from: z.string(), to: z.string() })),
    changes: z.array(z.string()).describe('What else changed in the template, in words'),
    before: z.object({ revision: z.string(), readyPods: z.number().int() }),
    deadlineAt: instant.nullable().describe('When the Deployment is, or was, reported as failed to progress'),
  })
  .meta({ id: 'Rollout' })

const told = {
  id: z.string(),
  kind: z.string(),
  severity,
  cause: z.string().describe('What puts the problems of one workload together: liveness, oom, exit/3, image …'),
  workload: workloadRefSchema.nullable(),
  role: containerRoleSchema.nullable(),
  title: z.string(),
  detail: z.string(),
  since: instant,
  lastSeenAt: instant.describe('The last sign of it that has a time of its own'),
}

export const podProblemSchema = z
  .object({
    ...told,
    subject: z.object({ kind: z.string(), namespace: z.string(), name: z.string(), uid: z.string() }),
    container: z.string().nullable(),
    ...story,
  })
  .meta({ id: 'Problem' })

export const problemGroupSchema = z
  .object({
    ...told,
    namespace: z.string(),
    affects: z
      .object({
        pods: z.number().int(),
        podsTotal: z.number().int().describe('Pods of the workload'),
        containers: z.array(z.string()),
        subjects: z.array(
          z.object({
            kind: z.string(),
            namespace: z.string(),
            name: z.string(),
            uid: z.string(),
            container: z.string().nullable(),
            since: instant,
          }),
        ),
        services: z.array(z.string()),
      })
      .describe('Counts are exact, lists hold at most 50'),
    rollout: rolloutSchema
      .nullable()
      .describe('The new revision that began it; null where none did or that is not known'),
    explainedBy: z.array(z.string()).describe('For a Service without a ready address: ids of the groups that tell why'),
    ...story,
  })
  .meta({ id: 'ProblemGroup' })

export const problemsResponseSchema = z.object({
  cluster: z.string(),
  observedAt: instant.nullable(),
  items: z.array(problemGroupSchema),
})
