import type { Labels } from '../model/labels.ts'
import type { Interner } from './interner.ts'
import { emptyLabels, noLabels } from './labels.ts'
import { messageText } from './message-text.ts'
import { isRecord } from './raw.ts'

/**
 * Annotations hold anything, secrets too (last-applied-configuration repeats a whole manifest), so
 * only these are read. `presence`: the value may be large or private, only that it is there counts.
 */
const allowed: ReadonlyMap<string, 'value' | 'presence'> = new Map([
  ['expect', 'value'],
  ['deployment.kubernetes.io/revision', 'value'],
  // It is there when a ReplicaSet was rolled back to.
  ['deployment.kubernetes.io/revision-history', 'presence'],
  ['kubectl.kubernetes.io/default-container', 'value'],
  ['kubectl.kubernetes.io/restartedAt', 'value'],
  ['kubernetes.io/config.mirror', 'value'],
  ['sidecar.istio.io/status', 'presence'],
  ['linkerd.io/proxy-version', 'value'],
  ['vault.hashicorp.com/agent-inject-status', 'value'],
  ['dapr.io/enabled', 'value'],
])

/** People's own words to Plumbline. */
const ownPrefix = 'plumbline.dev/'

/** @param familyId as for Interner.labels: annotations too mostly come from the template */
export function readAnnotations(value: unknown, familyId: string, interner: Interner): Labels {
  return interner.annotations(familyId, (like) => readAllowed(value, like))
}

function readAllowed(value: unknown, like: Labels | undefined): Labels {
  if (!isRecord(value)) return noLabels
  let annotations: Record<string, string | undefined> | null = null
  for (const key of Object.keys(value)) {
    const rule = allowed.get(key) ?? (key.startsWith(ownPrefix) ? 'value' : undefined)
    if (!rule) continue
    const annotation = value[key]
    if (typeof annotation !== 'string') continue
    annotations ??= emptyLabels()
    annotations[key] = rule === 'presence' ? 'true' : messageText(annotation)
  }
  if (!annotations) return noLabels
  return like && isSame(annotations, like) ? like : annotations
}

function isSame(a: Labels, b: Labels): boolean {
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key])
}
