import type { ProblemGroup } from '../../domain/health/problem.ts'
import { podAddress, podsAddress, problemGroupAddress, workloadAddress } from './addresses.ts'

/** The page of what a group of problems is about: its pod, its workload, its node's pods; null where there is none. */
export function subjectAddress({ namespace, workload, affects }: ProblemGroup): string | null {
  const [subject] = affects.subjects
  if (subject?.kind === 'Pod' && affects.pods === 1) return podAddress(subject.namespace, subject.name)
  if (workload) return workloadAddress(namespace, workload)
  if (subject?.kind === 'Node') return podsAddress({ text: subject.name })
  return null
}

/** Where a group of problems is looked at from afar: the page of its subject, else its own story. */
export function problemAddress(group: ProblemGroup): string {
  if (group.kind === 'service-down') return problemGroupAddress(group.id)
  return subjectAddress(group) ?? problemGroupAddress(group.id)
}
