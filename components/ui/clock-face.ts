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
