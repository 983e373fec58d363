import type { RunCause } from '../../domain/health/run-cause.ts'

/** What the history keeps of one pod: GET /api/v1/history/pods/{uid}. Times are ms since the Unix epoch. */
export interface PodHistoryRecord {
  readonly runs: readonly ContainerRun[]
  readonly probeFailures: readonly ProbeFailure[]
  readonly readinessChanges: readonly ReadinessChange[]
  /** Times in which the cluster couldn't be heard. */
  readonly gaps: readonly { readonly from: number; readonly to: number }[]
  /** Null: not told. */
  readonly goneAt: number | null
}

export interface ContainerRun {
  readonly container: string
  /** Runs before this one that nobody saw. */
  readonly missedBefore: number
  readonly startedAt: number
  /** Null while it runs. */
  readonly finishedAt: number | null
  /** It ended at some instant before `finishedAt`. */
  readonly finishedApproximate: boolean
  readonly exitCode: number | null
  readonly signal: number
  readonly reason: string
  readonly message: string
  /** Null while it runs. */
  readonly cause: RunCause | null
}

export interface ProbeFailure {
  readonly at: number
  readonly container: string
  readonly probe: string
  readonly count: number
  readonly message: string
}

export interface ReadinessChange {
  readonly at: number
  /** Null: the pod as a whole. */
  readonly container: string | null
  readonly ready: boolean
}

/** Reads the answer; entries that make no sense are left out, the rest is kept. Newest first. */
export function readPodHistory(answer: unknown): PodHistoryRecord {
  return {
    runs: list(answer, 'runs')
      .flatMap((entry) => {
        const startedAt = time(entry, 'startedAt') ?? time(entry, 'finishedAt')
        if (startedAt === null) return []
        return {
          container: text(entry, 'container'),
          missedBefore: time(entry, 'missedBefore') ?? 0,
          startedAt,
          finishedAt: time(entry, 'finishedAt'),
          exitCode: time(entry, 'exitCode'),
          signal: time(entry, 'signal') ?? 0,
          finishedApproximate: entry.finishedApproximate === true,
          reason: text(entry, 'reason'),
          message: text(entry, 'message'),
          cause: cause(entry.cause),
        }
      })
      .sort((a, b) => b.startedAt - a.startedAt),
    probeFailures: list(answer, 'probeFailures')
      .flatMap((entry) => {
        const at = time(entry, 'at')
        if (at === null) return []
        return {
          at,
          container: text(entry, 'container'),
          probe: text(entry, 'probe'),
          count: time(entry, 'count') ?? 1,
          message: text(entry, 'message'),
        }
      })
      .sort((a, b) => b.at - a.at),
    readinessChanges: list(answer, 'readinessChanges')
      .flatMap((entry) => {
        const at = time(entry, 'at')
        if (at === null || typeof entry.ready !== 'boolean') return []
        return { at, container: entry.container === null ? null : text(entry, 'container'), ready: entry.ready }
      })
      .sort((a, b) => b.at - a.at),
    gaps: list(answer, 'gaps')
      .flatMap((entry) => {
        const from = time(entry, 'from')
        const to = time(entry, 'to')
        return from === null || to === null ? [] : { from, to }
      })
      .sort((a, b) => b.from - a.from),
    goneAt: isEntry(answer) && isEntry(answer.pod) ? time(answer.pod, 'goneAt') : null,
  }
}

type Entry = Readonly<Record<string, unknown>>

function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null
}

function list(answer: unknown, key: string): readonly Entry[] {
  const value = isEntry(answer) ? answer[key] : undefined
  return Array.isArray(value) ? value.filter(isEntry) : []
}

function time(entry: Entry, key: string): number | null {
  const value = entry[key]
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

function text(entry: Entry, key: string): string {
  const value = entry[key]
  return typeof value === 'string' ? value : ''
}

/** What a run without a readable cause ended of: nobody knows. */
const unknownCause: RunCause = { type: 'unknown', words: 'unknown', endedBy: 'unknown', certain: false, evidence: [] }

function cause(value: unknown): RunCause | null {
  if (!isEntry(value)) return null
  const words = text(value, 'words')
  if (words === '') return unknownCause
  // A type of a newer server is drawn as any other bad end.
  return {
    type: text(value, 'type') as RunCause['type'],
    words,
    endedBy: text(value, 'endedBy') as RunCause['endedBy'],
    certain: value.certain === true,
    evidence: [],
  }
}
