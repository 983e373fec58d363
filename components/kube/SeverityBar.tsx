import { type Severity, severities } from '../../domain/health/severity.ts'
import { severityNouns } from './severity-words.ts'

/** Pods by severity as one proportional bar. What is there at all stays at least a sliver wide. */
export function SeverityBar({
  counts,
  className = 'h-1.5',
}: {
  readonly counts: Readonly<Record<Severity, number>>
  readonly className?: string
}) {
  const shown = severities.filter((severity) => counts[severity] > 0)
  return (
    <div
      role="img"
      aria-label={severityCountsText(counts)}
      className={`flex w-full gap-px overflow-hidden rounded-full bg-sunken ${className}`}
    >
      {shown.map((severity) => (
        <span
          key={severity}
          data-severity={severity}
          className="min-w-1 bg-s-fill"
          style={{ flexGrow: counts[severity], flexBasis: 0 }}
        />
      ))}
    </div>
  )
}

/** "2 errors, 1 in progress, 9 ok". */
export function severityCountsText(counts: Readonly<Record<Severity, number>>): string {
  const parts = severities
    .filter((severity) => counts[severity] > 0)
    .map((severity) => `${counts[severity]} ${severityNouns[severity][counts[severity] === 1 ? 0 : 1]}`)
  return parts.length === 0 ? 'no pods' : parts.join(', ')
}
