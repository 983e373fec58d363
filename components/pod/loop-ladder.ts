import type { LoopDetail } from '../../domain/live/protocol.ts'

export interface Ladder {
  /** The waits that a kubelet goes through, ms, shortest first. */
  readonly steps: readonly number[]
  /** The one that it is in or just had; null where it tells none. */
  readonly current: number | null
}

const usualFirst = 10_000
const usualMaximum = 300_000
/** More steps than that wouldn't be read. */
const most = 9

/**
 * The steps of the back-off: doubling from 10 s up to the maximum (k/k pkg/kubelet: initial 10 s).
 * A wait that isn't on this ladder shows another one: doubling backwards from it tells its first step.
 */
export function backOffLadder({ backOffMs, maximumMs }: Pick<LoopDetail, 'backOffMs' | 'maximumMs'>): Ladder {
  const maximum = Math.max(maximumMs ?? usualMaximum, backOffMs ?? 0)
  let first = Math.min(usualFirst, maximum)
  if (backOffMs !== null && backOffMs < maximum && !isOn(backOffMs, usualFirst)) {
    first = backOffMs
    while (first >= 2_000 && first % 2_000 === 0) first /= 2
  }
  const steps: number[] = []
  for (let step = first; step < maximum && steps.length < most - 1; step *= 2) steps.push(step)
  steps.push(maximum)
  const current = backOffMs === null ? -1 : steps.indexOf(backOffMs)
  return { steps, current: current === -1 ? null : current }
}

function isOn(wait: number, first: number): boolean {
  return Number.isInteger(Math.log2(wait / first))
}
