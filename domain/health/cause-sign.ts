import type { ClusterEvent } from '../model/cluster-event.ts'
import { eventContainer } from './container-event.ts'
import type { RunExit } from './exit-words.ts'
import type { Evidence } from './problem.ts'

/** A run that is over, as the API's status or history tells it. Times are ms since the Unix epoch. */
export interface EndedRun {
  readonly startedAt: number | null
  readonly finishedAt: number | null
  /** Null: its end was never told. */
  readonly exitCode: number | null
  readonly signal: number | null
  readonly reason: string
  readonly message: string
}

/** An event, live or kept by history. */
export interface CauseSign {
  /** Null: it regards the pod as a whole. */
  readonly container: string | null
  readonly reason: string
  readonly message: string
  readonly count: number
  readonly firstAt: number
  readonly lastAt: number
}

export function causeSign(event: ClusterEvent): CauseSign {
  const { reason, message, count, firstAt, lastAt } = event
  return { container: eventContainer(event), reason, message, count, firstAt, lastAt }
}

/** Of a run whose end was never told: 0. */
export function exitOf({ exitCode, signal }: EndedRun): RunExit {
  return { exitCode: exitCode ?? 0, signal: signal ?? 0 }
}

export function signEvidence({ reason, message, lastAt, count }: CauseSign): Evidence {
  return { source: 'event', path: `Event ${reason}`, text: message.trim() || reason, at: lastAt, count }
}

/** The API's times are whole seconds, and the event of an end may be written a moment after it. */
const tolerance = 2_000

/** Whether an event was last seen, or first, while the run lasted. */
export function isDuring(run: EndedRun | null, sign: CauseSign): boolean {
  if (!run) return false
  // What was written before the start belongs to the run before, which may have ended just then.
  const within = (at: number) => !isAfter(run, at) && (run.startedAt === null || at >= run.startedAt)
  return within(sign.lastAt) || within(sign.firstAt)
}

/** Whether an instant lies after the run's end. */
export function isAfter({ finishedAt }: EndedRun, at: number): boolean {
  return finishedAt !== null && at > finishedAt + tolerance
}

export function latestSign(signs: readonly CauseSign[]): CauseSign | null {
  let last: CauseSign | null = null
  for (const sign of signs) if (!last || sign.lastAt > last.lastAt) last = sign
  return last
}
