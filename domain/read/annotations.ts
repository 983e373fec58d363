import type { Labels } from '../model/labels.ts'
import { isRecord } from './raw.ts'

/** Annotations whose value Plumbline reads. All others are dropped: some hold whole manifests, and secrets with them. */
const kept: ReadonlySet<string> = new Set([
  'expect',
  'deployment.kubernetes.io/revision',
  'kubectl.kubernetes.io/default-container',
  'kubectl.kubernetes.io/restartedAt',
  'kubernetes.io/config.mirror',
  'linkerd.io/proxy-version',
  'vault.hashicorp.com/agent-inject-status',
  'dapr.io/enabled',
])

/** Annotations of which only the presence counts. */
const present: ReadonlySet<string> = new Set(['sidecar.istio.io/status'])

const none: Labels = Object.freeze(Object.create(null))

export function readAnnotations(value: unknown): Labels {
  if (!isRecord(value)) return none
  let annotations: Record<string, string> | null = null
  for (const key of Object.keys(value)) {
    const each = value[key]
    if (typeof each !== 'string') continue
    const read =
      kept.has(key) || key.startsWith('plumbline.dev/') ? each.slice(0, 1_024) : present.has(key) ? 'true' : null
    if (read === null) continue
    annotations ??= Object.create(null) as Record<string, string>
    annotations[key] = read
  }
  return annotations ?? none
}
