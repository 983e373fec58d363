import type { Problem } from '../health/problem.ts'
import type { SpreadGroupResult } from './spread-group.ts'

/**
 * The problem of a violated constraint. A hard one (DoNotSchedule) that is broken is a warning and
 * not an error: the pods run, but the next ones may have no place and a zone's loss takes more than
 * was meant. A soft one (ScheduleAnyway) is only uneven.
 * @param since ms since the Unix epoch
 */
export function skewProblem(result: SpreadGroupResult, since: number): Problem | null {
  if (!result.violated) return null
  const hard = result.whenUnsatisfiable === 'DoNotSchedule'
  const { kind, name } = result.workload
  const fullest = [...result.domains].sort((a, b) => b.count - a.count)
  const [most] = fullest
  const counts = fullest.slice(0, 6).map(({ value, count }) => `${value} ${count}`)
  const more = fullest.length > 6 ? `, and ${fullest.length - 6} more` : ''
  return {
    id: `skew/${result.id}`,
    kind: hard ? 'skew-violated' : 'skew-uneven',
    severity: 'warning',
    subject: { kind, namespace: result.namespace, name, uid: '' },
    container: null,
    workload: { kind, name },
    since,
    title: `Skew ${result.skew} over ${result.topologyKey} where ${result.maxSkew} is allowed${most ? `: too many pods in ${most.value}` : ''}`,
    detail: `${result.whenUnsatisfiable}, pods per domain: ${counts.join(', ')}${more}. The scheduler never moves pods that run.`,
  }
}
