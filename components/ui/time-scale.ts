/** A stretch of time along a line. Instants in ms since the Unix epoch. */
export interface TimeScale {
  readonly from: number
  readonly to: number
}

/** Where on the line an instant lies, as CSS: "12.5%". What lies outside is put to its end. */
export function place({ from, to }: TimeScale, at: number): string {
  return `${(100 * share({ from, to }, at)).toFixed(3)}%`
}

/** The width of a span on the line, as CSS. */
export function width(scale: TimeScale, from: number, to: number): string {
  return `${(100 * Math.max(0, share(scale, to) - share(scale, from))).toFixed(3)}%`
}

function share({ from, to }: TimeScale, at: number): number {
  return to <= from ? 0 : Math.min(1, Math.max(0, (at - from) / (to - from)))
}

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

const steps: readonly number[] = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
  ...[1, 2, 5, 10, 30, 90, 365].map((count) => count * day),
]

/** A round step that makes at most so many parts of a span, ms. */
export function roundStep(span: number, most: number): number {
  return steps.find((step) => span / step <= most) ?? span
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const clockWithSeconds = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })
const dayOnly = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const dayAndClock = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
})

/** Round instants on the line with their words in the reader's time zone. */
export function timeTicks(scale: TimeScale, most: number): readonly { readonly at: number; readonly label: string }[] {
  const span = scale.to - scale.from
  if (span <= 0) return []
  const step = roundStep(span, most)
  const format = step >= day ? dayOnly : span > day ? dayAndClock : step >= minute ? clock : clockWithSeconds
  // Round in the reader's time zone, whose offset may be half an hour.
  const offset = new Date(scale.from).getTimezoneOffset() * minute
  const ticks = []
  for (let at = Math.ceil((scale.from - offset) / step) * step + offset; at <= scale.to; at += step) {
    ticks.push({ at, label: format.format(at) })
  }
  return ticks
}
