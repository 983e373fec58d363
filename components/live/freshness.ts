import type { ServerStatus } from '../../domain/live/protocol.ts'

/** How much what is on the screen can be trusted now. */
export type Freshness =
  /** Nothing shown is known to be complete yet. */
  | { readonly state: 'connecting'; readonly reason: 'server' | 'cluster' }
  | { readonly state: 'live' }
  /** What is shown was true at `asOf` (server's clock, ms; null where nothing was ever heard). */
  | { readonly state: 'stale'; readonly lost: 'server' | 'cluster'; readonly asOf: number | null }
  | { readonly state: 'forbidden' }

export interface Hearing {
  readonly status: ServerStatus | null
  /** Browser's clock when the last status came. */
  readonly statusAt: number | null
  /** Browser's clock when the socket was lost; null while it is connected. */
  readonly lostAt: number | null
  /** Browser's clock when listening began. */
  readonly startedAt: number
}

/** A status comes every two seconds: three missed ones are silence. */
const silenceMilliseconds = 6_000
/** A socket that comes back within this time isn't worth a warning. */
const reconnectGraceMilliseconds = 1_500

/** `now` is the browser's clock, ms. */
export function freshnessAt(hearing: Hearing, now: number): Freshness {
  const { status, statusAt, lostAt, startedAt } = hearing
  if (!status || statusAt === null) {
    return now - startedAt > silenceMilliseconds
      ? { state: 'stale', lost: 'server', asOf: null }
      : { state: 'connecting', reason: 'server' }
  }
  const silent = now - statusAt > silenceMilliseconds
  const cut = lostAt !== null && now - lostAt > reconnectGraceMilliseconds
  if (silent || cut) return { state: 'stale', lost: 'server', asOf: asOfStatus(status) }
  if (status.state === 'connecting') return { state: 'connecting', reason: 'cluster' }
  if (status.state === 'forbidden') return { state: 'forbidden' }
  if (status.state === 'stale') return { state: 'stale', lost: 'cluster', asOf: status.freshAt }
  return { state: 'live' }
}

/** Two freshnesses that look the same on the screen. */
export function sameFreshness(a: Freshness, b: Freshness): boolean {
  if (a.state === 'stale' && b.state === 'stale') return a.lost === b.lost && a.asOf === b.asOf
  if (a.state === 'connecting' && b.state === 'connecting') return a.reason === b.reason
  return a.state === b.state
}

function asOfStatus(status: ServerStatus): number | null {
  return status.state === 'live' ? status.serverTime : status.freshAt
}
