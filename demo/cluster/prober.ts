import type { ContainerBehaviour, Run } from './behaviour.ts'
import type { Probe, ProbeKind } from './pod-types.ts'
import type { ProbeCounter } from './probe-counters.ts'
import type { Cancel, Simulation } from './simulation.ts'

export interface ProberOptions {
  readonly simulation: Simulation
  readonly kind: ProbeKind
  readonly probe: Probe
  readonly run: Run
  readonly behaviour: ContainerBehaviour | undefined
  readonly counter: ProbeCounter
  /** A probe has failed, below the threshold or not. */
  readonly onFailed: (output: string) => void
  /** The stored result has flipped, or is known for the first time. */
  readonly onResult: (success: boolean) => void
}

/**
 * One probe of one run (k/k pkg/kubelet/prober/worker.go): every period from the container's start,
 * not before the initial delay; a result counts once it has come threshold times in a row. A
 * container without a behaviour of its own passes for ever, so it is probed only until it has.
 * @returns a function that ends it
 */
export function startProber(options: ProberOptions): Cancel {
  const { simulation, kind, probe, run, behaviour, counter } = options
  // Initial values: a container is live, not ready, and not started.
  let result = kind === 'liveness'
  let known = kind === 'liveness'
  let last: boolean | null = null
  let inARow = 0
  let cancel: Cancel = () => {}
  let over = false
  const period = probe.periodSeconds * 1000
  const delay = (probe.initialDelaySeconds ?? 0) * 1000

  const tick = () => {
    if (over) return
    const output = behaviour?.probe?.(kind, run, simulation.now) ?? null
    const success = output === null
    counter.ran(success)
    inARow = success === last ? inARow + 1 : 1
    last = success
    if (output !== null) options.onFailed(output)
    if (over) return
    if (inARow >= (success ? probe.successThreshold : probe.failureThreshold) && (!known || result !== success)) {
      known = true
      result = success
      options.onResult(success)
    }
    // A startup probe ends with its first success; liveness and startup are on hold once they have failed.
    if (over || (kind === 'startup' && known && result) || (kind !== 'readiness' && known && !result)) return
    if (behaviour?.probe === undefined && success && known) return counter.passOn(simulation.now, period)
    cancel = simulation.after(period, tick)
  }
  const first = Math.ceil(delay / period) * period
  const elapsed = Math.max(0, simulation.now - run.startedAt)
  cancel = simulation.after(Math.max(first - elapsed, 20), tick)
  return () => {
    over = true
    counter.end(simulation.now)
    cancel()
  }
}
