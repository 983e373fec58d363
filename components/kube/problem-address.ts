import type { ProblemGroup } from '../../domain/health/problem.ts'
import { podAddress, podsAddress, problemsAddress } from './addresses.ts'

/** Where a group of problems is looked at: its pod, its pods, those of its node, or the placement of its workload. */
export function problemAddress({ kind, namespace, workload, affects }: ProblemGroup): string {
  const [subject] = affects.subjects
  if (kind === 'skew-violated' || kind === 'skew-uneven') {
    return `/placement?${new URLSearchParams({ text: workload?.name ?? subject?.name ?? '' })}`
  }
  if (subject?.kind === 'Pod' && affects.pods === 1) return podAddress(subject.namespace, subject.name)
  if (subject?.kind === 'Pod' && workload) return podsAddress({ namespace, text: workload.name })
  if (subject?.kind === 'Node') return podsAddress({ text: subject.name })
  return problemsAddress({ text: subject?.name ?? '' })
}
