/** First and longest delay between attempts, ms: client-go's reflector uses the same bounds. */
const firstDelay = 800
const longestDelay = 30_000
/** An attempt that lasted this long was healthy: the next failure starts from the first delay again. */
export const healthyAfter = 5_000

/**
 * Full-jitter exponential back-off: uniform in [0, min(30 s, 0.8 s × 2^failures)], never below
 * `retryAfter` (what the server asked for), to which up to a quarter is added so that many clients
 * that were told the same don't return together.
 * @param failures failures in a row before this one, from 0
 * @param random uniform in [0, 1)
 */
export function backoffDelay(failures: number, retryAfter: number | null, random: () => number): number {
  const ceiling = Math.min(longestDelay, firstDelay * 2 ** Math.min(failures, 10))
  const jittered = random() * ceiling
  return retryAfter === null ? jittered : retryAfter + random() * Math.max(250, retryAfter / 4)
}
