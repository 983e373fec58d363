import type { ContainerStatus, Pod } from '../model/pod.ts'
import type { PodSpec } from '../model/pod-spec.ts'
import { containerRunFacts, endOfRunning } from './container-run-facts.ts'
import type { ContainerType, Fact, PodFact, PodRef } from './fact.ts'
import { keptText } from './kept-text.ts'
import { containerReadinessFacts, podReadinessFacts } from './readiness-facts.ts'

/** On the mirror pod of a static pod: the static pod's own uid (k/k pkg/kubelet/types ConfigMirrorAnnotationKey). */
const mirrorAnnotation = 'kubernetes.io/config.mirror'

/**
 * What a change of a pod adds to history. `previous` null: the pod is new to us, and everything that
 * it still tells of its past is a fact. `next` null: it is deleted.
 */
export function podFacts(previous: Pod | null, next: Pod | null, at: number): Fact[] {
  if (next) return factsOf(previous, next, at)
  if (!previous) return []
  const pod = refOf(previous)
  const ends = containersOf(previous).flatMap(({ status, type }) => endOfRunning(pod, type, status, at))
  return [...ends, { type: 'pod-gone', at, pod }]
}

function factsOf(previous: Pod | null, next: Pod, at: number): Fact[] {
  const pod = refOf(next)
  const facts: Fact[] = []
  if (!previous || hasMoved(previous, next)) facts.push(podFact(pod, next, at))
  facts.push(...podReadinessFacts(pod, previous, next, at))
  const before = previous ? containersOf(previous) : []
  for (const { status, type } of containersOf(next)) {
    const known = before.find((container) => container.status.name === status.name)?.status ?? null
    facts.push(...containerRunFacts(pod, type, known, status, at))
    // Init containers are "ready" when they are done, which their run tells.
    if (type !== 'init') facts.push(...containerReadinessFacts(pod, previous ? known : undefined, status, at))
  }
  return facts
}

/** The containers that have a status, init containers first. */
export function containersOf(pod: Pod): { readonly status: ContainerStatus; readonly type: ContainerType }[] {
  return [
    ...pod.initContainerStatuses.map((status) => ({ status, type: initType(pod.spec, status.name) })),
    ...pod.containerStatuses.map((status) => ({ status, type: 'main' as const })),
  ]
}

function initType(spec: PodSpec, name: string): ContainerType {
  const container = spec.initContainers.find((candidate) => candidate.name === name)
  return container?.restartPolicy === 'Always' ? 'sidecar' : 'init'
}

function refOf({ uid, namespace, name }: Pod): PodRef {
  return { uid, namespace, name }
}

function hasMoved(previous: Pod, next: Pod): boolean {
  return (
    previous.nodeName !== next.nodeName ||
    previous.deletedAt !== next.deletedAt ||
    (previous.phase !== next.phase && isFinal(next.phase))
  )
}

function podFact(pod: PodRef, next: Pod, at: number): PodFact {
  const scheduled = next.conditions.find(({ type, status }) => type === 'PodScheduled' && status === 'True')
  return {
    type: 'pod',
    at,
    pod,
    createdAt: next.createdAt,
    owner: next.owner ? { kind: next.owner.kind, name: next.owner.name } : null,
    node: next.nodeName,
    boundAt: scheduled?.lastTransitionTime ?? null,
    deletedAt: next.deletedAt,
    final: isFinal(next.phase)
      ? { phase: next.phase, reason: keptText(next.reason, 200), message: keptText(next.message) }
      : null,
    staticUid: next.annotations[mirrorAnnotation] ?? '',
  }
}

function isFinal(phase: string): boolean {
  return phase === 'Succeeded' || phase === 'Failed'
}
