import type { ProbeDetail } from '../../domain/live/protocol.ts'
import { ProbeValues } from '../container/ProbeValues.tsx'
import { handlerWords, probeKindWords } from '../container/probe-words.ts'
import { SeverityGlyph } from '../kube/SeverityGlyph.tsx'
import { Words } from '../kube/Words.tsx'
import { Age } from '../live/Age.tsx'
import { Countdown } from '../live/Countdown.tsx'
import { clockTime } from '../ui/clock-face.ts'
import { countText, numberText } from '../ui/count-text.ts'
import { FailurePips } from './FailurePips.tsx'
import { probeSeverity, probeStateWords, sourceWords } from './probe-look.ts'
import { StartupBudget } from './StartupBudget.tsx'

/** A probe: what it asks, the values that hold, what follows, and what is known of its answers and from where. */
export function ProbeCard({
  detail,
  ready,
}: {
  readonly detail: ProbeDetail
  /** Whether its container is. */
  readonly ready: boolean
}) {
  const { kind, probe, state, evidence, source, inARow, lastFailure, startup, next } = detail
  const severity = probeSeverity(detail, ready)
  // How many it takes to become unready tells nothing once it is.
  const isSpent = kind === 'readiness' && !ready && inARow !== null && inARow.count < inARow.of
  return (
    <li
      data-severity={severity}
      data-probe={kind}
      className="@container rounded-md border border-line bg-canvas px-3.5 py-2.5"
    >
      <div className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
        {severity === 'none' ? (
          <span
            aria-hidden="true"
            className="h-[0.9375rem] w-[0.9375rem] rounded-full border border-line-strong border-dashed"
          />
        ) : (
          <SeverityGlyph severity={severity} label={false} size="0.9375rem" />
        )}
        <h5 className="font-semibold">{probeKindWords[kind]}</h5>
        <span className="font-semibold text-s">{probeStateWords[state]}</span>
        <Words text={handlerWords(probe.handler)} className="min-w-0 font-mono text-ink-2 text-xs @lg:ml-auto" />
      </div>
      <div className="mt-2 flex flex-col gap-2">
        {startup !== null && <StartupBudget startup={startup} tries={probe.failureThreshold} />}
        {inARow !== null && startup === null && !isSpent && <FailurePips inARow={inARow} />}
        {next !== null && (
          <p className="text-sm">
            <Words text={next.text} />
            {next.at !== null && startup === null && (
              <>
                {' '}
                <Countdown at={next.at} className="font-semibold" />
              </>
            )}
          </p>
        )}
        {lastFailure !== null && <LastFailure detail={detail} failure={lastFailure} />}
        <Counters detail={detail} />
        <ProbeValues probe={probe} defaulted={detail.defaulted} />
        <Words text={detail.sentence} className="block text-ink-2 text-sm" />
        <p className="text-ink-3 text-xs">
          {source !== null && <span className="font-semibold">Known from {sourceWords[source] ?? source}: </span>}
          <Words text={evidence} />
        </p>
      </div>
    </li>
  )
}

function LastFailure({
  detail,
  failure,
}: {
  readonly detail: ProbeDetail
  readonly failure: NonNullable<ProbeDetail['lastFailure']>
}) {
  const { failures } = detail
  // An HTTP code is all that such a failure has to say.
  const output = failure.httpCode === null ? failure.output : ''
  return (
    <div
      data-severity={detail.state === 'passing' ? 'none' : detail.kind === 'startup' ? 'progress' : 'error'}
      className="border-s-fill border-l-2 pl-2.5 text-sm"
    >
      <p>
        <span className="text-ink-2">
          Last failed <Age at={failure.at} suffix=" ago" />:
        </span>{' '}
        <Words text={failure.words} className="font-semibold" />
      </p>
      {output !== '' && <Words text={output} className="mt-0.5 line-clamp-5 whitespace-pre-wrap font-mono text-xs" />}
      <p className="text-ink-3 text-xs">
        {failures === null ? countText(failure.count, 'time') : failureWords(failures)}
      </p>
    </div>
  )
}

function failureWords({ total, since, perHour, exact }: NonNullable<ProbeDetail['failures']>): string {
  const count = `${exact ? '' : 'at least '}${countText(total, 'failure')} since ${clockTime(since)}`
  return perHour === null ? count : `${count}, ${numberText(perHour)} of them in the last hour`
}

function Counters({ detail: { counters } }: { readonly detail: ProbeDetail }) {
  if (counters === null) return null
  const { successful, failed, unknown, at } = counters
  const total = successful + failed
  return (
    <p className="flex flex-wrap gap-x-4 text-sm">
      <span className="text-ink-3">The kubelet counts</span>
      <span>
        <strong className="font-semibold">{numberText(successful)}</strong> passed
      </span>
      <span>
        <strong className="font-semibold">{numberText(failed)}</strong> failed
      </span>
      {unknown > 0 && <span>{numberText(unknown)} without an answer</span>}
      {total > 0 && <span className="text-ink-2">{((100 * successful) / total).toFixed(1)} % passed</span>}
      <span className="text-ink-3">at {clockTime(at)}</span>
    </p>
  )
}
