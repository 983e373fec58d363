import { containerRoles, type RoleFinding } from '../health/container-role.ts'
import { initProgress } from '../health/init-progress.ts'
import { initStep } from '../health/init-step.ts'
import { loopWords } from '../health/loop-words.ts'
import { nodeNotReady } from '../health/pod-condition.ts'
import { podContainers } from '../health/pod-container.ts'
import { type ProbeContext, probeDetails } from '../health/probes.ts'
import { loopOf, type RestartLoop } from '../health/restart-loop.ts'
import { runDetails } from '../health/run-detail.ts'
import { waitingCause } from '../health/waiting-cause.ts'
import type { ClusterEvent } from '../model/cluster-event.ts'
import type { Labels } from '../model/labels.ts'
import type { Node } from '../model/node.ts'
import type { Pod } from '../model/pod.ts'
import type { ContainerDetail, LoopDetail } from './protocol.ts'

/** What the containers' details depend on beside the pod. */
export interface ContainerContext {
  /** Null where the pod has none or nodes may not be read. */
  readonly node: Node | null
  /** Events that regard the pod. */
  readonly events: readonly ClusterEvent[]
  readonly counters: ProbeContext['counters']
}

/**
 * All that is known of a pod's containers, in the order in which they start: for its page, the HTTP
 * API and the check of a dump.
 * @param now ms since the Unix epoch
 */
export function containerDetails(pod: Pod, context: ContainerContext, now: number): readonly ContainerDetail[] {
  const { node, events, counters } = context
  const roles = containerRoles(pod)
  const blocking = initProgress(pod)?.current ?? null
  const kubeletVersion = node?.kubeletVersion ?? ''
  const isHeard = nodeNotReady(node)?.status !== 'Unknown'
  return podContainers(pod).map((container, index) => {
    const { spec, status, type, restartPolicy } = container
    const loop = loopOf(pod, container, events, now, kubeletVersion)
    return {
      name: spec.name,
      type,
      role: roles.get(spec.name) ?? unknownRole,
      restartPolicy,
      restartRules: spec.restartRules,
      image: spec.image,
      state: status?.state ?? { type: 'none' },
      lastState: status?.lastState ?? { type: 'none' },
      ready: status?.ready ?? false,
      started: status?.started ?? null,
      restartCount: status?.restartCount ?? 0,
      runs: runDetails(pod, container, events),
      waiting: status && waitingCause(status, type === 'main' ? 'containerStatuses' : 'initContainerStatuses'),
      init: type === 'main' ? null : initStep(pod, container, index, blocking),
      probes: probeDetails(pod, spec, status, events, now, { kubeletVersion, isHeard, counters }),
      requests: entries(spec.requests),
      limits: entries(spec.limits),
      loop: loop && loopDetail(loop, kubeletVersion, now),
    }
  })
}

const unknownRole: RoleFinding = {
  role: 'main',
  product: null,
  confidence: 'guess',
  evidence: ['Nothing is known of it.'],
}

function loopDetail(loop: RestartLoop, kubeletVersion: string, now: number): LoopDetail {
  const { backOff } = loop
  return {
    since: loop.since,
    restarts: loop.restarts,
    cause: loop.runCause,
    backOffMs: backOff?.waitMs ?? null,
    nextAttemptAt: backOff?.earliestAt ?? null,
    nextAttemptUntil: backOff?.latestAt ?? null,
    followingBackOffMs: backOff?.followingMs ?? null,
    maximumMs: backOff?.maximum.ms ?? null,
    overAt: loop.overAt,
    words: loopWords(loop, kubeletVersion, now),
  }
}

/** By name. */
export function entries(labels: Labels): (readonly [string, string])[] {
  return Object.entries(labels)
    .flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]))
    .sort(([a], [b]) => (a < b ? -1 : 1))
}
