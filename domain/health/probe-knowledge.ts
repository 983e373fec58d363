import type { ProbeDetail } from '../live/protocol.ts'
import type { ContainerStatus, Pod } from '../model/pod.ts'
import type { ContainerSpec, Probe, ProbeKind } from '../model/pod-spec.ts'
import { inARow } from './probe-sentence.ts'
import type { ProbeStreak } from './probe-streak.ts'
import { startingSpan } from './probe-timing.ts'

/** Kubelet and API server need a moment to pass on what they know, ms. */
const delay = 10_000

/** What is known of a probe's answers, from where. */
export type ProbeKnowledge = Pick<ProbeDetail, 'state' | 'evidence' | 'source'>

export interface ProbeQuestion {
  readonly pod: Pod
  readonly spec: ContainerSpec
  readonly status: ContainerStatus | null
  readonly kind: ProbeKind
  readonly probe: Probe
  /** Failures within this run, as events tell them. */
  readonly streak: ProbeStreak | null
  /** When the kubelet last couldn't carry it out in this run, ms, as events tell; null where it could. */
  readonly erroredAt: number | null
  readonly counters: ProbeDetail['counters']
  /** The node's kubelet is heard; else everything is as of long ago. */
  readonly isHeard: boolean
  /** See kubernetesRelease; null where it isn't known. */
  readonly kubelet: number | null
  readonly now: number
}

/** Until when a failure says something about now, ms: had the next one failed too there would be another event, or soon a kill. */
export function failureSpeaksUntil(probe: Probe, lastAt: number): number {
  return lastAt + (Math.max(probe.periodSeconds, probe.timeoutSeconds) + probe.timeoutSeconds) * 1_000 + delay
}

/** When a probe that has had no effect yet must have passed at least once since the container's start, ms. */
export function effectDueAt(probe: Probe, startedAt: number): number {
  return startedAt + startingSpan(probe).latest * 1_000 + delay
}

/** A kubelet 1.35 cancels exec readiness probes with the pod's deletion (kubernetes#140881, mended in 1.36). */
const cancelsWithDeletion = 1_035

/**
 * The kubelet tells no successes and not every failure: `started` and `ready` speak for startup and
 * readiness, while liveness shows itself only when it fails (k/k pkg/kubelet/prober/worker.go).
 */
export function probeKnowledge(question: ProbeQuestion): ProbeKnowledge {
  const { pod, spec, status, kind, probe, isHeard, now } = question
  if (status?.state.type !== 'running') return of('not-started', 'status', 'The container isn’t running.')
  if (!isHeard) return of('unknown', 'condition', 'The node’s kubelet isn’t heard, so nobody knows how it stands.')
  const started = isStarted(status)
  if (kind === 'startup' && started) {
    return of('passing', 'status', 'It has passed: the kubelet reports the container as started.')
  }
  if (pod.deletedAt !== null && endsWithDeletion(question)) {
    return of('held-back', 'status', 'The pod is being deleted, which ends this probe.')
  }
  if (kind !== 'startup' && spec.startupProbe && started === false) {
    return of('held-back', 'status', 'It waits until the startup probe has passed.')
  }
  const startedAt = status.state.startedAt ?? now
  if (now < startedAt + probe.initialDelaySeconds * 1_000 && !(kind === 'readiness' && status.ready)) {
    return of('held-back', 'spec', `Its initial delay of ${probe.initialDelaySeconds} s isn’t over.`)
  }
  if (kind === 'startup') return startup(question, status, startedAt)
  return kind === 'readiness' ? readiness(question, status, startedAt) : liveness(question, startedAt)
}

/** A container that has a startup probe is ready only once that has passed, where the API doesn't tell `started` (before 1.16). */
function isStarted({ started, ready }: ContainerStatus): boolean | null {
  return started ?? (ready || null)
}

function endsWithDeletion({ kind, probe, kubelet }: ProbeQuestion): boolean {
  return kind !== 'readiness' || (kubelet === cancelsWithDeletion && probe.handler.type === 'exec')
}

function startup({ probe, streak, now }: ProbeQuestion, status: ContainerStatus, startedAt: number): ProbeKnowledge {
  if (status.started === null) {
    return of('unknown', null, 'This Kubernetes doesn’t tell whether the container has started.')
  }
  if (streak) return of('failing', 'event', 'It hasn’t passed yet, and events tell of failures.')
  if (now >= firstAnswerDueAt(probe, startedAt)) {
    return of(
      'failing',
      'status',
      'It has been asked and hasn’t passed: the kubelet reports the container as not started.',
    )
  }
  return of('not-started', 'status', 'Its first answer isn’t due yet.')
}

function readiness(question: ProbeQuestion, status: ContainerStatus, startedAt: number): ProbeKnowledge {
  const { probe, streak, erroredAt, now } = question
  if (status.ready) {
    return streak && now < failureSpeaksUntil(probe, streak.lastAt)
      ? of('passing', 'status', 'The kubelet still reports the container as ready, though it has just failed.')
      : of('passing', 'status', 'The kubelet reports the container as ready.')
  }
  if (streak)
    return of('failing', 'status', 'The kubelet reports the container as not ready, and events tell of failures.')
  if (erroredAt !== null) {
    return of('failing', 'event', 'The kubelet reports the container as not ready: it can’t carry the probe out.')
  }
  // The next after the first answer comes at once where it changed nothing, so one good answer would be known.
  const due = firstAnswerDueAt(probe, startedAt) + (probe.successThreshold - 1) * probe.periodSeconds * 1_000
  return now >= due + delay
    ? of('failing', 'status', 'The kubelet reports the container as not ready, long after its first answer was due.')
    : of('not-started', 'status', 'The container has just started and isn’t ready yet.')
}

function liveness({ probe, streak, erroredAt, counters, now }: ProbeQuestion, startedAt: number): ProbeKnowledge {
  if (streak && now < failureSpeaksUntil(probe, streak.lastAt)) {
    const after = inARow(probe.failureThreshold, 'failure')
    return of('failing', 'event', `It has just failed; ${after} have their effect.`)
  }
  if (erroredAt !== null && now < failureSpeaksUntil(probe, erroredAt)) {
    return of(
      'unknown',
      'event',
      'The kubelet can’t carry it out, which counts neither as a failure nor as a good answer.',
    )
  }
  if (now >= effectDueAt(probe, startedAt)) {
    const times = probe.failureThreshold === 1 ? 'once' : `${probe.failureThreshold} times in a row`
    return of('passing', 'status', `The container runs on: it hasn’t failed ${times} since its start.`)
  }
  if (counters && counters.failed === 0 && counters.successful > 0) {
    return of('passing', 'counter', 'The kubelet has counted good answers and no failure.')
  }
  return of('unknown', null, 'The container hasn’t run long enough to tell, and the API tells of no good answers.')
}

/** The first question comes within a period of the start and the delay, ms. */
function firstAnswerDueAt(probe: Probe, startedAt: number): number {
  return startedAt + (probe.initialDelaySeconds + probe.periodSeconds + probe.timeoutSeconds) * 1_000
}

function of(state: ProbeKnowledge['state'], source: ProbeKnowledge['source'], evidence: string): ProbeKnowledge {
  return { state, source, evidence }
}
