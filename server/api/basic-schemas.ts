import { z } from 'zod'

/** What the shapes of the HTTP API have in common. */

export const severity = z.enum(['ok', 'progress', 'warning', 'error'])

export const instant = z.number().int().describe('Milliseconds since the Unix epoch')

export const workloadRefSchema = z.object({ kind: z.string(), name: z.string() })

export const containerRoleSchema = z.enum([
  'main',
  'init',
  'native-sidecar',
  'sidecar',
  'ambassador',
  'adapter',
  'injected',
])

export const roleFindingSchema = z
  .object({
    role: containerRoleSchema,
    product: z.string().nullable(),
    confidence: z.enum(['certain', 'likely', 'guess']),
    evidence: z.array(z.string()),
  })
  .meta({ id: 'ContainerRole' })

export const conditionSchema = z
  .object({
    type: z.string(),
    status: z.string(),
    reason: z.string(),
    message: z.string(),
    lastTransitionTime: instant.nullable(),
  })
  .meta({ id: 'Condition' })

/** Labels and quantities: pairs in the order of their names. */
export const pairsSchema = z.array(z.tuple([z.string(), z.string()]))

export const serviceSchema = z.object({
  name: z.string(),
  readyAddresses: z.number().int(),
  addresses: z.number().int(),
  outage: z.boolean().describe('It has pods and none of them gets its traffic'),
})

/** Names in paths. Kubernetes allows 253 characters. */
export const nameSchema = z.string().min(1).max(253)

export const errorSchema = z.object({ error: z.string().describe('What was wrong, naming the field, and the remedy') })
