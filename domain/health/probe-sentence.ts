import type { Probe, ProbeKind } from '../model/pod-spec.ts'
import { sentences } from './pod-problem.ts'
import { failingSpan, recoverySpan, startingSpan, startupBudget } from './probe-timing.ts'
import { spanWords } from './span-words.ts'

/** What a probe's effect depends on beside the probe. */
export interface ProbedContainer {
  readonly restartPolicy: 'Always' | 'OnFailure' | 'Never'
  /** restartPolicyRules decide by the exit code before the policy does (1.34 on). */
  readonly hasRestartRules: boolean
  readonly hasStartupProbe: boolean
  /** Seconds: the pod's. */
  readonly gracePeriod: number
}

/** What the kubelet does with a probe's answers and when, in plain words. */
export function probeSentence(kind: ProbeKind, probe: Probe, container: ProbedContainer): string {
  return sentences(
    kind === 'startup' ? startupSentence(probe, container) : failingSentence(kind, probe, container),
    kind === 'readiness' ? recoverySentence(probe) : graceSentence(probe, container),
    startSentence(kind, probe, container),
    kind === 'startup' && 'Liveness and readiness probes wait until it has passed; it is never asked again after that',
    `An answer may take ${seconds(probe.timeoutSeconds)}`,
  )
}

function failingSentence(kind: ProbeKind, probe: Probe, container: ProbedContainer): string {
  const { earliest, latest } = failingSpan(probe)
  const effect = kind === 'readiness' ? 'Takes the pod out of its Services' : `${endWords(container)} the container`
  const asked = `${effect} after ${inARow(probe.failureThreshold, 'failure')}, every ${seconds(probe.periodSeconds)}`
  return earliest === 0
    ? `${asked}: as soon as it stops answering, at the latest ${seconds(latest)} later`
    : `${asked}: at the earliest ${seconds(earliest)} after it stops answering, at the latest ${seconds(latest)}`
}

function startupSentence(probe: Probe, container: ProbedContainer): string {
  const { earliest, latest } = startingSpan(probe)
  const budget = seconds(startupBudget(probe))
  const tries = inARow(probe.failureThreshold, 'failure')
  const verb = container.restartPolicy === 'Never' || container.hasRestartRules ? 'end' : 'restart'
  const follow = `${verb}${probe.failureThreshold === 1 ? 's' : ''} it`
  return `Gives the container ${budget} to start: ${tries}, every ${seconds(probe.periodSeconds)}, ${follow} at the earliest ${seconds(earliest)} and at the latest ${seconds(latest)} after its start`
}

function endWords({ restartPolicy, hasRestartRules }: ProbedContainer): string {
  return restartPolicy === 'Never' || hasRestartRules ? 'Ends' : 'Restarts'
}

/**
 * What it has killed for a probe the kubelet starts again in the same breath, under OnFailure too; but
 * where the back-off makes it wait, OnFailure decides once more, by the exit code (kuberuntime_manager.go:
 * computePodActions, then doBackOff).
 */
function graceSentence(probe: Probe, { gracePeriod, restartPolicy, hasRestartRules }: ProbedContainer): string {
  const grace = probe.terminationGracePeriodSeconds ?? gracePeriod
  const ends =
    grace <= 0
      ? 'It is killed at once'
      : `It is asked to end (SIGTERM) and killed after ${seconds(grace)} if it doesn’t`
  if (hasRestartRules) return `${ends}; its restart rules decide whether it is started again`
  if (restartPolicy === 'Never') return `${ends}; restartPolicy Never: it isn’t started again`
  if (restartPolicy === 'Always') return ends
  return `${ends}; under restartPolicy OnFailure it may stay ended if its exit code is 0 then`
}

function recoverySentence(probe: Probe): string {
  const wait = recoverySpan(probe)
  const back = inARow(probe.successThreshold, 'success', 'successes')
  const brings = probe.successThreshold === 1 ? 'brings' : 'bring'
  const span = wait > 0 ? `, at the earliest ${seconds(wait)} after it answers again` : ''
  return `${back} ${brings} it back${span}; it restarts nothing`
}

function startSentence(kind: ProbeKind, probe: Probe, { hasStartupProbe }: ProbedContainer): string {
  const delay = probe.initialDelaySeconds
  const first = delay > 0 ? `The first question comes ${seconds(delay)} after the container’s start` : ''
  if (kind === 'startup' || !hasStartupProbe) return first
  return first === ''
    ? 'It waits until the startup probe has passed'
    : `${first}, and not before the startup probe has passed`
}

export function inARow(count: number, one: string, many = `${one}s`): string {
  return count === 1 ? `1 ${one}` : `${count} ${many} in a row`
}

function seconds(count: number): string {
  return spanWords(count * 1_000)
}
