const initial = 10_000
const longest = 300_000
/** A container that ran longer than this (twice the longest back-off) starts afresh. */
const resetAfter = 600_000

/**
 * CrashLoopBackOff of one container (client-go util/flowcontrol/backoff.go with kubelet's doBackOff):
 * the first restart is immediate, then 10, 20, 40, 80, 160, 300 s from the end of the last run.
 */
export class RestartBackOff {
  #delay = 0
  #decidedAt = 0

  /** How long to wait, from `finishedAt`, before the restart that is due now, ms. */
  delay(finishedAt: number): number {
    if (this.#delay === 0 || finishedAt - this.#decidedAt > resetAfter) return 0
    return this.#delay
  }

  /** The container is restarted: the next back-off is longer. */
  restarted(finishedAt: number, now: number): void {
    const expired = this.#delay === 0 || finishedAt - this.#decidedAt > resetAfter
    this.#delay = expired ? initial : Math.min(longest, this.#delay * 2)
    this.#decidedAt = now
  }
}

/** A Go time.Duration as Go prints it: 10s, 2m40s, 5m0s. */
export function goDuration(ms: number): string {
  const seconds = Math.round(ms / 1000)
  const minutes = Math.floor(seconds / 60)
  const hours = Math.floor(minutes / 60)
  if (hours > 0) return `${hours}h${minutes % 60}m${seconds % 60}s`
  return minutes > 0 ? `${minutes}m${seconds % 60}s` : `${seconds}s`
}
