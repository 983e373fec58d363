'use client'

import { useServerNow } from '../live/use-clock-text.ts'
import { countText } from '../ui/count-text.ts'
import { place, roundStep, type TimeScale, width } from '../ui/time-scale.ts'
import type { KnownRun } from './container-runs.ts'
import { runLook } from './run-look.ts'
import { TimeAxis } from './TimeAxis.tsx'

/** Older ones would press the newest together. */
const drawn = 14
/** Nearer to each other than this share of the line, two signs of one kind are one. */
const signDistance = 0.02

/** A container's runs along a line of time: bars are runs, signs at their ends tell what ended them. */
export function RunLane({
  runs,
  container,
  next,
}: {
  /** Newest first. */
  readonly runs: readonly KnownRun[]
  readonly container: string
  /** When the next one begins: between these instants. */
  readonly next: { readonly from: number; readonly until: number } | null
}) {
  const seen = runs.slice(0, drawn)
  const starts = seen.flatMap((run) => run.startedAt ?? run.finishedAt ?? [])
  const from = Math.min(...starts)
  const step = roundStep(Math.max(1_000, (starts[0] ?? 0) - from), 300)
  const now = useServerNow(Math.min(10_000, Math.max(1_000, step)))
  if (starts.length === 0 || now === 0) return null
  const nextFrom = next !== null && next.until > now ? next.from : null
  const end = Math.max(now, nextFrom ?? 0, (next?.until ?? 0) * Number(nextFrom !== null))
  const margin = (end - from) * 0.012 + 500
  const scale: TimeScale = { from: from - margin, to: end + margin }
  return (
    <figure aria-label={laneWords(seen, container)}>
      <div className="relative h-7 rounded-sm bg-sunken" aria-hidden="true">
        {seen.map((run, index) => {
          const start = run.startedAt ?? run.finishedAt ?? now
          const { severity } = runLook(run)
          return (
            <span
              key={start}
              data-severity={severity}
              data-run={run.finishedAt === null ? 'running' : (run.cause?.type ?? 'ended')}
              className={`absolute inset-y-1 min-w-[3px] ${run.finishedAt === null ? 'rounded-l-xs' : 'rounded-xs'} ${severity === 'none' ? 'bg-ink-3/60' : 'bg-s-fill'} ${run.approximate ? 'opacity-60' : ''}`}
              style={{
                left: place(scale, start),
                width: width(scale, start, run.finishedAt ?? now),
                zIndex: drawn - index,
              }}
            />
          )
        })}
        {signsOf(seen, scale).map(({ at, run }) => {
          const { Icon, severity } = runLook(run)
          return (
            <span
              key={at}
              data-severity={severity}
              className="absolute inset-y-0 z-20 -ml-[7px] grid place-items-center"
              style={{ left: place(scale, at) }}
            >
              <Icon size={14} strokeWidth={2.4} className="rounded-full bg-surface text-s" />
            </span>
          )
        })}
        {nextFrom !== null && next !== null && (
          <span
            className="absolute inset-y-1 min-w-[5px] rounded-xs border border-accent border-dashed bg-accent-soft"
            style={{ left: place(scale, nextFrom), width: width(scale, nextFrom, next.until) }}
          />
        )}
        {nextFrom !== null && (
          <span className="absolute inset-y-0 border-ink-3 border-l" style={{ left: place(scale, now) }} />
        )}
      </div>
      <div className="sm:hidden">
        <TimeAxis scale={scale} ticks={3} />
      </div>
      <div className="max-sm:hidden">
        <TimeAxis scale={scale} ticks={7} />
      </div>
    </figure>
  )
}

/** The ends to mark, leaving out what would cover one of the same kind. */
function signsOf(
  runs: readonly KnownRun[],
  scale: TimeScale,
): readonly { readonly at: number; readonly run: KnownRun }[] {
  const signs: { at: number; run: KnownRun }[] = []
  for (const run of runs) {
    if (run.finishedAt === null || run.cause === null || run.cause.type === 'completed') continue
    const last = signs.at(-1)
    const near = last && (last.at - run.finishedAt) / (scale.to - scale.from) < signDistance
    if (near && last.run.cause?.type === run.cause.type) continue
    signs.push({ at: run.finishedAt, run })
  }
  return signs
}

function laneWords(runs: readonly KnownRun[], container: string): string {
  return `Timeline of the last ${countText(runs.length, 'run')} of ${container}: ${endCounts(runs)
    .map(({ words, count }) => (count === 1 ? words : `${words}, ${count} times`))
    .join('; ')}. The list below has the same.`
}

/** What ended these runs and how often, in the order of the newest. */
export function endCounts(
  runs: readonly KnownRun[],
): readonly { readonly words: string; readonly count: number; readonly run: KnownRun }[] {
  const counts = new Map<string, { words: string; count: number; run: KnownRun }>()
  for (const run of runs) {
    const words = run.finishedAt === null ? 'still runs' : (run.cause?.words ?? 'unknown')
    const known = counts.get(words)
    if (known) known.count += 1
    else counts.set(words, { words, count: 1, run })
  }
  return [...counts.values()]
}
