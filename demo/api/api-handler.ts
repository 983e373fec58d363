import type { IncomingMessage, ServerResponse } from 'node:http'
import { answerBytes, answerPieces, answerRefusal, answerText, openStream } from './answer.ts'
import { type ApiRequest, readRequest } from './api-request.ts'
import { discoveryText } from './discovery.ts'
import { listPieces, readList, selectorOf } from './list.ts'
import type { ObjectStore } from './object-store.ts'
import { objectBytes } from './object-text.ts'
import type { RequestFaults } from './request-faults.ts'
import type { LoggedRequest, RequestLog } from './request-log.ts'
import { groupVersionOf, type Resource } from './resource.ts'
import { invalidOption, type Refusal, refusal, tooLarge, tooOld } from './status.ts'
import { forbid, type Users } from './users.ts'
import { Watcher } from './watcher.ts'

export interface ApiFeatures {
  /** False: WatchList is refused with 422. */
  readonly watchList: boolean
  readonly bookmarks: boolean
  readonly pagination: boolean
  /** Long lists are compressed for clients that accept it. */
  readonly gzip: boolean
  /** How a watch from a compacted revision is refused: inside HTTP 200, as the watch cache does, or by HTTP 410. */
  readonly expiredWatch: 'event' | 'status'
  /** A watch from a revision that doesn't exist yet: waits in silence, as the watch cache does, or 504. */
  readonly futureWatch: 'silent' | 'error'
}

export interface ApiHandlerOptions {
  readonly store: ObjectStore
  readonly resources: readonly Resource[]
  readonly features: ApiFeatures
  readonly gitVersion: string
  readonly users: Users
  readonly log: RequestLog
  readonly faults: RequestFaults
  readonly watchers: Set<Watcher>
  /** What a node's kubelet answers at /metrics/probes; null where it can't be reached. */
  readonly probeMetrics: (node: string) => string | null
  readonly bookmarkIntervalMs: number
  readonly watchBacklog: number
  /** Revisions by which the server pretends to be behind (a lagging replica of the control plane). */
  readonly lag: () => number
  /** A watch has been opened, nothing of it sent yet. */
  readonly onWatch: (watcher: Watcher) => void
}

const absent = refusal(404, 'the server could not find the requested resource')

/** Answers every request of the demo API server. */
export class ApiHandler {
  readonly #options: ApiHandlerOptions

  constructor(options: ApiHandlerOptions) {
    this.#options = options
    for (const collection of options.store.collections) {
      collection.onChange = () => {
        for (const watcher of options.watchers) if (watcher.plural === collection.plural) watcher.schedule()
      }
    }
  }

  readonly handle = (request: IncomingMessage, response: ServerResponse): void => {
    // Bodies are never read: nothing here takes one.
    request.resume()
    response.on('error', () => {})
    this.#handle(request, response).catch((error: unknown) => {
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
      if (response.headersSent) response.destroy()
      else answerRefusal(response, refusal(500, message))
    })
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { resources, users, faults } = this.#options
    const asked = readRequest(request, resources)
    const user = users.authenticate(request.headers.authorization)
    const refusedUser = user !== null && 'code' in user ? user : null
    const name = user !== null && !('code' in user) ? user.name : ''
    this.#log(request, response, asked, name)
    let cutAfter: number | null = null
    for (const fault of asked ? faults.take(asked) : []) {
      if (fault.type === 'refuse') return answerRefusal(response, fault.refusal)
      if (fault.type === 'body') return answerText(response, fault.code, fault.text)
      if (fault.type === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.ms))
      if (fault.type === 'stall') await faults.stall()
      if (fault.type === 'reset') return void request.socket.destroy()
      if (fault.type === 'truncate') cutAfter = fault.characters
    }
    if (response.destroyed) return
    if (refusedUser) return answerRefusal(response, refusedUser)
    if (!asked) {
      const known = resources.some(
        (each) => request.url?.startsWith(`/api/v1/`) || request.url?.startsWith(`/apis/${groupVersionOf(each)}/`),
      )
      return known ? answerRefusal(response, absent) : answerText(response, 404, '404 page not found\n')
    }
    if (request.method !== 'GET') {
      return answerRefusal(response, refusal(405, 'the server does not allow this method on the requested resource'))
    }
    if (!asked.resource) {
      const text = discoveryText(asked.path, resources, this.#options.gitVersion)
      return text === null ? answerRefusal(response, absent) : answerText(response, 200, text)
    }
    const person = user !== null && !('code' in user) ? user : null
    // The name that a namespace's own object has is also the namespace in which RBAC looks.
    const scope = asked.resource.plural === 'namespaces' ? asked.name : asked.namespace
    const forbidden = forbid(person, asked.verb, asked.resource, scope, asked.name, asked.rest.split('/')[0])
    if (forbidden) return answerRefusal(response, forbidden)
    if (asked.rest !== '') return this.#proxy(response, asked.name)
    if (asked.verb === 'get') return this.#get(response, asked, asked.resource)
    if (asked.verb === 'list') {
      return this.#list(response, asked, asked.resource, String(request.headers['accept-encoding'] ?? ''), cutAfter)
    }
    const refused = this.#watch(response, asked, asked.resource)
    if (refused) answerRefusal(response, refused)
  }

  #log(request: IncomingMessage, response: ServerResponse, asked: ApiRequest | null, user: string): void {
    const entry: LoggedRequest = {
      verb: asked?.verb ?? 'discovery',
      plural: asked?.resource?.plural ?? '',
      namespace: asked?.namespace ?? '',
      name: asked?.name ?? '',
      path: (request.url ?? '').split('?')[0] ?? '',
      parameters: Object.fromEntries(asked?.parameters ?? []),
      user,
      userAgent: request.headers['user-agent'] ?? '',
      at: Date.now(),
      status: 0,
    }
    this.#options.log.add(entry)
    const { writeHead } = response
    response.writeHead = ((...given: Parameters<typeof writeHead>) => {
      entry.status = given[0]
      return writeHead.apply(response, given)
    }) as typeof writeHead
  }

  #get(response: ServerResponse, { namespace, name }: ApiRequest, resource: Resource): void {
    const stored = this.#options.store.collection(resource.plural).get(namespace, name)
    if (stored) {
      answerBytes(response, 200, objectBytes(stored, resource))
      return
    }
    const kind = resource.group === '' ? resource.plural : `${resource.plural}.${resource.group}`
    const details = { name, ...(resource.group !== '' && { group: resource.group }), kind: resource.plural }
    answerRefusal(response, refusal(404, `${kind} "${name}" not found`, { details }))
  }

  /** A kubelet's /metrics/probes, by way of the API server. */
  #proxy(response: ServerResponse, name: string): void {
    if (!this.#options.store.collection('nodes').get('', name)) {
      const details = { name, kind: 'nodes' }
      answerRefusal(response, refusal(404, `nodes "${name}" not found`, { details }))
      return
    }
    const text = this.#options.probeMetrics(name)
    if (text !== null) answerText(response, 200, text)
    else answerRefusal(response, refusal(503, 'error trying to reach service: dial tcp: connect: no route to host'))
  }

  async #list(
    response: ServerResponse,
    request: ApiRequest,
    resource: Resource,
    acceptEncoding: string,
    cutAfter: number | null,
  ): Promise<void> {
    const { store, features, lag } = this.#options
    const late = this.#tooLarge(request, store.revision - lag())
    const page =
      late ??
      readList(request, {
        collection: store.collection(resource.plural),
        revision: store.revision,
        now: store.clock.now(),
        pagination: features.pagination,
      })
    if ('code' in page) return answerRefusal(response, page)
    const gzip = features.gzip && /\bgzip\b/.test(acceptEncoding)
    await answerPieces(response, listPieces(page, resource), gzip, cutAfter)
  }

  /** Opens a watch, or says why not. */
  #watch(response: ServerResponse, request: ApiRequest, resource: Resource): Refusal | null {
    const { store, features, lag, watchers, bookmarkIntervalMs, watchBacklog, onWatch } = this.#options
    const { parameters } = request
    const collection = store.collection(resource.plural)
    const selector = selectorOf(request)
    if ('code' in selector) return selector
    const version = parameters.get('resourceVersion') ?? ''
    const wrong = this.#wrongWatchOptions(parameters)
    if (wrong) return wrong
    const streamed = features.watchList && parameters.get('sendInitialEvents') === 'true'
    const asked = Number(version)
    const current = store.revision
    if (asked > current - lag() && (features.futureWatch === 'error' || lag() > 0 || streamed)) {
      return tooLarge(asked, current - lag())
    }
    const fromRevision = asked > 0 && !streamed
    const expired = fromRevision && asked < collection.window.start ? tooOld(asked, collection.window.start) : null
    if (expired && features.expiredWatch === 'status') return expired
    openStream(response)
    const timeoutSeconds = Number(parameters.get('timeoutSeconds'))
    const watcher = new Watcher({
      response,
      resource,
      collection,
      namespace: request.namespace,
      selector: selector.test,
      initial: fromRevision ? null : collection.snapshot(current, store.clock.now()).objects,
      markInitialEnd: streamed,
      sequence: fromRevision && !expired ? collection.window.sequenceAfter(asked) : collection.window.nextSequence,
      startRevision: fromRevision ? asked : current,
      bookmarks: features.bookmarks && parameters.get('allowWatchBookmarks') === 'true',
      bookmarkIntervalMs,
      // The API server chooses between 30 and 60 minutes itself where the client doesn't.
      timeoutMs: timeoutSeconds > 0 ? timeoutSeconds * 1000 : 1_800_000 * (1 + Math.random()),
      backlog: watchBacklog,
      currentRevision: () => store.revision,
      onClosed: (closed) => watchers.delete(closed),
    })
    watchers.add(watcher)
    onWatch(watcher)
    watcher.pump()
    if (expired) watcher.error(expired)
    return null
  }

  #wrongWatchOptions(parameters: URLSearchParams): Refusal | null {
    const { watchList } = this.#options.features
    const version = parameters.get('resourceVersion') ?? ''
    const initial = parameters.get('sendInitialEvents')
    const match = parameters.get('resourceVersionMatch')
    if (version !== '' && !/^\d+$/.test(version)) {
      const reason = `strconv.ParseUint: parsing "${version}": invalid syntax`
      return refusal(500, `resourceVersion: Invalid value: "${version}": ${reason}`, { reason: '' })
    }
    if (initial !== null && !watchList) {
      return invalidOption(
        'sendInitialEvents',
        'sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled',
      )
    }
    if (initial === null && match !== null && match !== '') {
      return invalidOption(
        'resourceVersionMatch',
        'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
      )
    }
    if (initial !== null && match !== 'NotOlderThan') {
      return invalidOption(
        'resourceVersionMatch',
        'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
      )
    }
    return null
  }

  #tooLarge({ parameters }: ApiRequest, current: number): Refusal | null {
    const asked = Number(parameters.get('resourceVersion') ?? '')
    return asked > current ? tooLarge(asked, current) : null
  }
}
