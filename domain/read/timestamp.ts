const zero = 48

/**
 * An RFC 3339 time, with or without fractions (metav1.Time and MicroTime), in ms since the Unix
 * epoch; null for anything else and for times before 1970, which only Go's zero time gives.
 */
export function timestamp(value: unknown): number | null {
  if (typeof value !== 'string' || value.length < 20) return null
  const year = digits(value, 0, 4)
  const month = digits(value, 5, 2)
  const day = digits(value, 8, 2)
  const hour = digits(value, 11, 2)
  const minute = digits(value, 14, 2)
  const second = digits(value, 17, 2)
  // A number that isn't one is -1; a leap second (60) counts as the next minute's start.
  if (year < 1970 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return null
  if (value[4] !== '-' || value[7] !== '-' || value[13] !== ':' || value[16] !== ':') return null
  if (value[10] !== 'T' && value[10] !== 't' && value[10] !== ' ') return null
  let at = 19
  let milliseconds = 0
  if (value[at] === '.') {
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
  return Date.UTC(year, month - 1, day, hour, minute, second, Math.floor(milliseconds)) - offset
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
