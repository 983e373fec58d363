import type { Problem } from '../../domain/health/problem.ts'
import { podAddress, podsAddress, problemsAddress } from './addresses.ts'

/** Where a problem is looked at: its pod, the pods of its node, or the placement of its workload. */
export function problemAddress(problem: Problem): string {
  const { subject, kind } = problem
  if (kind === 'skew-violated' || kind === 'skew-uneven') {
    return `/placement?${new URLSearchParams({ text: subject.name })}`
  }
  if (subject.kind === 'Pod') return podAddress(subject.namespace, subject.name)
  if (subject.kind === 'Node') return podsAddress({ text: subject.name })
  return problemsAddress({ text: subject.name })
}
