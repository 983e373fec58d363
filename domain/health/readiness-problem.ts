import type { Pod } from '../model/pod.ts'
import { latest } from './container-event.ts'
import type { NextCheck } from './next-check.ts'
import { conditionSince, podCondition } from './pod-condition.ts'
import type { PodContainer } from './pod-container.ts'
import type { PodContext } from './pod-context.ts'
import { podProblem, sentences } from './pod-problem.ts'
import { probeFailureEvents } from './probe-streak.ts'
import { failureCountsUntil, lastProbeFailure, livenessKnownAt, probeBudget } from './probes.ts'
import type { Problem } from './problem.ts'

/** Not being ready is an error after this time, a warning before. */
export const notReadyErrorAfter = 5 * 60_000
/** A container that has never been ready gets at least this long to become so. */
export const startGrace = 30_000

/**
 * A running container that its readiness probe keeps out of service. One that has just started
 * isn't a problem yet: it has the time that its probes would need to fail, and 30 s at the least.
 */
export function readinessProblem(
  pod: Pod,
  container: PodContainer,
  context: PodContext,
  check: NextCheck,
): Problem | null {
  const { spec, status } = container
  const probe = spec.readinessProbe
  if (!probe || status?.state.type !== 'running' || status.ready) return null
  if (spec.startupProbe && status.started !== true) return null
  const startedAt = status.state.startedAt ?? pod.startTime ?? pod.createdAt
  const changedAt = conditionSince(pod, 'ContainersReady', 'False') ?? conditionSince(pod, 'Ready', 'False')
  const wasReady = changedAt !== null && changedAt > startedAt
  const startup = spec.startupProbe ? probeBudget(spec.startupProbe) : 0
  const dueAt = startedAt + startup + Math.max(probeBudget(probe), startGrace)
  if (!wasReady && !check.reached(dueAt)) return null
  const since = wasReady ? changedAt : startedAt
  const failure = latest(probeFailureEvents(context.events, spec.name, 'readiness'))
  return podProblem(pod, context, {
    kind: 'probe-failing',
    severity: check.reached(since + notReadyErrorAfter) ? 'error' : 'warning',
    cause: 'readiness',
    since,
    lastSeenAt: failure?.lastAt,
    container: spec.name,
    title: `Readiness probe keeps container ${spec.name} out of service`,
    detail: sentences(failure?.message, !failure && podCondition(pod, 'ContainersReady')?.message),
  })
}

/** A liveness probe that fails now but hasn't killed its container yet. */
export function livenessProblem(
  pod: Pod,
  { spec, status }: PodContainer,
  context: PodContext,
  check: NextCheck,
): Problem | null {
  const probe = spec.livenessProbe
  if (!probe || status?.state.type !== 'running') return null
  const startedAt = status.state.startedAt ?? 0
  // Not for the answer here, but the pod's page says then that the probe passes.
  check.reached(livenessKnownAt(probe, startedAt))
  const failure = lastProbeFailure(context.events, spec.name, 'liveness')
  if (!failure || failure.lastAt < startedAt || check.reached(failureCountsUntil(probe, failure))) return null
  return podProblem(pod, context, {
    kind: 'probe-failing',
    severity: 'warning',
    cause: 'liveness',
    lastSeenAt: failure.lastAt,
    since: Math.max(failure.firstAt, startedAt),
    container: spec.name,
    title: `Liveness probe of container ${spec.name} fails`,
    detail: sentences(failure.message, `After ${probe.failureThreshold} failures in a row the container is restarted`),
  })
}
