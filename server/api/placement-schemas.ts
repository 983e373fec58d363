import { z } from 'zod'
import { instant, workloadRefSchema as workload } from './basic-schemas.ts'

/** Shapes of the HTTP API's answers about placement, v1. */

const count = z.number().int().min(0)
const domain = z.object({ value: z.string(), count })

const list = <T extends z.ZodType>(item: T) =>
  z.object({ cluster: z.string(), observedAt: instant.nullable(), items: z.array(item) })

const spreadConstraintSchema = z.object({
  id: z.string(),
  namespace: z.string(),
  workload,
  topologyKey: z.string(),
  maxSkew: z.number().int(),
  minDomains: z.number().int().nullable(),
  whenUnsatisfiable: z.string(),
  domains: z.array(domain),
  globalMinimum: count.describe('Smallest count of an eligible domain; 0 where there are fewer than minDomains'),
  skew: count.describe('Largest count of an eligible domain minus globalMinimum'),
  violated: z.boolean(),
  nextPodDomains: z.array(z.string()).describe('Domains to which this constraint lets the next pod go'),
  surplus: z.array(z.object({ value: z.string(), pods: count })).describe('Pods that are too many, by domain'),
  healing: z
    .object({ transient: z.boolean(), why: z.string(), actions: z.array(z.string()) })
    .nullable()
    .describe('Whether it mends itself, and what helps; null where it isn’t violated'),
  revision: z.string().describe('Values of matchLabelKeys'),
  pods: count.describe('Pods that carry the constraint'),
})

export const placementItemSchema = spreadConstraintSchema
  .extend({
    domains: z
      .array(domain.extend({ eligible: z.boolean() }))
      .describe('Those that aren’t eligible have no node that counts: the scheduler doesn’t see them'),
  })
  .meta({ id: 'SpreadConstraint' })

/** As pods and workloads carry it: of many domains the fullest and the emptiest only. */
export const placementGroupSchema = spreadConstraintSchema
  .extend({
    domainCount: count.describe('All eligible domains'),
    excludedDomains: z.array(domain).describe('Domains that don’t count: no node of theirs is eligible'),
    nextPodDomainCount: count,
    surplusPods: count.describe('Pods that are too many, in all domains'),
  })
  .meta({ id: 'SpreadOfWorkload' })

export const placementResponseSchema = list(placementItemSchema)

export const pendingPodSchema = z
  .object({
    uid: z.string(),
    namespace: z.string(),
    name: z.string(),
    workload: workload.nullable(),
    since: instant,
    state: z.enum(['gated', 'unschedulable', 'fitting', 'waiting']),
    gates: z.array(z.string()),
    scheduler: z.string(),
    priority: z.number().int(),
    nominatedNode: z.string().nullable(),
    said: z
      .array(
        z.object({
          source: z.enum(['condition', 'event']),
          message: z.string(),
          at: instant,
          agrees: z.boolean().nullable().describe('Its reasons and counts are those that are found now'),
        }),
      )
      .describe('What the scheduler has said itself, newest first'),
    explanation: z
      .object({
        message: z.string().describe('What the scheduler would say now'),
        nodes: count,
        feasible: count,
        feasibleNodes: z.array(z.string()),
        reasons: z.array(
          z.object({
            reason: z.string().describe('The scheduler’s words'),
            kind: z.string(),
            words: z.string().describe('Plain words, after "n nodes"'),
            preemptible: z.boolean(),
            nodes: count,
            examples: z.array(z.string()),
          }),
        ),
        changes: z
          .array(z.object({ kind: z.string(), text: z.string(), nodes: count, node: z.string() }))
          .nullable()
          .describe('Each alone would let the pod be placed; null while that is being tried'),
        unseen: z.array(z.string()),
      })
      .nullable(),
  })
  .meta({ id: 'PendingPod' })

export const pendingResponseSchema = list(pendingPodSchema)

export const affinityItemSchema = z
  .object({
    id: z.string(),
    namespace: z.string(),
    workload,
    broken: z.array(
      z.object({
        kind: z.string(),
        words: z.string(),
        effect: z.enum(['stays', 'evicts']),
        pods: count,
        examples: z.array(z.object({ pod: z.string(), node: z.string(), with: z.string().nullable() })),
      }),
    ),
    preferred: z.array(
      z.object({ kind: z.string(), words: z.string(), weight: z.number().int(), pods: count, met: count }),
    ),
    weightMet: count,
    weightPossible: count,
  })
  .meta({ id: 'AffinityStanding' })

export const affinityResponseSchema = list(affinityItemSchema)

const loss = z.object({ domain: z.string(), ready: count, fraction: z.number().min(0).max(1) }).nullable()

export const riskItemSchema = z
  .object({
    id: z.string(),
    namespace: z.string(),
    workload,
    pods: count,
    ready: count,
    zones: count,
    nodes: count,
    zoneLoss: loss.describe('What the loss of the worst zone takes of the ready pods'),
    nodeLoss: loss,
    assumed: z
      .array(
        z.object({
          topologyKey: z.string(),
          maxSkew: z.number().int(),
          whenUnsatisfiable: z.string(),
          domains: z.array(domain),
          domainCount: count,
          globalMinimum: count,
          skew: count,
          violated: z.boolean(),
        }),
      )
      .describe('By the scheduler’s default constraints, which are assumed unless --default-spread tells them'),
    risk: z
      .object({
        kind: z.enum(['one-zone', 'one-node']),
        domain: z.string(),
        constraint: z.string().describe('YAML to paste into the pod template’s spec'),
      })
      .nullable(),
  })
  .meta({ id: 'WorkloadSpread' })

export const risksResponseSchema = list(riskItemSchema)

const skew = z.object({ skew: count, violated: z.boolean(), globalMinimum: count, domains: z.array(domain) })

export const whatIfResponseSchema = z
  .object({
    cluster: z.string(),
    observedAt: instant.nullable(),
    lost: z.object({ nodes: count, pods: count, notReplaced: count }),
    workloads: z.array(
      z.object({
        namespace: z.string(),
        workload,
        pods: count,
        ready: count,
        lost: count,
        readyLeft: count,
        toZero: z.boolean(),
        wanted: count,
        placed: count,
        unplaced: count,
        notSimulated: count,
        zones: z.array(
          z.object({
            zone: z.string().describe('Empty: on nodes without a zone'),
            before: count,
            after: count,
            pods: count.describe('New ones'),
            decided: count.describe('Of these, no other zone would take'),
          }),
        ),
        nodes: z.array(z.object({ node: z.string(), pods: count })),
        message: z.string(),
      }),
    ),
    budgets: z
      .array(
        z.object({
          namespace: z.string(),
          name: z.string(),
          desiredHealthy: count,
          healthyBefore: count,
          healthyAfter: count,
          under: z.boolean(),
        }),
      )
      .nullable(),
    constraints: z.array(
      z.object({
        namespace: z.string(),
        workload,
        topologyKey: z.string(),
        maxSkew: z.number().int(),
        whenUnsatisfiable: z.string(),
        before: skew.nullable(),
        after: skew,
      }),
    ),
    complete: z.boolean(),
    assumptions: z.array(z.string()),
  })
  .meta({ id: 'WhatIfResult' })
