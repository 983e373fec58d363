import { type CauseSign, type EndedRun, exitOf, isAfter, isDuring, latestSign, signEvidence } from './cause-sign.ts'
import { failedProbe, killingProbe } from './container-event.ts'
import { endSignal } from './exit-words.ts'
import type { Evidence } from './problem.ts'
import type { RunCause } from './run-cause.ts'

/** Signs of the kubelet's own kills of one container, and which of them fall into the run. */
interface Kills {
  readonly run: EndedRun | null
  readonly killing: readonly CauseSign[]
  readonly hooks: readonly CauseSign[]
  /** Failures of liveness and startup probes. */
  readonly failures: readonly CauseSign[]
  readonly during: (sign: CauseSign) => boolean
  /** Of the status and of these. */
  readonly evidence: (...signs: readonly (CauseSign | null)[]) => readonly Evidence[]
}

/** Probes, hooks and changed definitions. */
export function killedBy(
  leftAlone: boolean,
  run: EndedRun | null,
  own: readonly CauseSign[],
  told: Evidence | null,
): RunCause | null {
  const killing = own.filter(({ reason }) => reason === 'Killing')
  const hooks = own.filter(({ reason }) => reason === 'FailedPostStartHook')
  const failures = own.filter((sign) => sign.reason === 'Unhealthy' && isKillingProbe(failedProbe(sign)))
  if (killing.length === 0 && hooks.length === 0 && failures.length === 0) return null
  const kills: Kills = {
    ...{ run, killing, hooks, failures },
    during: (sign) => isDuring(run, sign),
    evidence: (...signs) => [...(told ? [told] : []), ...signs.flatMap((sign) => (sign ? [signEvidence(sign)] : []))],
  }
  return toldKill(kills) ?? likelyKill(kills, leftAlone)
}

/** An event of this run says it. */
function toldKill({ killing, hooks, failures, during, evidence }: Kills): RunCause | null {
  const kill = latestSign(killing.filter((sign) => killingProbe(sign) !== null && during(sign)))
  if (kill) {
    const type = killingProbe(kill) ?? 'liveness'
    const failed = failures.filter((sign) => failedProbe(sign) === type)
    const last = latestSign(failed.filter(during)) ?? latestSign(failed)
    return { type, words: `${type} probe`, endedBy: 'kubelet', certain: true, evidence: evidence(kill, last) }
  }
  const hook = latestSign(
    [...hooks, ...killing.filter(({ message }) => message.includes('PostStartHook'))].filter(during),
  )
  if (hook) {
    return { type: 'hook', words: 'postStart hook failed', endedBy: 'kubelet', certain: true, evidence: evidence(hook) }
  }
  const change = latestSign(killing.filter((sign) => sign.message.includes('definition changed') && during(sign)))
  if (!change) return null
  const words = 'its definition was changed'
  return { type: 'config', words, endedBy: 'user', certain: true, evidence: evidence(change) }
}

/**
 * From the 26th on client-go passes on one event in five minutes: an older one stands for this run
 * where its end looks like a kill.
 */
function likelyKill({ run, killing, hooks, failures, during, evidence }: Kills, leftAlone: boolean): RunCause | null {
  if (run && run.exitCode !== null && run.exitCode !== 0 && endSignal(exitOf(run)) === null) return null
  const failure = latestSign(failures.filter(during))
  const before = (each: CauseSign) => !run || !isAfter(run, each.firstAt)
  const kill = latestSign(killing.filter((each) => killingProbe(each) !== null && before(each)))
  const sign = failure ?? kill ?? (run && isKill(run) ? latestSign(failures.filter(before)) : null)
  if (sign) {
    const type = (failedProbe(sign) ?? killingProbe(sign)) === 'startup' ? 'startup' : 'liveness'
    // Under restartPolicy Never the kubelet stops the pod and doesn't name the probe.
    const stop = latestSign(killing.filter((each) => each.message.startsWith('Stopping container') && during(each)))
    const certain = failure !== null && stop !== null && leftAlone
    const words = certain ? `${type} probe` : `${type} probe, most likely`
    return { type, words, endedBy: 'kubelet', certain, evidence: evidence(certain ? stop : null, sign) }
  }
  const hook = run && isKill(run) ? latestSign(hooks.filter(before)) : null
  if (!hook) return null
  const words = 'postStart hook failed, most likely'
  return { type: 'hook', words, endedBy: 'kubelet', certain: false, evidence: evidence(hook) }
}

function isKill(run: EndedRun): boolean {
  const signal = endSignal(exitOf(run))
  return signal === 9 || signal === 15
}

function isKillingProbe(probe: string | null): boolean {
  return probe === 'liveness' || probe === 'startup'
}
