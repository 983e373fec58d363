'use client'

import { RotateCw } from 'lucide-react'
import { spanWords } from '../../domain/health/span-words.ts'
import type { LoopDetail } from '../../domain/live/protocol.ts'
import { Words } from '../kube/Words.tsx'
import { Age } from '../live/Age.tsx'
import { Countdown } from '../live/Countdown.tsx'
import { useServerNow } from '../live/use-clock-text.ts'
import { countText } from '../ui/count-text.ts'
import { backOffLadder } from './loop-ladder.ts'
import { isUnsaid } from './run-look.ts'

/** What ends a loop (k/k pkg/kubelet: twice the largest back-off). */
const stableAfter = 600_000

/** A restart loop in progress: why, how often, on which step of the back-off, and when the kubelet tries again. */
export function LoopPanel({ loop, container }: { readonly loop: LoopDetail; readonly container: string }) {
  return (
    <section
      aria-label={`Restart loop of ${container}`}
      data-severity="error"
      className="@container rounded-md border border-s-line bg-s-soft/60 px-3.5 py-3"
    >
      <div className="grid gap-x-8 gap-y-3 @xl:grid-cols-[minmax(0,1fr)_auto]">
        <div className="min-w-0">
          <p className="flex items-center gap-2">
            <RotateCw size={15} aria-hidden="true" className="shrink-0 text-s" />
            <strong className="font-semibold text-s">Restart loop</strong>
            <span className="text-ink-2">
              {countText(loop.restarts, 'restart')}, for <Age at={loop.since} />
            </span>
          </p>
          <p className="mt-0.5 text-sm">
            <span className="text-ink-3">Because of</span> <Words text={loop.cause.words} className="font-medium" />
            {isUnsaid(loop.cause) && <span className="text-ink-3"> (by all signs, not certain)</span>}
          </p>
        </div>
        <NextAttempt loop={loop} />
        <div className="@xl:col-span-2">
          {loop.overAt === null ? <Stairs loop={loop} /> : <Stability loop={loop} />}
        </div>
      </div>
      <Words text={loop.words} className="mt-2.5 block text-ink-2 text-sm" />
    </section>
  )
}

function NextAttempt({ loop: { nextAttemptAt, nextAttemptUntil, overAt } }: { readonly loop: LoopDetail }) {
  if (nextAttemptAt === null && overAt === null) return null
  const window = nextAttemptAt !== null && nextAttemptUntil !== null ? nextAttemptUntil - nextAttemptAt : 0
  return (
    <p className="@xl:min-w-36 @xl:text-right">
      <span className="caption block">{nextAttemptAt !== null ? 'Next attempt' : 'The loop is over'}</span>
      <Countdown
        at={nextAttemptAt ?? overAt ?? 0}
        over={nextAttemptAt !== null ? 'any moment now' : 'now'}
        className="block font-semibold text-2xl"
      />
      {window >= 1_000 && <span className="text-ink-3 text-xs">or up to {spanWords(window)} later</span>}
    </p>
  )
}

/** The waits as stairs: behind it, the present one filling up, those to come. */
function Stairs({ loop }: { readonly loop: LoopDetail }) {
  const { steps, current } = backOffLadder(loop)
  const now = useServerNow()
  const began = loop.nextAttemptAt !== null && loop.backOffMs !== null ? loop.nextAttemptAt - loop.backOffMs : null
  const done = began === null || loop.backOffMs === null ? 0 : Math.min(1, Math.max(0, (now - began) / loop.backOffMs))
  return (
    <ol className="flex items-end gap-1" aria-label="Steps of the back-off">
      {steps.map((step, index) => {
        const isCurrent = index === current
        const isPast = current !== null && index < current
        const height = `${0.4 + (2.6 * (index + 1)) / steps.length}rem`
        return (
          <li key={step} aria-current={isCurrent ? 'step' : undefined} className="min-w-0 flex-1">
            <span
              aria-hidden="true"
              style={{ height }}
              className={`relative block overflow-hidden rounded-xs ${isPast ? 'bg-s-fill/45' : isCurrent ? 'bg-s-line' : 'border border-line-strong border-dashed'}`}
            >
              {isCurrent && (
                <span
                  className="absolute inset-y-0 left-0 bg-s-fill"
                  style={{ width: `${(100 * done).toFixed(1)}%` }}
                />
              )}
            </span>
            <span className={`mt-1 block truncate text-2xs ${isCurrent ? 'font-bold text-s' : 'text-ink-3'}`}>
              {spanWords(step)}
              {index === steps.length - 1 && ' max'}
            </span>
          </li>
        )
      })}
    </ol>
  )
}

/** It runs: ten minutes of that and the loop is over. */
function Stability({ loop: { overAt } }: { readonly loop: LoopDetail }) {
  const now = useServerNow()
  if (overAt === null) return null
  const done = now === 0 ? 0 : Math.min(1, Math.max(0, 1 - (overAt - now) / stableAfter))
  return (
    <div data-severity="progress">
      <div aria-hidden="true" className="relative h-2 overflow-hidden rounded-full bg-sunken">
        <span className="absolute inset-y-0 left-0 bg-s-fill" style={{ width: `${(100 * done).toFixed(1)}%` }} />
      </div>
      <p className="mt-1 text-ink-2 text-xs">Ten minutes without an end, and the loop counts as over.</p>
    </div>
  )
}
