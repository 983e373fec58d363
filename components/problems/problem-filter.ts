import type { ProblemGroup } from '../../domain/health/problem.ts'
import type { Severity } from '../../domain/health/severity.ts'
import { isCompanion } from '../kube/role-words.ts'

/** The Problems page's filter, as its address has it. */
export interface ProblemFilter {
  readonly text: string
  readonly kind: string
  readonly namespace: string
  readonly severity: Severity | ''
  readonly role: ProblemRole | ''
}

/** main: of a main container. companion: of a sidecar of any sort. */
export type ProblemRole = 'main' | 'init' | 'companion'

const severities: readonly Severity[] = ['error', 'warning', 'progress', 'ok']
const roles: readonly ProblemRole[] = ['main', 'init', 'companion']

export const noProblemFilter = { text: '', kind: '', severity: '', namespace: '', role: '' }

export function problemFilterFromUrl(parameters: URLSearchParams): ProblemFilter {
  return {
    text: parameters.get('text') ?? '',
    kind: parameters.get('kind') ?? '',
    namespace: parameters.get('namespace') ?? '',
    severity: severities.find((severity) => severity === parameters.get('severity')) ?? '',
    role: roles.find((role) => role === parameters.get('role')) ?? '',
  }
}

/** Null: it isn't about one container. */
export function problemRole({ role }: Pick<ProblemGroup, 'role'>): ProblemRole | null {
  if (role === 'main' || role === 'init' || role === null) return role
  return isCompanion(role) ? 'companion' : null
}

export function matchesProblem(group: ProblemGroup, filter: ProblemFilter): boolean {
  if (filter.kind !== '' && group.kind !== filter.kind) return false
  if (filter.severity !== '' && group.severity !== filter.severity) return false
  if (filter.namespace !== '' && group.namespace !== filter.namespace) return false
  if (filter.role !== '' && problemRole(group) !== filter.role) return false
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
