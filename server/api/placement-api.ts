import { setImmediate } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { WhatIfError } from '../../domain/placement/what-if.ts'
import { type WhatIfRequest, whatIfRequestSchema } from '../../domain/placement/what-if-request.ts'
import type { WhatIfResult } from '../../domain/placement/what-if-result.ts'
import type { Access } from './access.ts'
import { errorSchema } from './api-schemas.ts'
import { type ItemSource, streamItems } from './item-stream.ts'
import {
  affinityResponseSchema,
  pendingResponseSchema,
  placementResponseSchema,
  risksResponseSchema,
  whatIfResponseSchema,
} from './placement-schemas.ts'

/** What the API tells of placement. Everything is as of the call. */
export interface PlacementApiSource extends ItemSource {
  placement(): Iterable<object>
  pending(): Iterable<object>
  affinity(): Iterable<object>
  risks(): Iterable<object>
  /** Works in slices. Throws WhatIfError where the request names what isn't there. */
  whatIf(request: WhatIfRequest): Generator<void, WhatIfResult>
}

/** A request may name thousands of nodes. */
const whatIfBodyLimit = 512 * 1024
/** Each may take seconds of computing in a large cluster. */
const whatIfsAtOnce = 2

export function servePlacement(app: FastifyInstance, source: PlacementApiSource, access: Access): void {
  const lists = [
    ['', 'Topology spread constraints in use, with counts per domain', placementResponseSchema, source.placement],
    ['/pending', 'Pods without a node, and why: the longest waiting first', pendingResponseSchema, source.pending],
    [
      '/affinity',
      'How affinity rules of running pods hold: broken ones first',
      affinityResponseSchema,
      source.affinity,
    ],
    ['/risks', 'How workloads lie, and what a zone’s loss takes: the worst first', risksResponseSchema, source.risks],
  ] as const
  for (const [path, summary, schema, items] of lists) {
    app.get(`/api/v1/placement${path}`, { schema: { summary, response: { 200: schema } } }, async (_request, reply) =>
      reply.type('application/json').send(streamItems(source, items.call(source))),
    )
  }
  let running = 0
  app.post(
    '/api/v1/placement/what-if',
    {
      bodyLimit: whatIfBodyLimit,
      schema: {
        summary: 'What would come of a loss, a scaling, new nodes or another constraint: computed, nothing is changed',
        body: whatIfRequestSchema,
        response: { 200: whatIfResponseSchema, 400: errorSchema, 403: errorSchema, 415: errorSchema, 429: errorSchema },
      },
      // Answers go out as they are: the tests check them against their schema.
      serializerCompiler: () => (data: unknown) => JSON.stringify(data),
      onRequest: async (request, reply) => {
        const foreign = access.refuseOrigin(request.raw)
        if (foreign) return reply.code(403).send({ error: foreign })
        // What a form can send must not come in here.
        if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
          return reply.code(415).send({ error: 'content-type: must be application/json' })
        }
        return undefined
      },
    },
    async (request, reply) => {
      if (running >= whatIfsAtOnce) {
        return reply.code(429).header('retry-after', '1').send({ error: 'others are being worked out; ask again' })
      }
      running += 1
      try {
        const result = await inSlices(source.whatIf(request.body as WhatIfRequest))
        return { cluster: source.cluster(), observedAt: source.observedAt(), ...result }
      } catch (error) {
        if (error instanceof WhatIfError) return reply.code(400).send({ error: error.message })
        throw error
      } finally {
        running -= 1
      }
    },
  )
}

/** Lets everything else go on between two slices of the work. */
async function inSlices<T>(work: Generator<void, T>): Promise<T> {
  let step = work.next()
  while (!step.done) {
    await setImmediate()
    step = work.next()
  }
  return step.value
}
