import type { Severity } from '../../domain/health/severity.ts'
import { severityWords } from './severity-words.ts'

/**
 * The shape of a severity: dot with a tick, half-filled ring, triangle, diamond. The same shapes
 * make the cells of the zone board. `label` false where the word stands beside it.
 */
export function SeverityGlyph({
  severity,
  size = '1rem',
  label = true,
}: {
  readonly severity: Severity
  readonly size?: string
  readonly label?: boolean
}) {
  return (
    <svg
      data-severity={severity}
      viewBox="0 0 16 16"
      className="shrink-0"
      style={{ width: size, height: size }}
      fill="none"
      {...(label ? { role: 'img' } : { 'aria-hidden': true })}
    >
      <title>{severityWords[severity]}</title>
      {shapes[severity]}
    </svg>
  )
}

const shapes: Readonly<Record<Severity, React.ReactNode>> = {
  error: (
    <>
      <path
        d="M8 .9 15.1 8 8 15.1.9 8z"
        fill="var(--s-fill)"
        stroke="var(--s-fill)"
        strokeWidth="1.2"
        strokeLinejoin="round"
      />
      <path d="m5.9 5.9 4.2 4.2m0-4.2-4.2 4.2" stroke="var(--on-s)" strokeWidth="1.7" strokeLinecap="round" />
    </>
  ),
  warning: (
    <>
      <path d="M8 1.7 15 14H1z" fill="var(--s-fill)" stroke="var(--s-fill)" strokeWidth="1.6" strokeLinejoin="round" />
      <path d="M8 6v3.8" stroke="var(--on-s)" strokeWidth="1.7" strokeLinecap="round" />
      <circle cx="8" cy="12.1" r="1" fill="var(--on-s)" />
    </>
  ),
  progress: (
    <>
      <circle cx="8" cy="8" r="6" stroke="var(--s-fill)" strokeWidth="1.8" />
      <path d="M8 4.6a3.4 3.4 0 0 0 0 6.8z" fill="var(--s-fill)" />
    </>
  ),
  ok: (
    <>
      <circle cx="8" cy="8" r="6.6" fill="var(--s-fill)" />
      <path
        d="m5.2 8.2 2 2 3.7-4.2"
        stroke="var(--on-s)"
        strokeWidth="1.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </>
  ),
}
