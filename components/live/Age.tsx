'use client'

import { ageText } from '../ui/age-text.ts'
import { dayAndTime, isoTime } from '../ui/clock-face.ts'
import { useClockText } from './use-clock-text.ts'

/** How long ago `at` was, ticking by itself: "18m". Hovering tells the instant. */
export function Age({
  at,
  suffix = '',
  prefix = '',
}: {
  readonly at: number
  readonly suffix?: string
  readonly prefix?: string
}) {
  const text = useClockText((now) => ageText(now - at))
  return (
    <time dateTime={isoTime(at)} title={dayAndTime(at)} className="whitespace-nowrap">
      {text === '' ? '' : `${prefix}${text}${suffix}`}
    </time>
  )
}

/** Time left until `at`: "2m41s", and `over` once it has passed. */
export function Countdown({ at, over }: { readonly at: number; readonly over: string }) {
  const text = useClockText((now) => (at > now ? `in ${ageText(at - now + 999)}` : over))
  return (
    <time dateTime={isoTime(at)} title={dayAndTime(at)} className="whitespace-nowrap">
      {text}
    </time>
  )
}
