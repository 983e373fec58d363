/** The demo cluster's time. Everything in its objects is told by it; the protocol's own timers run on real time. */
export interface DemoClock {
  /** ms since the Unix epoch. */
  now(): number
  /** Calls back once, at `at` or as soon as possible afterwards. Returns a function that calls it off. */
  schedule(at: number, callback: () => void): () => void
}

/** Real time, or `speed` times as fast from the moment of the call on. */
export function realClock(speed = 1): DemoClock {
  const startedAt = Date.now()
  const started = performance.now()
  const now = () => (speed === 1 ? Date.now() : startedAt + (performance.now() - started) * speed)
  return {
    now,
    schedule(at, callback) {
      // setTimeout takes at most 2^31 ms.
      const delay = Math.min(Math.max(0, (at - now()) / speed), 2_000_000_000)
      const timer = setTimeout(callback, delay)
      timer.unref()
      return () => clearTimeout(timer)
    },
  }
}

/** A clock that stands still until it is moved. */
export interface ManualClock extends DemoClock {
  /** Moves on by `ms`, calling back whatever falls due, in order and each at its own time. */
  advance(ms: number): void
}

export function manualClock(start: number): ManualClock {
  let time = start
  let serial = 0
  const due: { at: number; order: number; callback: () => void }[] = []
  return {
    now: () => time,
    schedule(at, callback) {
      const entry = { at: Math.max(at, time), order: serial++, callback }
      due.push(entry)
      return () => {
        const index = due.indexOf(entry)
        if (index >= 0) due.splice(index, 1)
      }
    },
    advance(ms) {
      const end = time + ms
      for (;;) {
        let next = -1
        for (const [index, entry] of due.entries()) {
          const best = due[next]
          if (entry.at <= end && (!best || entry.at < best.at || (entry.at === best.at && entry.order < best.order))) {
            next = index
          }
        }
        const [entry] = next >= 0 ? due.splice(next, 1) : []
        if (!entry) break
        time = Math.max(time, entry.at)
        entry.callback()
      }
      time = end
    },
  }
}
