import type { ApiRequest } from './api-request.ts'
import { ByteSink } from './byte-sink.ts'
import type { Collection, Snapshot } from './collection.ts'
import { keyOf, type StoredObject } from './kubernetes-object.ts'
import { writeItem } from './object-text.ts'
import { groupVersionOf, type Resource } from './resource.ts'
import { readSelector, type Selector } from './selector.ts'
import { invalidOption, type Refusal, refusal, tooLarge } from './status.ts'

export interface ListPage {
  readonly revision: number
  readonly objects: readonly StoredObject[]
  /** Empty on the last page. */
  readonly continuation: string
  /** Absent (null) with selectors, as on a real server. */
  readonly remaining: number | null
}

const pieceSize = 128 * 1024
const expiredText =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.'

export interface ListContext {
  readonly collection: Collection
  readonly revision: number
  readonly now: number
  readonly pagination: boolean
}

/** Chooses what a list request gets, by the rules of apimachinery's list options, or why it gets nothing. */
export function readList(request: ApiRequest, context: ListContext): ListPage | Refusal {
  const { parameters, namespace } = request
  const { collection, now, revision: current } = context
  const limit = Number(parameters.get('limit') ?? 0)
  if (!Number.isSafeInteger(limit) || limit < 0) {
    return refusal(400, `strconv.ParseInt: parsing "${parameters.get('limit')}": invalid syntax`)
  }
  const selector = selectorOf(request)
  if ('code' in selector) return selector
  const continuation = parameters.get('continue') ?? ''
  const version = parameters.get('resourceVersion') ?? ''
  const match = parameters.get('resourceVersionMatch') ?? ''
  if (continuation !== '') {
    if (version !== '') return refusal(400, 'specifying resource version is not allowed when using continue')
    if (match !== '') return invalidOption('resourceVersionMatch', 'resourceVersionMatch is forbidden for continue')
    const token = readToken(continuation)
    if (!token) return refusal(400, 'invalid continue token: continue key is not valid: unexpected end of JSON input')
    const inconsistent = token.revision < 0
    const snapshot = inconsistent ? collection.snapshot(current, now) : collection.snapshotAt(token.revision, now)
    if (!snapshot) return refusal(410, expiredText, { continuation: makeToken(-1, token.start) })
    return pageOf(snapshot, namespace, selector.test, token.start, context.pagination ? limit : 0)
  }
  if (version === '' && match !== '') {
    return invalidOption('resourceVersionMatch', 'resourceVersionMatch is forbidden unless resourceVersion is provided')
  }
  if (version !== '' && !/^\d+$/.test(version)) {
    return refusal(
      400,
      `resourceVersion: Invalid value: "${version}": strconv.ParseUint: parsing "${version}": invalid syntax`,
    )
  }
  if (match === 'Exact' && version === '0') {
    return invalidOption('resourceVersionMatch', 'resourceVersionMatch "exact" is forbidden for resourceVersion "0"')
  }
  const asked = Number(version)
  if (asked > current) return tooLarge(asked, current)
  const exact = asked > 0 && (match === 'Exact' || (match === '' && limit > 0))
  const snapshot = exact && asked < current ? collection.snapshotAt(asked, now) : collection.snapshot(current, now)
  if (!snapshot) {
    return refusal(410, 'The resourceVersion for the provided list is too old.')
  }
  // From the watch cache (resourceVersion 0) a limit was never honoured.
  return pageOf(snapshot, namespace, selector.test, '', context.pagination && version !== '0' ? limit : 0)
}

export function selectorOf(request: ApiRequest): { test: Selector | null } | Refusal {
  const { parameters } = request
  try {
    return { test: readSelector(parameters.get('labelSelector') ?? '', parameters.get('fieldSelector') ?? '') }
  } catch (error) {
    return refusal(400, error instanceof Error ? error.message : String(error))
  }
}

/** The list's JSON in pieces of some 128 KiB; items are put into text only as they are asked for. */
export function* listPieces(page: ListPage, resource: Resource): Generator<Buffer> {
  const metadata = JSON.stringify({
    resourceVersion: String(page.revision),
    ...(page.continuation !== '' && { continue: page.continuation }),
    ...(page.remaining !== null && page.continuation !== '' && { remainingItemCount: page.remaining }),
  })
  const sink = new ByteSink()
  sink.ascii(
    `{"kind":"${resource.kind}List","apiVersion":"${groupVersionOf(resource)}","metadata":${metadata},"items":[`,
  )
  let separator = ''
  for (const stored of page.objects) {
    sink.ascii(separator)
    writeItem(sink, stored, resource)
    separator = ','
    if (sink.length >= pieceSize) yield sink.take()
  }
  sink.ascii(']}\n')
  yield sink.take()
}

function pageOf(
  snapshot: Snapshot,
  namespace: string,
  selector: Selector | null,
  start: string,
  limit: number,
): ListPage {
  const all = snapshot.objects
  let index = firstAtOrAfter(all, start !== '' ? start : namespace === '' ? '' : `${namespace}/`)
  const end = namespace === '' ? all.length : firstAtOrAfter(all, `${namespace}0`) // '0' follows '/'
  const objects: StoredObject[] = []
  for (; index < end && (limit === 0 || objects.length < limit); index += 1) {
    const stored = all[index]
    if (stored && (!selector || selector(stored.object()))) objects.push(stored)
  }
  const next = index < end ? all[index] : undefined
  return {
    revision: snapshot.revision,
    objects,
    continuation: next ? makeToken(snapshot.revision, keyOf(next.namespace, next.name)) : '',
    remaining: selector ? null : end - index,
  }
}

function firstAtOrAfter(objects: readonly StoredObject[], key: string): number {
  let low = 0
  let high = objects.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const stored = objects[middle]
    if (stored && keyOf(stored.namespace, stored.name) < key) low = middle + 1
    else high = middle
  }
  return low
}

function makeToken(revision: number, start: string): string {
  return Buffer.from(JSON.stringify({ v: 'meta.k8s.io/v1', rv: revision, start })).toString('base64url')
}

function readToken(text: string): { revision: number; start: string } | null {
  try {
    const token: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    const { v, rv, start } = token as { v?: unknown; rv?: unknown; start?: unknown }
    if (v !== 'meta.k8s.io/v1' || typeof rv !== 'number' || typeof start !== 'string') return null
    return { revision: rv, start }
  } catch {
    return null
  }
}
