import { type CauseSign, type RunCause, runCause } from '../../domain/health/run-cause.ts'
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
  const live = container.runs.map((run): KnownRun => ({ ...run, approximate: false, missedBefore: 0 }))
  const older = (history?.runs ?? []).filter((run) => run.container === container.name)
  const unmatched = older.filter((run) => !live.some((each) => isSame(each, run)))
  return [
    ...live.map((run) => ({ ...run, missedBefore: older.find((each) => isSame(run, each))?.missedBefore ?? 0 })),
    // What history believes to run still, the API tells to be over.
    ...unmatched.flatMap((run) => (run.finishedAt === null ? [] : pastRun(run, history, container))),
  ].sort(newestFirst)
}

/** Runs of a container that the API doesn't have any more, newest first. */
export function pastRuns(name: string, history: PodHistoryRecord): readonly KnownRun[] {
  return history.runs
    .filter((run) => run.container === name)
    .map((run) => pastRun(run, history, null))
    .sort(newestFirst)
}

function newestFirst(a: KnownRun, b: KnownRun): number {
  return (b.startedAt ?? b.finishedAt ?? 0) - (a.startedAt ?? a.finishedAt ?? 0)
}

function isSame(a: Pick<KnownRun, 'startedAt' | 'finishedAt'>, b: ContainerRun): boolean {
  if (a.startedAt !== null) return Math.abs(a.startedAt - b.startedAt) <= sameRun
  return a.finishedAt !== null && b.finishedAt !== null && Math.abs(a.finishedAt - b.finishedAt) <= sameRun
}

function pastRun(run: ContainerRun, history: PodHistoryRecord | null, container: ContainerDetail | null): KnownRun {
  const ended = run.finishedAt !== null
  const probes = container?.probes ?? []
  return {
    startedAt: run.startedAt,
    finishedAt: run.finishedAt,
    approximate: run.finishedApproximate,
    exitCode: run.exitCode,
    message: run.message,
    missedBefore: run.missedBefore,
    cause: ended
      ? runCause(
          {
            name: run.container,
            path: `history of ${run.container}`,
            source: 'history',
            memoryLimit: container?.limits.find(([name]) => name === 'memory')?.[1] ?? null,
            hasLivenessProbe: probes.some(({ kind }) => kind === 'liveness'),
            hasStartupProbe: probes.some(({ kind }) => kind === 'startup'),
            pod: null,
          },
          run,
          history?.events ?? noSigns,
        )
      : null,
  }
}

const noSigns: readonly CauseSign[] = []
