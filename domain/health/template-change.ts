import type { ContainerSpec, PodSpec } from '../model/pod-spec.ts'
import type { RolloutCause } from './problem.ts'

/** How one pod template differs from the one before it, as far as Plumbline keeps templates. */
export interface TemplateChange {
  readonly images: RolloutCause['images']
  /** In words: "memory limit of container app 128Mi → 64Mi", "container proxy is new". */
  readonly others: readonly string[]
}

export function templateChange(before: PodSpec, after: PodSpec): TemplateChange {
  const images: { container: string; from: string; to: string }[] = []
  const others: string[] = []
  const old = new Map(containersOf(before).map((spec) => [spec.name, spec]))
  for (const spec of containersOf(after)) {
    const was = old.get(spec.name)
    old.delete(spec.name)
    if (!was) {
      others.push(`container ${spec.name} is new`)
      continue
    }
    if (was.image !== spec.image) images.push({ container: spec.name, from: was.image, to: spec.image })
    others.push(...containerChanges(was, spec))
  }
  for (const name of old.keys()) others.push(`container ${name} is gone`)
  if (before.restartPolicy !== after.restartPolicy) {
    others.push(`restartPolicy ${before.restartPolicy} → ${after.restartPolicy}`)
  }
  for (const field of [
    'volumes',
    'nodeSelector',
    'nodeAffinity',
    'topologySpreadConstraints',
    'tolerations',
  ] as const) {
    if (!same(before[field], after[field])) others.push(`${field} changed`)
  }
  return { images, others }
}

const probes = [
  ['livenessProbe', 'liveness probe'],
  ['readinessProbe', 'readiness probe'],
  ['startupProbe', 'startup probe'],
] as const

function containerChanges(before: ContainerSpec, after: ContainerSpec): string[] {
  const changes: string[] = []
  const of = `of container ${after.name}`
  for (const [field, words] of probes) {
    if (same(before[field], after[field])) continue
    const what = !before[field] ? 'is new' : !after[field] ? 'is gone' : 'changed'
    changes.push(`${words} ${of} ${what}`)
  }
  for (const [list, word] of [
    ['requests', 'request'],
    ['limits', 'limit'],
  ] as const) {
    for (const name of new Set([...Object.keys(before[list]), ...Object.keys(after[list])])) {
      const [was, is] = [before[list][name], after[list][name]]
      if (was !== is) changes.push(`${name} ${word} ${of} ${was ?? 'none'} → ${is ?? 'none'}`)
    }
  }
  if (!same(before.ports, after.ports)) changes.push(`ports ${of} changed`)
  if (!same(before.volumeMounts, after.volumeMounts)) changes.push(`volumeMounts ${of} changed`)
  return changes
}

function containersOf(spec: PodSpec): readonly ContainerSpec[] {
  return [...spec.initContainers, ...spec.containers]
}

function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}
