import { Readable } from 'node:stream'
import { constants as zlib } from 'node:zlib'
import compress from '@fastify/compress'
import helmet from '@fastify/helmet'
import swagger from '@fastify/swagger'
import Fastify, { type FastifyInstance } from 'fastify'
import {
  createJsonSchemaTransform,
  jsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
} from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { ProblemGroup } from '../../domain/health/problem.ts'
import type { PodRow } from '../../domain/live/pod-row.ts'
import { podFilter } from '../../domain/live/pods-view.ts'
import type { PodDetail, PodEvent, WorkloadDetail } from '../../domain/live/protocol.ts'
import type { WorkloadKind } from '../../domain/model/workload.ts'
import type { SpreadGroupResult } from '../../domain/placement/spread-group.ts'
import type { Access } from './access.ts'
import {
  errorSchema,
  initStepsRequestSchema,
  initStepsResponseSchema,
  placementResponseSchema,
  podHistoryRequestSchema,
  podHistoryResponseSchema,
  podRequestSchema,
  podResponseSchema,
  podsRequestSchema,
  podsResponseSchema,
  problemsResponseSchema,
  readinessResponseSchema,
  workloadRequestSchema,
  workloadResponseSchema,
} from './api-schemas.ts'
import { serveLogin } from './login.ts'
import { servePages } from './pages.ts'

/** What the HTTP API reads. Everything is as of the call. */
export interface ApiSource {
  cluster(): string
  observedAt(): number | null
  pods(): Iterable<PodRow>
  /** Null: there is no such pod. */
  pod(namespace: string, name: string): { readonly pod: PodDetail; readonly events: readonly PodEvent[] } | null
  /** Null: there is no such workload. */
  workload(namespace: string, kind: WorkloadKind, name: string): WorkloadDetail | null
  placement(): Iterable<SpreadGroupResult>
  /** The worst first. */
  problems(): Iterable<ProblemGroup>
  /** What history keeps of a pod (podHistoryResponseSchema); null where that is nothing. */
  podHistory(uid: string): Promise<object | null>
  /** How long a workload's pods have taken for each init container; null while there is no history. */
  initSteps(which: z.infer<typeof initStepsRequestSchema>): Promise<readonly object[] | null>
  readiness(): z.infer<typeof readinessResponseSchema>
  metrics(): Promise<{ contentType: string; text: string }>
}

/** The HTTP side of the service: API, metrics, health and pages. It answers GETs (and the login form) and nothing else. */
export async function makeHttpServer(options: {
  source: ApiSource
  access: Access
  pages: string
  version: string
}): Promise<FastifyInstance> {
  const { source, access } = options
  const app = Fastify({
    logger: false,
    bodyLimit: 4_096,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 300 },
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  await app.register(helmet, {
    // Pages bring their own policy with the hashes of their scripts; everything else may load nothing.
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'no-referrer' },
  })
  await app.register(compress, {
    threshold: 1_024,
    encodings: ['br', 'gzip'],
    brotliOptions: { params: { [zlib.BROTLI_PARAM_QUALITY]: 4 } },
  })
  app.addHook('onRequest', async (request, reply) => {
    const foreign = access.refuseHost(request.raw)
    if (foreign) return reply.code(421).send({ error: foreign })
    const path = request.url.split('?')[0]
    if (path === '/login' || path === '/healthz' || path === '/readyz') return
    const refusal = access.refuseToken(request.raw)
    if (!refusal) return
    if (request.headers.accept?.includes('text/html')) return reply.redirect('/login', 303)
    return reply.code(401).header('www-authenticate', 'Bearer').send({ error: refusal })
  })
  app.setErrorHandler((error: Error & { validation?: unknown; statusCode?: number }, _request, reply) => {
    const code = error.statusCode ?? 500
    // What went wrong inside is for the log and not for whoever asks.
    return reply.code(code).send({ error: code < 500 ? error.message : 'internal error; see the service log' })
  })
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Plumbline',
        version: options.version,
        description: 'Health and placement of the pods of one Kubernetes cluster. Read only.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
    },
    transform: createJsonSchemaTransform({ skipList: [] }),
    transformObject: jsonSchemaTransformObject,
  })
  if (access.needsToken) serveLogin(app, access)
  serveReads(app, source)
  app.get('/api/v1/openapi.json', { schema: { hide: true } }, () => app.swagger())
  await servePages(app, options.pages)
  return app
}

/** Answers go out as they are: they are checked against their schemas by the tests, not each time. */
const asJson = () => (data: unknown) => JSON.stringify(data)

function serveReads(app: FastifyInstance, source: ApiSource): void {
  app.get(
    '/api/v1/pods',
    {
      schema: {
        summary: 'Pods as kubectl prints them',
        querystring: podsRequestSchema,
        response: { 200: podsResponseSchema, 400: errorSchema },
      },
    },
    async (request, reply) => {
      const matches = podFilter(request.query as z.infer<typeof podsRequestSchema>)
      return reply.type('application/json').send(streamItems(source, filter(source.pods(), matches)))
    },
  )
  app.get(
    '/api/v1/placement',
    {
      schema: {
        summary: 'Topology spread constraints in use, with counts per domain',
        response: { 200: placementResponseSchema },
      },
    },
    async (_request, reply) => reply.type('application/json').send(streamItems(source, source.placement())),
  )
  app.get(
    '/api/v1/problems',
    {
      schema: {
        summary: 'What is out of true now, by workload and cause, the worst first',
        response: { 200: problemsResponseSchema },
      },
    },
    async (_request, reply) => reply.type('application/json').send(streamItems(source, source.problems())),
  )
  app.get(
    '/api/v1/pods/:namespace/:name',
    {
      schema: {
        summary: 'All that is known of one pod: containers, probes, runs, problems, Services, events',
        params: podRequestSchema,
        response: { 200: podResponseSchema, 404: errorSchema },
      },
      serializerCompiler: asJson,
    },
    async (request, reply) => {
      const { namespace, name } = request.params as z.infer<typeof podRequestSchema>
      const found = source.pod(namespace, name)
      if (found) return { cluster: source.cluster(), observedAt: source.observedAt(), ...found }
      return reply.code(404).send({ error: `there is no pod ${name} in namespace ${namespace}, or it can't be read` })
    },
  )
  app.get(
    '/api/v1/workloads/:namespace/:kind/:name',
    {
      schema: {
        summary: 'One workload: revisions, problems, pods, Services, containers with their probes',
        params: workloadRequestSchema,
        response: { 200: workloadResponseSchema, 400: errorSchema, 404: errorSchema },
      },
      serializerCompiler: asJson,
    },
    async (request, reply) => {
      const { namespace, kind, name } = request.params as z.infer<typeof workloadRequestSchema>
      const workload = source.workload(namespace, kind, name)
      if (workload) return { cluster: source.cluster(), observedAt: source.observedAt(), workload }
      return reply
        .code(404)
        .send({ error: `there is no ${kind} ${name} in namespace ${namespace}, or it can't be read` })
    },
  )
  app.get(
    '/api/v1/history/pods/:uid',
    {
      schema: {
        summary: 'What is kept of one pod: container runs, probe failures, readiness changes',
        params: podHistoryRequestSchema,
        response: { 200: podHistoryResponseSchema, 404: errorSchema, 503: errorSchema },
      },
      serializerCompiler: asJson,
    },
    async (request, reply) => {
      const { uid } = request.params as z.infer<typeof podHistoryRequestSchema>
      const history = await source.podHistory(uid)
      return history ?? reply.code(404).send({ error: `history knows no pod with uid ${uid}` })
    },
  )
  app.get(
    '/api/v1/history/init-steps',
    {
      schema: {
        summary: 'How long the init containers of a workload’s pods have taken',
        querystring: initStepsRequestSchema,
        response: { 200: initStepsResponseSchema, 400: errorSchema, 503: errorSchema },
      },
      serializerCompiler: asJson,
    },
    async (request, reply) => {
      const which = request.query as z.infer<typeof initStepsRequestSchema>
      const items = await source.initSteps(which)
      if (!items) return reply.code(503).send({ error: 'there is no history; the status page says why' })
      return { cluster: source.cluster(), items }
    },
  )
  app.get(
    '/healthz',
    { schema: { summary: 'The process answers', response: { 200: z.object({ status: z.literal('ok') }) } } },
    async () => ({ status: 'ok' as const }),
  )
  app.get(
    '/readyz',
    {
      schema: {
        summary: 'Every permitted kind has been read',
        response: { 200: readinessResponseSchema, 503: readinessResponseSchema },
      },
    },
    async (_request, reply) => {
      const readiness = source.readiness()
      return reply.code(readiness.ready ? 200 : 503).send(readiness)
    },
  )
  app.get('/metrics', { schema: { summary: 'Prometheus metrics' } }, async (_request, reply) => {
    const { contentType, text } = await source.metrics()
    return reply.type(contentType).send(text)
  })
}

function* filter(rows: Iterable<PodRow>, matches: (row: PodRow) => boolean): Generator<PodRow> {
  for (const row of rows) if (matches(row)) yield row
}

/** Items as JSON in pieces, so that 150,000 of them neither block the event loop nor stand in memory as one text. */
function streamItems(source: ApiSource, items: Iterable<object>): Readable {
  return Readable.from(pieces(source, items), { objectMode: false, highWaterMark: 256 * 1024 })
}

function* pieces(source: ApiSource, items: Iterable<object>): Generator<string> {
  yield `{"cluster":${JSON.stringify(source.cluster())},"observedAt":${JSON.stringify(source.observedAt())},"items":[`
  let piece = ''
  let first = true
  for (const item of items) {
    piece += (first ? '' : ',') + JSON.stringify(item)
    first = false
    if (piece.length > 64 * 1024) {
      yield piece
      piece = ''
    }
  }
  yield `${piece}]}`
}
