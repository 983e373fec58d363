import type { ContainerDetail } from '../../domain/live/protocol.ts'
import type { TimeScale } from '../ui/time-scale.ts'
import { knownRuns } from './container-runs.ts'
import type { PodHistoryRecord } from './pod-history.ts'

/**
 * The stretch of time in which a pod initialises: from its start to the end of its last step, or to
 * now while one still goes on. Null where no step has begun. A sidecar that runs on doesn't stretch
 * it: its bar leaves the track at the right.
 */
export function initScale(
  containers: readonly ContainerDetail[],
  history: PodHistoryRecord | null,
  since: number | null,
  now: number,
): TimeScale | null {
  const starts: number[] = []
  const ends: number[] = []
  let goesOn = false
  for (const container of containers) {
    const { init, type } = container
    if (init === null) continue
    for (const { startedAt, finishedAt } of knownRuns(container, history)) {
      if (startedAt !== null) starts.push(startedAt)
      if (finishedAt !== null && type === 'init') ends.push(finishedAt)
    }
    if (init.state === 'running' || init.state === 'failed' || init.blocks) goesOn = true
  }
  if (starts.length === 0) return null
  const first = Math.min(...starts)
  // A pod may have waited for days before its sandbox was there: that isn't initialising.
  const from = since !== null && since <= first && first - since < 120_000 ? since : first
  const last = goesOn ? now : Math.max(...ends, ...starts)
  const span = Math.max(1_000, last - from)
  return { from: from - span * 0.01, to: from + span * (goesOn ? 1.01 : 1.08) }
}
