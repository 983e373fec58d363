'use client'

import { spanWords } from '../../domain/health/span-words.ts'
import type { ProbeDetail } from '../../domain/live/protocol.ts'
import { Words } from '../kube/Words.tsx'
import { Countdown } from '../live/Countdown.tsx'
import { useServerNow } from '../live/use-clock-text.ts'
import { clockTime } from '../ui/clock-face.ts'

/** More marks than that would be a grey bar. */
const mostMarks = 40

/** The time that a startup probe gives its container: how much is gone, how much is left, what happens then. */
export function StartupBudget({
  startup,
  tries,
}: {
  readonly startup: NonNullable<ProbeDetail['startup']>
  /** failureThreshold: as many parts has the budget. */
  readonly tries: number
}) {
  const { beganAt, budgetMs, endsAt, earliestEndAt, latestEndAt } = startup
  const now = useServerNow()
  const done = now === 0 || endsAt <= beganAt ? 0 : Math.min(1, Math.max(0, (now - beganAt) / (endsAt - beganAt)))
  const percent = Math.round(100 * done)
  return (
    <div data-severity={done < 0.8 ? 'progress' : 'warning'} className="flex flex-col gap-1.5">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <Countdown at={endsAt} prefix="" over="0:00" className="font-semibold text-s text-xl" />
        <span className="text-ink-2 text-sm">left of {spanWords(budgetMs)} to start</span>
        <span className="text-ink-3 text-xs">
          ends between {clockTime(earliestEndAt)} and {clockTime(latestEndAt)}
        </span>
      </p>
      <div
        role="progressbar"
        aria-label="Startup budget used"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        className="relative h-3.5 overflow-hidden rounded-sm bg-sunken"
      >
        <span
          className="absolute inset-y-0 left-0 bg-s-fill transition-[width] duration-1000 ease-linear"
          style={{ width: `${(100 * done).toFixed(2)}%` }}
        />
        {tries > 1 &&
          tries <= mostMarks &&
          Array.from({ length: tries - 1 }, (_, index) => (
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: marks have no identity
              key={index}
              className="absolute inset-y-0 w-px bg-surface/70"
              style={{ left: `${(100 * (index + 1)) / tries}%` }}
            />
          ))}
      </div>
      <Words text={startup.then} className="text-ink-2 text-sm" />
    </div>
  )
}
