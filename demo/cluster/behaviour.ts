import type { Pod, ProbeKind } from './pod-types.ts'
import type { Random } from './random.ts'

/** One run of a container, as its behaviour sees it. */
export interface Run {
  readonly pod: Pod
  /** 0 for the first run. */
  readonly number: number
  /** ms since the Unix epoch. */
  readonly startedAt: number
  readonly random: Random
}

export interface Exit {
  /** After the run's start, ms. */
  readonly after: number
  readonly exitCode: number
  readonly reason: 'Completed' | 'Error' | 'OOMKilled'
  readonly message?: string
}

/** What the process in a container does. An absent behaviour starts at once, passes every probe and runs on. */
export interface ContainerBehaviour {
  /** Its image is not in the registry. */
  readonly imageMissing?: boolean
  /** Why the container can't be created: `configmap "x" not found`. */
  readonly configError?: string
  /** Its postStart hook fails in every run: the kubelet kills it. */
  readonly postStartFails?: boolean
  /** How a run ends by itself; null: it doesn't. */
  readonly exit?: (run: Run) => Exit | null
  /** The output of a probe that fails now; null: it passes. */
  readonly probe?: (kind: ProbeKind, run: Run, now: number) => string | null
  /** How long it takes to end after SIGTERM, ms; longer than the grace period means SIGKILL. */
  readonly stopAfter?: number
}

/** The behaviour of a container of a pod. */
export type BehaviourOf = (pod: Pod, container: string) => ContainerBehaviour | undefined

/** A number from 0 to 1 that stays the same for a pod, so that one of several replicas can be the bad one. */
export function pick(pod: Pod): number {
  let hash = 2166136261
  for (const character of pod.metadata.uid ?? '') hash = Math.imul(hash ^ character.charCodeAt(0), 16777619)
  return (hash >>> 0) / 4294967296
}
