'use client'

import { humanDuration } from '../../domain/health/human-duration.ts'
import { dayAndTime, isoTime } from '../ui/clock-face.ts'
import { useClockText } from './use-clock-text.ts'

/** How long ago `at` was, ticking by itself: "18m"; what clocks put into the future is "0s". Hovering tells the instant. */
export function Age({
  at,
  suffix = '',
  prefix = '',
}: {
  readonly at: number
  readonly suffix?: string
  readonly prefix?: string
}) {
  const text = useClockText((now) => humanDuration(Math.max(0, now - at)))
  return (
    <time dateTime={isoTime(at)} title={dayAndTime(at)} className="whitespace-nowrap">
      {text === '' ? '' : `${prefix}${text}${suffix}`}
    </time>
  )
}
