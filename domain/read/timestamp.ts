const zero = 48

/** The last date that was read and its midnight: most times of a list lie within few days. */
let knownDate = Number.NaN
let knownMidnight = Number.NaN

/**
 * An RFC 3339 time, with or without fractions (metav1.Time and MicroTime), in ms since the Unix
 * epoch; null for anything else and for times before 1970, which only Go's zero time gives.
 */
export function timestamp(value: unknown): number | null {
  if (typeof value !== 'string' || value.length < 20) return null
  const hour = digits(value, 11, 2)
  const minute = digits(value, 14, 2)
  const second = digits(value, 17, 2)
  // A number that isn't one is -1; a leap second (60) counts as the next minute's start.
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return null
  if (value.charCodeAt(13) !== colon || value.charCodeAt(16) !== colon || !isSeparator(value.charCodeAt(10)))
    return null
  const start = midnight(value)
  if (start === null) return null
  let at = 19
  let milliseconds = 0
  if (value.charCodeAt(at) === dot) {
    let scale = 100
    for (at += 1; at < value.length; at += 1) {
      const digit = value.charCodeAt(at) - zero
      if (digit < 0 || digit > 9) break
      milliseconds += digit * scale
      scale /= 10
    }
  }
  const offset = zoneOffset(value, at)
  if (offset === null) return null
  return start + ((hour * 60 + minute) * 60 + second) * 1000 + Math.floor(milliseconds) - offset
}

const colon = 58
const dot = 46
const dash = 45

function isSeparator(code: number): boolean {
  return code === 84 || code === 116 || code === 32
}

function midnight(value: string): number | null {
  const year = digits(value, 0, 4)
  const month = digits(value, 5, 2)
  const dayOfMonth = digits(value, 8, 2)
  const date = (year * 100 + month) * 100 + dayOfMonth
  if (value.charCodeAt(4) !== dash || value.charCodeAt(7) !== dash) return null
  if (date === knownDate) return knownMidnight
  if (year < 1970 || month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > daysIn(year, month)) return null
  knownDate = date
  knownMidnight = Date.UTC(year, month - 1, dayOfMonth)
  return knownMidnight
}

/** The zone's distance from UTC, ms; null where the text doesn't end in a zone. */
function zoneOffset(value: string, at: number): number | null {
  const sign = value[at]
  if (sign === 'Z' || sign === 'z') return value.length === at + 1 ? 0 : null
  if ((sign !== '+' && sign !== '-') || value.length !== at + 6 || value[at + 3] !== ':') return null
  const hours = digits(value, at + 1, 2)
  const minutes = digits(value, at + 4, 2)
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return null
  return (sign === '-' ? -1 : 1) * (hours * 60 + minutes) * 60_000
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

function digits(value: string, from: number, length: number): number {
  let number = 0
  for (let at = from; at < from + length; at += 1) {
    const digit = value.charCodeAt(at) - zero
    // charCodeAt gives NaN past the end, which fails this too.
    if (!(digit >= 0 && digit <= 9)) return -1
    number = number * 10 + digit
  }
  return number
}
