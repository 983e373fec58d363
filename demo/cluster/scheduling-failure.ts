/** Why one node was refused. */
export interface Verdict {
  readonly reasons: readonly string[]
  /** UnschedulableAndUnresolvable: removing other pods would not help. */
  readonly final: boolean
}

/**
 * The text of a FailedScheduling event and of the PodScheduled condition
 * (k/k pkg/scheduler/framework/types.go FitError.Error, with the texts of the post-filter plugins).
 */
export function schedulingFailure(verdicts: readonly Verdict[]): string {
  const total = verdicts.length
  if (total === 0) return 'no nodes available to schedule pods'
  const counts = countReasons(verdicts.flatMap((verdict) => verdict.reasons))
  const preemption = countReasons(
    verdicts.map((verdict) =>
      verdict.final ? 'Preemption is not helpful for scheduling' : 'No preemption victims found for incoming pod',
    ),
  )
  return `0/${total} nodes are available: ${counts}. no new claims to deallocate, preemption: 0/${total} nodes are available: ${preemption}.`
}

/** "2 Insufficient cpu, 3 …", sorted as strings, as the scheduler sorts them. */
function countReasons(reasons: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  return [...counts]
    .map(([reason, count]) => `${count} ${reason}`)
    .sort()
    .join(', ')
}
