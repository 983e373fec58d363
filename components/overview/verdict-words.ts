import type { Severity } from '../../domain/health/severity.ts'
import type { OverviewSummary } from '../../domain/live/protocol.ts'
import { countText } from '../ui/count-text.ts'

export interface Verdict {
  readonly severity: Severity
  readonly headline: string
}

/** The one sentence of the overview. `past` where what is shown may no longer hold. */
export function verdictOf(summary: OverviewSummary, past: boolean): Verdict {
  const { error, warning } = summary.problems
  const { total } = summary.pods
  if (error > 0) {
    const also = warning > 0 ? `, ${countText(warning, 'warning')}` : ''
    return { severity: 'error', headline: `${countText(error, 'error')}${also}` }
  }
  if (warning > 0)
    return {
      severity: 'warning',
      headline: `${countText(warning, 'warning')}, nothing ${past ? 'was broken' : 'broken'}`,
    }
  if (total === 0) return { severity: 'ok', headline: past ? 'There were no pods' : 'No pods in this cluster' }
  return { severity: 'ok', headline: `No problems in ${countText(total, 'pod')}` }
}
