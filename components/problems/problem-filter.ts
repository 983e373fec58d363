import type { ProblemGroup } from '../../domain/health/problem.ts'
import type { Severity } from '../../domain/health/severity.ts'

/** The Problems page's filter, as its address has it. */
export interface ProblemFilter {
  readonly text: string
  readonly kind: string
  readonly namespace: string
  readonly severity: Severity | ''
}

const severities: readonly Severity[] = ['error', 'warning', 'progress', 'ok']

export function problemFilterFromUrl(parameters: URLSearchParams): ProblemFilter {
  return {
    text: parameters.get('text') ?? '',
    kind: parameters.get('kind') ?? '',
    namespace: parameters.get('namespace') ?? '',
    severity: severities.find((severity) => severity === parameters.get('severity')) ?? '',
  }
}

export function matchesProblem(group: ProblemGroup, filter: ProblemFilter): boolean {
  if (filter.kind !== '' && group.kind !== filter.kind) return false
  if (filter.severity !== '' && group.severity !== filter.severity) return false
  if (filter.namespace !== '' && group.namespace !== filter.namespace) return false
  if (filter.text === '') return true
  const text = filter.text.toLowerCase()
  return [
    group.namespace,
    group.workload?.name ?? '',
    group.title,
    group.detail,
    ...group.affects.containers,
    ...group.affects.services,
    ...group.affects.subjects.map(({ name }) => name),
  ].some((field) => field.toLowerCase().includes(text))
}
