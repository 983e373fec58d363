/** How long a step of initialisation has taken. Spans in ms. */
export interface StepDurations {
  /** Runs that came to a good end. */
  readonly count: number
  /** Of those runs; null without any. */
  readonly median: number | null
  /** Nine in ten took no longer. */
  readonly p90: number | null
  readonly max: number | null
  /** Runs that ended badly. */
  readonly failures: number
}

/**
 * @param durations of the runs that came to a good end, in any order; negative ones, of clocks that
 *   were set, count as none
 */
export function stepDurations(durations: readonly number[], failures: number): StepDurations {
  const sorted = durations.map((each) => Math.max(0, each)).sort((a, b) => a - b)
  const count = sorted.length
  const middle = Math.floor(count / 2)
  const median = count % 2 === 1 ? sorted[middle] : mean(sorted[middle - 1], sorted[middle])
  return {
    count,
    median: median ?? null,
    // Nearest rank: a span that really was.
    p90: sorted[Math.ceil(0.9 * count) - 1] ?? null,
    max: sorted[count - 1] ?? null,
    failures,
  }
}

function mean(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : Math.round((a + b) / 2)
}
