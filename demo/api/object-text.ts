import { ByteSink } from './byte-sink.ts'
import type { StoredObject } from './kubernetes-object.ts'
import { groupVersionOf, type Resource } from './resource.ts'

/** An item of a list: without kind and apiVersion, as the API server's own lists are. */
export function writeItem(sink: ByteSink, stored: StoredObject, resource: Resource): void {
  sink.ascii('{')
  writeRest(sink, stored, resource)
}

/** An object by itself, with kind and apiVersion. */
export function objectBytes(stored: StoredObject, resource: Resource): Buffer {
  const sink = new ByteSink()
  sink.ascii(typeText(resource))
  writeRest(sink, stored, resource)
  return sink.take()
}

/** One line of a watch. */
export function writeEvent(sink: ByteSink, type: string, stored: StoredObject, resource: Resource): void {
  sink.ascii(`{"type":"${type}","object":${typeText(resource)}`)
  writeRest(sink, stored, resource)
  sink.ascii('}\n')
}

export function bookmarkText(resource: Resource, revision: number, initialEventsEnd: boolean): string {
  const metadata: Record<string, unknown> = { resourceVersion: String(revision), creationTimestamp: null }
  if (initialEventsEnd) metadata.annotations = { 'k8s.io/initial-events-end': 'true' }
  return `{"type":"BOOKMARK","object":${typeText(resource)}"metadata":${JSON.stringify(metadata)}}}\n`
}

/** The beginning of every object that stands by itself. */
function typeText(resource: Resource): string {
  return `{"kind":"${resource.kind}","apiVersion":"${groupVersionOf(resource)}",`
}

function writeRest(sink: ByteSink, stored: StoredObject, resource: Resource): void {
  if (resource.convert) sink.text(JSON.stringify(resource.convert(stored.object())).slice(1))
  else stored.writeRest(sink)
}
