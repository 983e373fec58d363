/** A number with a binary or decimal suffix, or a decimal exponent. "1E" is exa, "1E3" a thousand. */
const form = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+)|([KMGTPE]i|[numkMGTPE]))?$/

/** No quantity that the API server serves is as long; what is longer isn't worth the arithmetic. */
const longest = 100

const decimalExponents: ReadonlyMap<string, number> = new Map([
  ['n', -9],
  ['u', -6],
  ['m', -3],
  ['k', 3],
  ['M', 6],
  ['G', 9],
  ['T', 12],
  ['P', 15],
  ['E', 18],
])

const binaryExponents: ReadonlyMap<string, bigint> = new Map([
  ['Ki', 10n],
  ['Mi', 20n],
  ['Gi', 30n],
  ['Ti', 40n],
  ['Pi', 50n],
  ['Ei', 60n],
])

const largest = (2n ** 63n - 1n) * 1000n

/**
 * A Kubernetes resource quantity ("500m", "1Gi", "2e3") in thousandths, which is exact for all that
 * requests and limits may be. As in apimachinery api/resource what is finer is rounded up, away from
 * zero, and what is beyond int64 is capped there. Null where the text is no quantity.
 */
export function parseQuantity(text: string): bigint | null {
  if (text.length > longest) return null
  const match = form.exec(text)
  if (!match) return null
  const [, sign, whole = '', fraction = '', exponent, suffix = ''] = match
  if (whole === '' && fraction === '') return null
  const power = exponent === undefined ? (decimalExponents.get(suffix) ?? 0) : clamp(Number(exponent), 2 * longest)
  const digits = BigInt(whole + fraction) << (binaryExponents.get(suffix) ?? 0n)
  const thousandths = scale(digits, power - fraction.length + 3)
  const magnitude = thousandths > largest ? largest : thousandths
  return sign === '-' ? -magnitude : magnitude
}

/** Times a power of ten, rounded up. */
function scale(digits: bigint, power: number): bigint {
  if (power >= 0) return digits * 10n ** BigInt(power)
  const divisor = 10n ** BigInt(-power)
  return (digits + divisor - 1n) / divisor
}

function clamp(value: number, limit: number): number {
  return Math.max(-limit, Math.min(limit, value))
}
