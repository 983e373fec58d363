import type { Pod } from '../model/pod.ts'
import type { SchedulerRules } from './scheduler-rules.ts'
import type { SchedulingView } from './scheduling-view.ts'
import { affinityChanges } from './single-change-affinity.ts'
import { nodeChanges } from './single-change-nodes.ts'
import { resourceChanges } from './single-change-resources.ts'
import { spreadChanges } from './single-change-spread.ts'

export type SingleChangeKind =
  | 'uncordon'
  | 'taint'
  | 'node-affinity'
  | 'spread'
  | 'request'
  | 'free-room'
  | 'host-port'
  | 'affinity'
  | 'anti-affinity'
  | 'add-node'

/** One thing that, done alone, would let the scheduler place the pod. */
export interface SingleChange {
  readonly kind: SingleChangeKind
  /** What to do, one sentence without its full stop. */
  readonly text: string
  /** Nodes that could take the pod then: at least one, found by asking every node again. */
  readonly nodes: number
  /** One of these nodes. */
  readonly node: string
}

/** Names the workload of a pod, for texts. */
export type NameWorkload = (pod: Pod) => string

/**
 * The single changes that would let a refused pod be placed, each tried in truth by running the
 * filters with it. Gives null between tries, so that the caller can take them a few at a time: each
 * step costs about one evaluation.
 */
export function* singleChanges(
  pod: Pod,
  view: SchedulingView,
  rules: SchedulerRules,
  nameWorkload: NameWorkload,
): Generator<SingleChange | null> {
  yield* nodeChanges(pod, view, rules)
  yield* resourceChanges(pod, view, rules)
  yield* spreadChanges(pod, view, rules)
  yield* affinityChanges(pod, view, rules, nameWorkload)
}
