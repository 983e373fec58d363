import type { PodDisruptionBudget } from '../model/pod-disruption-budget.ts'
import type { Interner } from './interner.ts'
import { readSelector } from './labels.ts'
import { readObjectMeta } from './object-meta.ts'
import { count, numberOrText, type Raw, record } from './raw.ts'

/** policy/v1 and policy/v1beta1 PodDisruptionBudget. */
export function readPodDisruptionBudget(raw: Raw, interner: Interner): PodDisruptionBudget | null {
  const meta = readObjectMeta(record(raw.metadata), interner)
  if (!meta) return null
  const spec = record(raw.spec)
  const status = record(raw.status)
  return {
    kind: 'PodDisruptionBudget',
    ...meta,
    selector: readSelector(spec.selector),
    minAvailable: numberOrText(spec.minAvailable) || null,
    maxUnavailable: numberOrText(spec.maxUnavailable) || null,
    expectedPods: count(status.expectedPods),
    desiredHealthy: count(status.desiredHealthy),
  }
}
