import { CORE_SCHEMA, loadAll } from 'js-yaml'
import { type ClusterObjectKind, clusterObjectKinds } from '../../domain/model/cluster-object.ts'
import { UnusableInput } from './unusable-input.ts'

/** One object of a dump, as the API server spelt it. */
export interface DumpedObject {
  readonly kind: string
  readonly raw: Readonly<Record<string, unknown>>
}

/**
 * The objects in the text of a dump: what `kubectl get … -o json` or `-o yaml` prints, one List or
 * object or several one after the other. Lists are opened.
 * @param name of the file, for errors
 * @throws UnusableInput where the text is neither JSON nor YAML, or holds something else than objects
 */
export function readDump(text: string, name: string): readonly DumpedObject[] {
  const documents = /^\s*[[{]/.test(text) ? jsonDocuments(text, name) : yamlDocuments(text, name)
  const objects = documents.flatMap((document) => opened(document, '', name))
  if (objects.length === 0) {
    throw new UnusableInput(
      `${name}: it holds no Kubernetes objects; give the output of: kubectl get pods,nodes,events,services,endpointslices,replicasets,deployments -A -o json`,
    )
  }
  return objects
}

function jsonDocuments(text: string, name: string): readonly unknown[] {
  try {
    const whole: unknown = JSON.parse(text)
    return Array.isArray(whole) ? whole : [whole]
  } catch (error) {
    const pieces = [...concatenated(text)]
    if (pieces.length < 2) throw new UnusableInput(`${name}: it isn’t whole JSON (${reason(error)}); was it cut off?`)
    return pieces.map((piece, index) => {
      try {
        return JSON.parse(piece) as unknown
      } catch (inner) {
        throw new UnusableInput(`${name}: object ${index + 1} in it isn’t whole JSON (${reason(inner)})`)
      }
    })
  }
}

/** JSON values that stand one after the other: what several kubectl commands into one file give. */
function* concatenated(text: string): Generator<string> {
  let depth = 0
  let start = -1
  let inText = false
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at]
    if (inText) {
      if (char === '\\') at += 1
      else if (char === '"') inText = false
    } else if (char === '"') {
      inText = true
    } else if (char === '{' || char === '[') {
      if (depth === 0) start = at
      depth += 1
    } else if (char === '}' || char === ']') {
      depth -= 1
      if (depth === 0) yield text.slice(start, at + 1)
    }
  }
  if (depth > 0) yield text.slice(start)
}

function yamlDocuments(text: string, name: string): readonly unknown[] {
  try {
    // Times must stay text, as in JSON: the core schema knows no timestamps.
    return loadAll(text, { schema: CORE_SCHEMA })
  } catch (error) {
    throw new UnusableInput(
      `${name}: it is neither JSON nor YAML (${reason(error)}); give kubectl’s -o json or -o yaml`,
    )
  }
}

/** @param kind of a typed list's items, which have none of their own */
function opened(document: unknown, kind: string, name: string): readonly DumpedObject[] {
  if (document === null || document === undefined) return []
  if (typeof document !== 'object' || Array.isArray(document)) {
    throw new UnusableInput(
      `${name}: it holds ${Array.isArray(document) ? 'a list' : `a ${typeof document}`} where an object with kind and metadata is expected; give kubectl’s -o json or -o yaml`,
    )
  }
  const raw = document as Readonly<Record<string, unknown>>
  const own = typeof raw.kind === 'string' ? raw.kind : kind
  if (Array.isArray(raw.items) && (own === '' || own.endsWith('List'))) {
    const item = own.slice(0, -'List'.length)
    return raw.items.flatMap((each: unknown) => opened(each, item, name))
  }
  if (own === 'Status') {
    const message = typeof raw.message === 'string' ? raw.message : 'no message'
    throw new UnusableInput(`${name}: it is an error of the API server (${message}) and no dump`)
  }
  if (own === '') {
    throw new UnusableInput(
      `${name}: an object in it has no kind; give kubectl’s -o json or -o yaml, not a custom format`,
    )
  }
  return [{ kind: own, raw }]
}

/** The kinds that are looked at. */
export function isWatchedKind(kind: string): kind is ClusterObjectKind {
  return (clusterObjectKinds as readonly string[]).includes(kind)
}

function reason(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
}
