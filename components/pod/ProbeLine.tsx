import type { ProbeDetail } from '../../domain/live/protocol.ts'
import { SeverityGlyph } from '../kube/SeverityGlyph.tsx'
import { Words } from '../kube/Words.tsx'
import { Age } from '../live/Age.tsx'
import { countText } from '../ui/count-text.ts'
import { consequenceWords, handlerWords, timingWords } from './probe-words.ts'

const stateSeverity = {
  passing: 'ok',
  failing: 'error',
  'not-started': 'progress',
  'held-back': 'progress',
  unknown: 'none',
} as const
const stateWord = {
  passing: 'passing',
  failing: 'failing',
  'not-started': 'not started',
  'held-back': 'held back',
  unknown: 'unknown',
} as const
const kindWord = { liveness: 'Liveness', readiness: 'Readiness', startup: 'Startup' } as const

/** A probe: what it asks and when, what follows, and what is known of its answers and from where. */
export function ProbeLine({ detail }: { readonly detail: ProbeDetail }) {
  const { kind, probe, state, evidence, lastFailure } = detail
  const severity = stateSeverity[state]
  return (
    <li data-severity={severity} className="rounded-md border border-line bg-canvas px-3 py-2 text-sm">
      <div className="flex flex-wrap items-center gap-x-2">
        {severity !== 'none' && <SeverityGlyph severity={severity} label={false} size="0.9375rem" />}
        <h4 className="font-semibold">{kindWord[kind]} probe</h4>
        <span className="font-semibold text-s">{stateWord[state]}</span>
        <Words text={handlerWords(probe.handler)} className="min-w-0 font-mono text-ink-2 text-xs sm:ml-auto" />
      </div>
      <p className="mt-0.5 text-ink-2">
        {timingWords(probe)}; {consequenceWords(kind, probe)}.
      </p>
      {evidence !== '' && <Words text={evidence} className="mt-0.5 block text-ink-3 text-xs" />}
      {lastFailure && (
        <div data-severity="warning" className="mt-1.5 border-s-fill border-l-2 pl-2.5">
          <p className="text-ink-2 text-xs">
            Last failure <Age at={lastFailure.at} suffix=" ago" />, {countText(lastFailure.count, 'time')} in all
          </p>
          <Words text={lastFailure.message} className="line-clamp-4 whitespace-pre-wrap text-xs" />
        </div>
      )}
    </li>
  )
}
