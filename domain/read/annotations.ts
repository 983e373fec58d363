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

export function readAnnotations(value: unknown, interner: Interner): Labels {
  if (!isRecord(value)) return noLabels
  let annotations: Record<string, string | undefined> | null = null
  for (const key of Object.keys(value)) {
    const rule = allowed.get(key) ?? (key.startsWith(ownPrefix) ? 'value' : undefined)
    if (!rule) continue
    const annotation = value[key]
    if (typeof annotation !== 'string') continue
    annotations ??= emptyLabels()
    annotations[key] = rule === 'presence' ? 'true' : interner.text(messageText(annotation))
  }
  return annotations ?? noLabels
}
