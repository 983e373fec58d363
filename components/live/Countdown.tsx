'use client'

import { useRef } from 'react'
import { clockTime, dayAndTime, isoTime, stopwatch } from '../ui/clock-face.ts'
import { useClockText } from './use-clock-text.ts'
import { useOnScreen } from './use-on-screen.ts'
import { useFreshness } from './use-status.ts'

/**
 * Time left until `at`: "in 2:41". Once it has passed: `over`. While the cluster can't be heard
 * nothing is counted down that may have happened already: then it tells the instant.
 */
export function Countdown({
  at,
  over = 'any moment now',
  prefix = 'in ',
  className = '',
}: {
  readonly at: number
  readonly over?: string
  readonly prefix?: string
  readonly className?: string
}) {
  const element = useRef<HTMLTimeElement>(null)
  const seen = useOnScreen(element)
  const stale = useFreshness().state === 'stale'
  const text = useClockText(
    (now) => (stale ? `due ${clockTime(at)}` : at > now ? `${prefix}${stopwatch(at - now)}` : over),
    seen,
  )
  return (
    <time
      ref={element}
      dateTime={isoTime(at)}
      title={dayAndTime(at)}
      data-countdown=""
      className={`whitespace-nowrap ${className}`}
    >
      {text}
    </time>
  )
}
