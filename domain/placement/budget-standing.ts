import type { Pod } from '../model/pod.ts'
import type { PodDisruptionBudget } from '../model/pod-disruption-budget.ts'
import { parseSelector } from './label-selector.ts'

/** A PodDisruptionBudget before and after something happens to its pods. */
export interface BudgetStanding {
  readonly namespace: string
  readonly name: string
  /** Pods that must stay healthy. */
  readonly desiredHealthy: number
  readonly healthyBefore: number
  readonly healthyAfter: number
  /** Fewer are healthy than must be. */
  readonly under: boolean
}

/**
 * What losing pods does to a budget (k/k pkg/controller/disruption/disruption.go
 * getExpectedPodCount and countHealthyPods): healthy are ready pods that aren't being deleted.
 * Percentages are of the pods that the controllers want, rounded up.
 * @param pods of the budget's namespace
 */
export function budgetStanding(
  budget: PodDisruptionBudget,
  pods: Iterable<Pod>,
  isLost: (pod: Pod) => boolean,
): BudgetStanding {
  const matches = parseSelector(budget.selector)
  let matching = 0
  let healthyBefore = 0
  let healthyAfter = 0
  for (const pod of pods) {
    if (!matches(pod.labels)) continue
    matching += 1
    if (pod.deletedAt !== null || !isReady(pod)) continue
    healthyBefore += 1
    if (!isLost(pod)) healthyAfter += 1
  }
  const desiredHealthy = desired(budget, matching)
  const { namespace, name } = budget
  return { namespace, name, desiredHealthy, healthyBefore, healthyAfter, under: healthyAfter < desiredHealthy }
}

function desired({ minAvailable, maxUnavailable, expectedPods }: PodDisruptionBudget, matching: number): number {
  const expected = expectedPods > 0 ? expectedPods : matching
  if (maxUnavailable !== null) return Math.max(0, expected - share(maxUnavailable, expected))
  return minAvailable === null ? 0 : share(minAvailable, expected)
}

function share(text: string, of: number): number {
  const percent = /^(\d+)%$/.exec(text)?.[1]
  return percent === undefined ? Number(text) || 0 : Math.ceil((Number(percent) * of) / 100)
}

export function isReady({ conditions }: Pod): boolean {
  return conditions.some(({ type, status }) => type === 'Ready' && status === 'True')
}
