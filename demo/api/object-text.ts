import type { KubernetesObject, StoredObject } from './kubernetes-object.ts'
import { groupVersionOf, type Resource } from './resource.ts'

/** An object's JSON as an item of a list: without kind and apiVersion, as the API server's own lists are. */
export function itemText(stored: StoredObject, resource: Resource): string {
  return resource.convert ? JSON.stringify(resource.convert(stored.object())) : stored.text()
}

/** An object's JSON by itself, with kind and apiVersion. */
export function objectText(stored: StoredObject, resource: Resource): string {
  return typed(itemText(stored, resource), resource)
}

export function eventText(type: string, stored: StoredObject, resource: Resource): string {
  return `{"type":"${type}","object":${objectText(stored, resource)}}\n`
}

export function bookmarkText(resource: Resource, revision: number, initialEventsEnd: boolean): string {
  const metadata: Record<string, unknown> = { resourceVersion: String(revision), creationTimestamp: null }
  if (initialEventsEnd) metadata.annotations = { 'k8s.io/initial-events-end': 'true' }
  const bookmark = { metadata } as unknown as KubernetesObject
  return `{"type":"BOOKMARK","object":${typed(JSON.stringify(bookmark), resource)}}\n`
}

function typed(text: string, resource: Resource): string {
  return `{"kind":"${resource.kind}","apiVersion":"${groupVersionOf(resource)}",${text.slice(1)}`
}
