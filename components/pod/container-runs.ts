import type { RunCause } from '../../domain/health/run-cause.ts'
import type { ContainerDetail } from '../../domain/live/protocol.ts'
import type { ContainerRun, PodHistoryRecord } from './pod-history.ts'

/** One run of a container, from the API or from history. Times are ms since the Unix epoch. */
export interface KnownRun {
  readonly startedAt: number | null
  /** Null while it runs. */
  readonly finishedAt: number | null
  /** It ended at some instant before `finishedAt`. */
  readonly approximate: boolean
  readonly exitCode: number | null
  readonly message: string
  /** Null while it runs. */
  readonly cause: RunCause | null
  /** Runs right before this one that nobody saw. */
  readonly missedBefore: number
}

/** The API's times are whole seconds; history may have rounded the same run otherwise. */
const sameRun = 1_500

/** What is known of a container's runs, newest first: the API's own and the older ones of history. */
export function knownRuns(container: ContainerDetail, history: PodHistoryRecord | null): readonly KnownRun[] {
  const older = (history?.runs ?? []).filter((run) => run.container === container.name)
  const live = container.runs.map((run): KnownRun => {
    const { startedAt, finishedAt, exitCode, message, cause } = run
    const kept = older.find((each) => isSame(run, each))
    return {
      startedAt,
      finishedAt,
      exitCode,
      message,
      cause,
      approximate: false,
      missedBefore: kept?.missedBefore ?? 0,
    }
  })
  // What history believes to run still, the API tells to be over.
  const past = older.filter((run) => run.finishedAt !== null && !live.some((each) => isSame(each, run)))
  return [...live, ...past.map(pastRun)].sort(newestFirst)
}

/** Runs of a container that the API doesn't have any more, newest first. */
export function pastRuns(name: string, history: PodHistoryRecord): readonly KnownRun[] {
  return history.runs
    .filter((run) => run.container === name)
    .map(pastRun)
    .sort(newestFirst)
}

function pastRun(run: ContainerRun): KnownRun {
  const { startedAt, finishedAt, exitCode, message, cause, missedBefore } = run
  return { startedAt, finishedAt, exitCode, message, cause, missedBefore, approximate: run.finishedApproximate }
}

function newestFirst(a: KnownRun, b: KnownRun): number {
  return (b.startedAt ?? b.finishedAt ?? 0) - (a.startedAt ?? a.finishedAt ?? 0)
}

function isSame(a: Pick<KnownRun, 'startedAt' | 'finishedAt'>, b: ContainerRun): boolean {
  if (a.startedAt !== null) return Math.abs(a.startedAt - b.startedAt) <= sameRun
  return a.finishedAt !== null && b.finishedAt !== null && Math.abs(a.finishedAt - b.finishedAt) <= sameRun
}
