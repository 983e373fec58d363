const timeFormat = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })
const dayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })

/** "12:03:41" in the reader's time zone. */
export function clockTime(at: number): string {
  return timeFormat.format(at)
}

/** "24 Nov 2026 12:03:41" in the reader's time zone. */
export function dayAndTime(at: number): string {
  return `${dayFormat.format(at)} ${timeFormat.format(at)}`
}

/** The machine's form, for `<time datetime>`; empty for what is no time. */
export function isoTime(at: number): string {
  return Number.isFinite(at) && Math.abs(at) <= 8.64e15 ? new Date(at).toISOString() : ''
}

/** A span as a stopwatch shows it, rounded up to whole seconds: "0:14", "2:40", "1:02:03". */
export function stopwatch(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1_000))
  const two = (value: number) => String(value).padStart(2, '0')
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`
}
