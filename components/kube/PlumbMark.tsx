import type { Severity } from '../../domain/health/severity.ts'

/** How far the line leans: the further, the worse. */
const lean: Readonly<Record<Severity, number>> = { ok: 0, progress: 0, warning: 7, error: 15 }

/**
 * The plumb line: a true vertical (dashed) and the line as it hangs. In true they are one. Decoration
 * only: words say the same beside it.
 */
export function PlumbMark({
  severity,
  className = '',
  faint = false,
}: {
  readonly severity: Severity
  readonly className?: string
  /** What it shows may no longer hold. */
  readonly faint?: boolean
}) {
  return (
    <svg
      data-severity={severity}
      viewBox="0 0 96 128"
      fill="none"
      className={`${className} ${faint ? 'opacity-40' : ''}`}
      aria-hidden="true"
    >
      <path d="M20 6h56" stroke="var(--line-strong)" strokeWidth="4" strokeLinecap="round" />
      <path d="M48 8v116" stroke="var(--line-strong)" strokeWidth="1.5" strokeDasharray="2 5" strokeLinecap="round" />
      <g
        className="transition-transform duration-700 ease-out"
        style={{ transformOrigin: '48px 6px', transform: `rotate(${-lean[severity]}deg)` }}
      >
        <path d="M48 6v76" stroke="var(--s)" strokeWidth="2.5" />
        <path
          d="M40 82h16l3.5 9L48 118 36.5 91z"
          fill="var(--s-fill)"
          stroke="var(--s-fill)"
          strokeWidth="2"
          strokeLinejoin="round"
        />
        <path d="M37 91h22" stroke="var(--surface)" strokeWidth="2" opacity="0.55" />
      </g>
    </svg>
  )
}
