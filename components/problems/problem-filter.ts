import type { Problem } from '../../domain/health/problem.ts'
import type { Severity } from '../../domain/health/severity.ts'

/** The Problems page's filter, as its address has it. */
export interface ProblemFilter {
  readonly text: string
  readonly kind: string
  readonly namespace: string
  readonly severity: Severity | ''
  /** Every problem on its own line, not one line a workload. */
  readonly each: boolean
}

const severities: readonly Severity[] = ['error', 'warning', 'progress', 'ok']

export function problemFilterFromUrl(parameters: URLSearchParams): ProblemFilter {
  return {
    text: parameters.get('text') ?? '',
    kind: parameters.get('kind') ?? '',
    namespace: parameters.get('namespace') ?? '',
    severity: severities.find((severity) => severity === parameters.get('severity')) ?? '',
    each: parameters.get('each') === '1',
  }
}

export function matchesProblem(problem: Problem, filter: ProblemFilter): boolean {
  if (filter.kind !== '' && problem.kind !== filter.kind) return false
  if (filter.severity !== '' && problem.severity !== filter.severity) return false
  if (filter.namespace !== '' && problem.subject.namespace !== filter.namespace) return false
  if (filter.text === '') return true
  const text = filter.text.toLowerCase()
  return [
    problem.subject.name,
    problem.subject.namespace,
    problem.workload?.name ?? '',
    problem.container ?? '',
    problem.title,
    problem.detail,
  ].some((field) => field.toLowerCase().includes(text))
}
