import type { ContainerBehaviour, Run } from './behaviour.ts'
import type { Container, ProbeKind } from './pod-types.ts'
import type { ProbeCounter } from './probe-counters.ts'
import { startProber } from './prober.ts'
import type { Cancel, Simulation } from './simulation.ts'

export interface ContainerProbesOptions {
  readonly simulation: Simulation
  readonly container: Container
  readonly run: Run
  readonly behaviour: ContainerBehaviour | undefined
  readonly counter: (kind: ProbeKind) => ProbeCounter
  /** The startup probe has passed already. */
  readonly started: boolean
  /** One attempt has failed. */
  readonly onFailed: (kind: ProbeKind, output: string) => void
  readonly onReady: (ready: boolean) => void
  /** The startup probe has passed. */
  readonly onStarted: () => void
  /** Liveness or startup has failed as often as it may. */
  readonly onDead: (kind: ProbeKind) => void
}

/**
 * The probes of one run of a container: while it hasn't started only the startup probe runs.
 * @returns a function that ends them
 */
export function startProbes(options: ContainerProbesOptions): Cancel {
  const { container, started, simulation, run, behaviour } = options
  const cancels: Cancel[] = []
  const start = (kind: ProbeKind) => {
    const probe = container[`${kind}Probe`]
    if (!probe) return
    const cancel = startProber({
      simulation,
      kind,
      probe,
      run,
      behaviour,
      counter: options.counter(kind),
      onFailed: (output) => options.onFailed(kind, output),
      onResult: (success) => {
        if (kind === 'readiness') options.onReady(success)
        else if (!success) options.onDead(kind)
        else if (kind === 'startup') {
          options.onStarted()
          begin()
        }
      },
    })
    cancels.push(cancel)
  }
  const begin = () => {
    start('liveness')
    start('readiness')
  }
  if (container.startupProbe && !started) start('startup')
  else begin()
  return () => {
    for (const cancel of cancels) cancel()
  }
}
