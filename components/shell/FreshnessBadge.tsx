'use client'

import { humanDuration } from '../../domain/health/human-duration.ts'
import type { Freshness } from '../live/freshness.ts'
import { useClockText } from '../live/use-clock-text.ts'
import { useFreshness, useStatus } from '../live/use-status.ts'
import { clockTime } from '../ui/clock-face.ts'

/** Says in one word whether the screen shows the cluster as it is now, and how old it is if not. */
export function FreshnessBadge() {
  const freshness = useFreshness()
  return (
    <>
      <div
        className="flex h-8 items-center gap-2 whitespace-nowrap rounded-md border px-2.5 text-sm data-[severity=ok]:border-line data-[severity=error]:border-s-line data-[severity=progress]:border-s-line data-[severity=error]:bg-s-soft"
        data-severity={look[freshness.state]}
        data-freshness={freshness.state}
      >
        <Dot live={freshness.state === 'live'} />
        <span className="font-semibold text-s" aria-hidden="true">
          {words[freshness.state]}
        </span>
        <span className="text-ink-2 max-sm:hidden" aria-hidden="true">
          <When freshness={freshness} />
        </span>
      </div>
      {/* Speaks on a change of state only: a clock read out every second helps nobody. */}
      <span role="status" className="sr-only">
        {announcement(freshness)}
      </span>
    </>
  )
}

const look = { live: 'ok', connecting: 'progress', stale: 'error', forbidden: 'error' } as const
const words = { live: 'Live', connecting: 'Connecting', stale: 'Stale', forbidden: 'Forbidden' } as const

function Dot({ live }: { readonly live: boolean }) {
  return <span aria-hidden="true" className={`h-2 w-2 bg-s ${live ? 'rounded-full' : 'rotate-45'}`} />
}

function When({ freshness }: { readonly freshness: Freshness }) {
  const freshAt = useStatus()?.freshAt ?? null
  const text = useClockText((now) => {
    if (freshness.state === 'live') return freshAt === null ? '' : clockTime(freshAt)
    if (freshness.state !== 'stale' || freshness.asOf === null) return ''
    return `as of ${clockTime(freshness.asOf)}, ${humanDuration(now - freshness.asOf)} ago`
  })
  return text
}

function announcement(freshness: Freshness): string {
  if (freshness.state === 'live') return 'Live: this is the cluster now'
  if (freshness.state === 'connecting') return 'Connecting'
  if (freshness.state === 'forbidden') return 'Plumbline may not read this cluster'
  const lost = freshness.lost === 'server' ? 'The Plumbline server' : 'The cluster'
  return `Stale: ${lost} can’t be reached${freshness.asOf === null ? '' : `, data as of ${clockTime(freshness.asOf)}`}`
}
