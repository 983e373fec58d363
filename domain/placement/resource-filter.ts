import { allocatableOf, type PodRequest } from './resource-amounts.ts'
import type { SchedulerRules } from './scheduler-rules.ts'
import type { NodeRoom } from './scheduling-view.ts'

/** A resource of which a node has too little left for a pod. */
export interface Shortage {
  /** pods, cpu (in millicores), memory … */
  readonly resource: string
  readonly requested: number
  /** What pods on the node have requested already. */
  readonly used: number
  readonly allocatable: number
}

/**
 * What the node is short of, in the order in which kube-scheduler names it
 * (k/k pkg/scheduler/framework/plugins/noderesources/fit.go fitsRequest).
 */
export function shortages(request: PodRequest, { node, load }: NodeRoom, rules: SchedulerRules): readonly Shortage[] {
  const has = allocatableOf(node)
  let found: Shortage[] | null = null
  const check = (resource: string, requested: number, used: number, allocatable: number) => {
    if (requested <= allocatable - used) return
    found ??= []
    found.push({ resource, requested, used, allocatable })
  }
  check('pods', 1, load.pods, has.pods)
  const { cpu, memory, ephemeralStorage, scalars } = request
  if (cpu === 0 && memory === 0 && ephemeralStorage === 0 && scalars.size === 0) return found ?? nothing
  if (cpu > 0 || rules.comparesUnrequested) check('cpu', cpu, load.cpu, has.cpu)
  if (memory > 0 || rules.comparesUnrequested) check('memory', memory, load.memory, has.memory)
  if (ephemeralStorage > 0 || rules.comparesUnrequested) {
    check('ephemeral-storage', ephemeralStorage, load.ephemeralStorage, has.ephemeralStorage)
  }
  for (const [name, amount] of scalars) {
    if (amount > 0 || rules.comparesUnrequested) check(name, amount, load.scalar(name), has.scalars.get(name) ?? 0)
  }
  return found ?? nothing
}

const nothing: readonly Shortage[] = []

/** The scheduler's words for it. */
export function shortageReason({ resource }: Pick<Shortage, 'resource'>): string {
  return resource === 'pods' ? 'Too many pods' : `Insufficient ${resource}`
}
