import type { Outcome } from './api-status.ts'
import { backoffDelay, healthyAfter } from './backoff.ts'
import type { RequestReason } from './request-budget.ts'

/** What a reflector does next: read the whole collection, or watch on from a resourceVersion. */
export type Position =
  | { readonly at: 'list'; readonly reason: RequestReason }
  | { readonly at: 'watch'; readonly resourceVersion: string; readonly reason: RequestReason }

export interface Progress {
  readonly position: Position
  /** Failures in a row, for the back-off. */
  readonly failures: number
  /** Bad lines in a row at this resourceVersion. */
  readonly corruptions: number
  /** "Too large resource version" in a row. */
  readonly tooLarge: number
  /** Watches in a row that were silent although this server sends bookmarks. */
  readonly silences: number
}

export interface Attempt {
  /** How long the attempt lasted, ms. */
  readonly lasted: number
  /** Events or items that it brought. */
  readonly received: number
  /** For a watch: where it has come to. */
  readonly resourceVersion: string
  /** The server has sent a bookmark for this kind before: then silence is not how it speaks. */
  readonly knowsBookmarks: boolean
}

export interface NextStep {
  readonly progress: Progress
  /** Pause before it, ms. */
  readonly delay: number
}

export const atStart: Progress = {
  position: { at: 'list', reason: 'start' },
  failures: 0,
  corruptions: 0,
  tooLarge: 0,
  silences: 0,
}

/** How often a watch is tried again when a server lags behind (rolling control plane) before its truth is taken anew. */
const tooLargeAttempts = 8
/** RBAC may be mended at any time; asking once a minute is cheap. */
const permissionRetry = 60_000
const absentRetry = 300_000
/** A watch that ends in less than this without a single event is a fault and not a normal end (client-go: VeryShortWatch). */
const shortWatch = 1_000

/** The whole protocol: from where a reflector stands and what came of its attempt to where it goes next. Pure. */
export function nextStep(progress: Progress, outcome: Outcome, attempt: Attempt, random: () => number): NextStep {
  const failures = attempt.lasted >= healthyAfter ? 0 : progress.failures
  const here: Position =
    progress.position.at === 'watch'
      ? { at: 'watch', resourceVersion: attempt.resourceVersion, reason: 'retry' }
      : { at: 'list', reason: 'retry' }
  const calm = { corruptions: 0, tooLarge: 0, silences: 0 }
  const relist = (reason: RequestReason): NextStep => ({
    progress: { position: { at: 'list', reason }, failures: failures + 1, ...calm },
    // Many kinds may be told at once; the request budget holds back what is too much.
    delay: random() * 500 + (failures > 0 ? backoffDelay(failures, null, random) : 0),
  })
  const retry = (position: Position, retryAfter: number | null, counts: Partial<Progress> = calm): NextStep => ({
    progress: { position, failures: failures + 1, ...calm, ...counts },
    delay: backoffDelay(failures, retryAfter, random),
  })
  switch (outcome.type) {
    case 'ended':
      if (attempt.lasted < shortWatch && attempt.received === 0) return retry(here, null)
      return {
        progress: {
          position: { at: 'watch', resourceVersion: attempt.resourceVersion, reason: 'resume' },
          failures: 0,
          ...calm,
        },
        delay: 0,
      }
    case 'silent': {
      const silences = attempt.knowsBookmarks && attempt.received === 0 ? progress.silences + 1 : 0
      // A version that the server no longer has (etcd restored from a backup) is met with silence for ever.
      if (silences > 1) return relist('regressed')
      return retry(here.at === 'watch' ? { ...here, reason: 'resume' } : here, null, { ...calm, silences })
    }
    case 'expired':
      return relist('expired')
    case 'regressed':
      return relist('regressed')
    case 'version-too-large':
      if (here.at === 'watch' && progress.tooLarge < tooLargeAttempts) {
        return retry(here, outcome.retryAfter ?? 1000, { ...calm, tooLarge: progress.tooLarge + 1 })
      }
      return relist('regressed')
    case 'corrupt':
      // The same line may come whole the next time; if it doesn't, only a list gets past it.
      if (here.at === 'watch' && progress.corruptions === 0) return retry(here, null, { ...calm, corruptions: 1 })
      return relist('retry')
    case 'unsupported':
      return relist('retry')
    case 'forbidden':
      return {
        progress: { ...atStart, position: { at: 'list', reason: 'permission' } },
        delay: jitter(permissionRetry, random),
      }
    case 'absent':
      return {
        progress: { ...atStart, position: { at: 'list', reason: 'permission' } },
        delay: jitter(absentRetry, random),
      }
    case 'throttled':
    case 'fault':
      return retry(here, outcome.retryAfter)
    case 'stopped':
      return { progress, delay: 0 }
  }
}

function jitter(delay: number, random: () => number): number {
  return delay * (0.8 + 0.4 * random())
}
