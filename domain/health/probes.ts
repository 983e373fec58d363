import type { ProbeDetail } from '../live/protocol.ts'
import type { ClusterEvent } from '../model/cluster-event.ts'
import type { ContainerStatus, Pod } from '../model/pod.ts'
import type { ContainerSpec, PodSpec, Probe, ProbeKind } from '../model/pod-spec.ts'
import { latest } from './container-event.ts'
import { kubernetesRelease } from './kubernetes-release.ts'
import { conditionSince } from './pod-condition.ts'
import { effectiveRestartPolicy } from './pod-container.ts'
import { readProbeFailure } from './probe-failure.ts'
import { effectDueAt, failureSpeaksUntil, probeKnowledge } from './probe-knowledge.ts'
import { probeNext } from './probe-next.ts'
import { type ProbedContainer, probeSentence } from './probe-sentence.ts'
import { isCounted, type ProbeStreak, probeFailureEvents, probeFailureRate, probeStreak } from './probe-streak.ts'
import { defaultedFields, startingSpan, startupBudget } from './probe-timing.ts'
import { spanWords } from './span-words.ts'

/** What is known of a pod's probes beside the pod. */
export interface ProbeContext {
  /** Of the pod's node; empty where nobody knows. */
  readonly kubeletVersion: string
  /** The node's condition Ready isn't Unknown. */
  readonly isHeard: boolean
  /** The kubelet's own counters of a container's probe, where they are collected. */
  readonly counters: (container: string, kind: ProbeKind) => ProbeDetail['counters']
}

const nothingElse: ProbeContext = { kubeletVersion: '', isHeard: true, counters: () => null }

/** All that is known of each probe of a container, in the order in which they are asked. */
export function probeDetails(
  pod: Pod,
  spec: ContainerSpec,
  status: ContainerStatus | null,
  events: readonly ClusterEvent[],
  now: number,
  context: ProbeContext = nothingElse,
): readonly ProbeDetail[] {
  if (!spec.startupProbe && !spec.livenessProbe && !spec.readinessProbe) return []
  const container = probedContainer(pod.spec, spec)
  const startedAt = status?.state.type === 'running' ? (status.state.startedAt ?? now) : null
  const detail = (kind: ProbeKind, probe: Probe | null): readonly ProbeDetail[] => {
    if (!probe) return []
    const failures = probeFailureEvents(events, spec.name, kind)
    const streak = startedAt === null ? null : probeStreak(probe, failures, events, startedAt)
    const errored = latest(failures.filter((event) => !isCounted(event) && event.lastAt >= (startedAt ?? now)))
    const counters = context.counters(spec.name, kind)
    const knowledge = probeKnowledge({
      ...{ pod, spec, status, kind, probe, streak, counters, now },
      erroredAt: errored?.lastAt ?? null,
      isHeard: context.isHeard,
      kubelet: kubernetesRelease(context.kubeletVersion),
    })
    const row = streakInARow(knowledge.state, probe, streak, now, kind === 'readiness' && wasReady(pod, startedAt))
    const known = { ...knowledge, inARow: row, lastFailureAt: streak?.lastAt ?? null, startedAt }
    return [
      {
        kind,
        probe,
        defaulted: defaultedFields(probe),
        sentence: probeSentence(kind, probe, container),
        ...knowledge,
        inARow: row,
        lastFailure: lastFailure(failures),
        failures: probeFailureRate(failures, events, now),
        startup:
          kind === 'startup'
            ? startupDetail(probe, container, knowledge.state, startedAt, context.kubeletVersion)
            : null,
        counters,
        next: context.isHeard ? probeNext(kind, probe, container, known, events) : null,
      },
    ]
  }
  return [
    ...detail('startup', spec.startupProbe),
    ...detail('liveness', spec.livenessProbe),
    ...detail('readiness', spec.readinessProbe),
  ]
}

/** A container as probeSentence needs it, of a pod or of a workload's template. */
export function probedContainer(podSpec: PodSpec, spec: ContainerSpec): ProbedContainer & { readonly name: string } {
  return {
    name: spec.name,
    restartPolicy: effectiveRestartPolicy(podSpec, spec),
    hasRestartRules: spec.restartRules.length > 0,
    hasStartupProbe: spec.startupProbe !== null,
    gracePeriod: podSpec.terminationGracePeriodSeconds,
  }
}

/** The pod's containers were ready in this run and aren't any more. */
function wasReady(pod: Pod, startedAt: number | null): boolean {
  const since = conditionSince(pod, 'ContainersReady', 'False') ?? conditionSince(pod, 'Ready', 'False')
  return startedAt !== null && since !== null && since > startedAt
}

/** Null: nothing is known of failures in a row. A probe that has had its effect has failed at least so often. */
function streakInARow(
  state: ProbeDetail['state'],
  probe: Probe,
  streak: ProbeStreak | null,
  now: number,
  tookEffect: boolean,
): ProbeDetail['inARow'] {
  const of = probe.failureThreshold
  if (state === 'failing' && tookEffect && !(streak?.unbroken && streak.inThisRun >= of)) {
    return { count: of, of, exact: false }
  }
  if (!streak || (state !== 'failing' && state !== 'passing')) return null
  if (state === 'passing' && now >= failureSpeaksUntil(probe, streak.lastAt)) return null
  if (!streak.unbroken) return { count: 1, of, exact: false }
  return { count: streak.inThisRun, of, exact: streak.exact }
}

function lastFailure(failures: readonly ClusterEvent[]): ProbeDetail['lastFailure'] {
  const last = latest(failures)
  if (!last) return null
  const { type, httpCode, output, words } = readProbeFailure(last.message)
  return { at: last.lastAt, count: last.count, message: last.message, type, httpCode, output, words }
}

/** From 1.21 on (kubernetes#98376) a startup probe's failure makes the kubelet look at the pod at once, as a liveness probe's always did. */
const actsAtOnce = 1_021
/** syncFrequency of a minute with a jitter of up to one half, ms. */
const nextLookWithin = 90_000

function startupDetail(
  probe: Probe,
  container: ProbedContainer,
  state: ProbeDetail['state'],
  startedAt: number | null,
  kubeletVersion: string,
): ProbeDetail['startup'] {
  if (startedAt === null || state === 'passing' || state === 'unknown') return null
  const budgetMs = startupBudget(probe) * 1_000
  const grace = probe.terminationGracePeriodSeconds ?? container.gracePeriod
  const ends = grace > 0 ? `gives it ${spanWords(grace * 1_000)} to end` : 'kills it'
  const then = container.hasRestartRules
    ? 'does as its restart rules say'
    : container.restartPolicy === 'Never'
      ? 'doesn’t start it again'
      : 'starts it again'
  const isLate = (kubernetesRelease(kubeletVersion) ?? actsAtOnce) < actsAtOnce
  const late = isLate ? ' This node’s kubelet acts only when it next looks at the pod, up to 90 s later.' : ''
  const span = startingSpan(probe)
  return {
    beganAt: startedAt,
    budgetMs,
    earliestEndAt: startedAt + span.earliest * 1_000,
    latestEndAt: startedAt + span.latest * 1_000 + (isLate ? nextLookWithin : 0),
    endsAt: startedAt + budgetMs,
    // biome-ignore lint/suspicious/noThenProperty: a text is nothing that one can wait for
    then: `If it hasn’t passed by then, the kubelet ${ends} and ${then}.${late} Liveness and readiness probes wait until it has passed.`,
  }
}

/** The last event of a failure that counts: not of a probe that the kubelet couldn't carry out. */
export function lastProbeFailure(
  events: readonly ClusterEvent[],
  container: string,
  kind: ProbeKind,
): ClusterEvent | null {
  return latest(probeFailureEvents(events, container, kind).filter(isCounted))
}

/** From the container's start the probe may fail for so long, ms, before its verdict counts. */
export function probeBudget(probe: Probe): number {
  return (startupBudget(probe) + probe.timeoutSeconds) * 1_000
}

/** Until when a failure that an event told of says something about now, ms. */
export function failureCountsUntil(probe: Probe, failure: ClusterEvent): number {
  return failureSpeaksUntil(probe, failure.lastAt)
}

/** When a liveness probe that hasn't killed its container must have passed at least once since its start, ms. */
export function livenessKnownAt(probe: Probe, startedAt: number): number {
  return effectDueAt(probe, startedAt)
}
