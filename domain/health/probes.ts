import type { ProbeDetail } from '../live/protocol.ts'
import type { ClusterEvent } from '../model/cluster-event.ts'
import type { ContainerStatus, Pod } from '../model/pod.ts'
import type { ContainerSpec, Probe, ProbeKind } from '../model/pod-spec.ts'
import { containerEvents, failedProbe, latest } from './container-event.ts'

/** Kubelet and API server need a moment to pass on what they know, ms. */
const delay = 10_000

/**
 * What is known of each probe of a container. The kubelet tells no successes and not every failure:
 * `started` and `ready` speak for startup and readiness, while liveness shows itself only when it
 * fails (k/k pkg/kubelet/prober/worker.go).
 */
export function probeDetails(
  pod: Pod,
  spec: ContainerSpec,
  status: ContainerStatus | null,
  events: readonly ClusterEvent[],
  now: number,
): readonly ProbeDetail[] {
  const details: ProbeDetail[] = []
  const add = (kind: ProbeKind, probe: Probe | null) => {
    if (!probe) return
    const failure = lastProbeFailure(events, spec.name, kind)
    const { state, evidence } = knowledge(pod, spec, status, kind, probe, failure, now)
    details.push({
      kind,
      probe,
      defaulted: [],
      sentence: 'What the kubelet does with it isn’t worked out yet.',
      state,
      evidence,
      source: null,
      inARow: null,
      lastFailure: failure && {
        at: failure.lastAt,
        count: failure.count,
        message: failure.message,
        httpCode: null,
        output: failure.message,
      },
      failures: null,
      startup: null,
      counters: null,
      next: null,
    })
  }
  add('startup', spec.startupProbe)
  add('liveness', spec.livenessProbe)
  add('readiness', spec.readinessProbe)
  return details
}

export function lastProbeFailure(
  events: readonly ClusterEvent[],
  container: string,
  kind: ProbeKind,
): ClusterEvent | null {
  return latest(containerEvents(events, container, 'Unhealthy').filter((event) => failedProbe(event) === kind))
}

/** From the container's start the probe may fail for so long, ms, before its verdict counts. */
export function probeBudget(probe: Probe): number {
  return (probe.initialDelaySeconds + probe.failureThreshold * probe.periodSeconds + probe.timeoutSeconds) * 1_000
}

/**
 * Until when a failure that an event told of says something about now, ms: had the next one failed
 * too there would be another event, or soon a kill.
 */
export function failureCountsUntil(probe: Probe, failure: ClusterEvent): number {
  return failure.lastAt + (probe.periodSeconds + probe.timeoutSeconds) * 1_000 + delay
}

/** When a liveness probe that hasn't killed its container must have passed at least once since its start, ms. */
export function livenessKnownAt(probe: Probe, startedAt: number): number {
  return startedAt + probeBudget(probe) + delay
}

type Knowledge = Pick<ProbeDetail, 'state' | 'evidence'>

function knowledge(
  pod: Pod,
  spec: ContainerSpec,
  status: ContainerStatus | null,
  kind: ProbeKind,
  probe: Probe,
  failure: ClusterEvent | null,
  now: number,
): Knowledge {
  if (status?.state.type !== 'running') return { state: 'not-started', evidence: 'The container isn’t running.' }
  if (pod.deletedAt !== null && kind !== 'readiness') {
    return { state: 'held-back', evidence: 'The pod is being deleted, which ends this probe.' }
  }
  if (kind !== 'startup' && spec.startupProbe && status.started !== true) {
    return { state: 'held-back', evidence: 'It waits until the startup probe has passed.' }
  }
  const startedAt = status.state.startedAt ?? now
  const failedInThisRun = failure !== null && failure.lastAt >= startedAt - 1_000
  if (kind === 'startup') return startup(status, probe, failedInThisRun)
  if (kind === 'readiness') return readiness(status, failedInThisRun || now >= startedAt + probeBudget(probe))
  if (failedInThisRun && now < failureCountsUntil(probe, failure)) {
    return {
      state: 'failing',
      evidence: `It has just failed; ${probe.failureThreshold} failures in a row restart the container.`,
    }
  }
  if (now < livenessKnownAt(probe, startedAt)) {
    return { state: 'unknown', evidence: 'The container hasn’t run long enough to tell.' }
  }
  return {
    state: 'passing',
    evidence: `The container runs on: the probe hasn’t failed ${times(probe.failureThreshold)} since its start.`,
  }
}

function startup(status: ContainerStatus, probe: Probe, failed: boolean): Knowledge {
  if (status.started === true) return { state: 'passing', evidence: 'The kubelet reports the container as started.' }
  if (status.started === null)
    return { state: 'unknown', evidence: 'The API doesn’t tell whether the container has started.' }
  const allowance = `The kubelet gives it ${probe.failureThreshold} × ${probe.periodSeconds} s from the container’s start.`
  return failed
    ? { state: 'failing', evidence: `It hasn’t passed yet. ${allowance}` }
    : { state: 'not-started', evidence: `It hasn’t passed yet and no failure is known. ${allowance}` }
}

function readiness(status: ContainerStatus, isDue: boolean): Knowledge {
  if (status.ready) return { state: 'passing', evidence: 'The kubelet reports the container as ready.' }
  return isDue
    ? { state: 'failing', evidence: 'The kubelet reports the container as not ready.' }
    : { state: 'not-started', evidence: 'The container has just started; the probe hasn’t passed yet.' }
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times in a row`
}
