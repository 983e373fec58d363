import type { ContainerRun } from './pod-history.ts'

/**
 * Sorts runs, the newest first, and counts for each those that are missing before it: restart counts
 * go up by one with every run, so a jump tells of runs that nobody saw. Where the count falls,
 * kubelet has lost its containers and begun to count anew.
 *
 * @param complete whether these are all runs that are kept; else the oldest says nothing of those before
 */
export function withMissed(runs: readonly ContainerRun[], complete: boolean): ContainerRun[] {
  const oldestFirst = [...runs].sort((a, b) => time(a) - time(b) || a.attempt - b.attempt)
  const lastAttempt = new Map<string, number>()
  return oldestFirst
    .map((run) => {
      const before = lastAttempt.get(run.container) ?? (complete ? -1 : run.attempt - 1)
      lastAttempt.set(run.container, run.attempt)
      return { ...run, missedBefore: Math.max(0, run.attempt - before - 1) }
    })
    .reverse()
}

function time(run: ContainerRun): number {
  return run.startedAt ?? run.finishedAt ?? 0
}
