const units: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
}

const part = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)/y

/**
 * A duration as Go's time.Duration prints it ("2m40s", "1.5s", "1h0m0s"), in ms; null for anything
 * else. The kubelet writes back-offs so.
 */
export function goDuration(text: string): number | null {
  const negative = text.startsWith('-')
  const body = negative || text.startsWith('+') ? text.slice(1) : text
  if (body === '0') return 0
  let milliseconds = 0
  let at = 0
  while (at < body.length) {
    part.lastIndex = at
    const match = part.exec(body)
    if (!match) return null
    milliseconds += Number(match[1]) * (units[match[2] ?? ''] ?? 0)
    at = part.lastIndex
  }
  if (at === 0) return null
  return negative ? -milliseconds : milliseconds
}
