import type { IncomingMessage } from 'node:http'
import { groupVersionOf, type Resource } from './resource.ts'

export type Verb = 'list' | 'watch' | 'get' | 'discovery'

/** What a client asks for, read from method, path and query. */
export interface ApiRequest {
  readonly verb: Verb
  readonly path: string
  /** Null for discovery and health. */
  readonly resource: Resource | null
  /** Empty: all namespaces, or a resource without any. */
  readonly namespace: string
  /** Of a single object; empty otherwise. */
  readonly name: string
  /** What comes after the object's name, `proxy/metrics/probes`; empty for the object itself. */
  readonly rest: string
  readonly parameters: URLSearchParams
}

/** Null where the path names nothing that is served. */
export function readRequest(request: IncomingMessage, resources: readonly Resource[]): ApiRequest | null {
  const url = parseUrl(request.url ?? '/')
  if (!url) return null
  const path = url.pathname.replace(/(?<=.)\/+$/, '')
  const parameters = url.searchParams
  const discovery: ApiRequest = {
    verb: 'discovery',
    path,
    resource: null,
    namespace: '',
    name: '',
    rest: '',
    parameters,
  }
  const match = /^\/(?:api\/(v1)|apis\/([^/]+\/[^/]+))((?:\/[^/]+)*)$/.exec(path)
  if (!match) return discovery
  const groupVersion = match[1] ?? match[2] ?? ''
  const steps = (match[3] ?? '').split('/').slice(1).map(decode)
  if (steps.length === 0) return discovery
  let namespace = ''
  if (steps[0] === 'namespaces' && steps.length >= 3) {
    namespace = steps[1] ?? ''
    steps.splice(0, 2)
  }
  const [plural = '', name = '', ...more] = steps
  const rest = more.join('/')
  const resource = resources.find((each) => each.plural === plural && groupVersionOf(each) === groupVersion)
  if (!resource || (rest !== '' && !isProxied(plural, rest)) || (namespace !== '' && !resource.namespaced)) return null
  if (name !== '' && resource.namespaced && namespace === '') return null
  const watch = /^(1|true)$/i.test(parameters.get('watch') ?? '')
  return { verb: name !== '' ? 'get' : watch ? 'watch' : 'list', path, resource, namespace, name, rest, parameters }
}

/** The one path below a node that is passed on to its kubelet. */
function isProxied(plural: string, rest: string): boolean {
  return plural === 'nodes' && rest === 'proxy/metrics/probes'
}

function parseUrl(text: string): URL | null {
  try {
    return new URL(text, 'http://localhost')
  } catch {
    return null
  }
}

function decode(step: string): string {
  try {
    return decodeURIComponent(step)
  } catch {
    return step
  }
}
