import { endSignal } from './exit-words.ts'
import { lastRun, type PodContainer } from './pod-container.ts'
import type { RestartLoop } from './restart-loop.ts'

/**
 * What puts the loops of one workload's containers together. Whether a probe was behind a kill only
 * events tell, and of forty replicas some have lost theirs: a container with a liveness or startup
 * probe that dies of SIGKILL or SIGTERM is put with those of which it is known.
 */
export function loopCause({ spec, status }: PodContainer, { causeType }: RestartLoop): string {
  const run = status && lastRun(status)
  if (causeType === 'exit') return `exit/${run?.exitCode ?? 'unknown'}`
  if (causeType !== 'signal') return causeType
  const signal = run ? endSignal(run) : null
  if (signal === 9 || signal === 15) {
    if (spec.livenessProbe) return 'liveness'
    if (spec.startupProbe) return 'startup'
  }
  return `signal/${signal ?? 'unknown'}`
}
