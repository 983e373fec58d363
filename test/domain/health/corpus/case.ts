import type { ProblemKind } from '../../../../domain/health/problem.ts'
import type { RunCauseType } from '../../../../domain/health/run-cause.ts'
import type { InitStepDetail, ProbeDetail } from '../../../../domain/live/protocol.ts'
import type { Node } from '../../../../domain/model/node.ts'
import type { ProbeKind } from '../../../../domain/model/pod-spec.ts'

/** One pod in one situation, and what is to be said about it. */
export interface CorpusCase {
  readonly name: string
  /** Release of API server and kubelet: "1.36". */
  readonly kubernetes: string
  /** ms since the epoch; without it the `now` of made-pod.ts. */
  readonly now?: number
  /** The API's own JSON. */
  readonly pod: unknown
  readonly events?: readonly unknown[]
  /** Its node; without it one that is ready, with a kubelet of the same release. */
  readonly node?: Node
  /** READY STATUS RESTARTS as `kubectl get pods` prints them; an API server's printPod said so (see printed.json). */
  readonly prints: string
  /**
   * By container: why its last run that is over ended, or why it can't start. A question mark: it is
   * what the signs point to, while Kubernetes doesn't say so. Containers without either are left out.
   */
  readonly causes?: Readonly<Record<string, RunCauseType | `${RunCauseType}?`>>
  /** Kinds of the problems, in the order of the containers; empty: nothing is wrong (yet). */
  readonly problems: readonly ProblemKind[]
  /** State of each init container and native sidecar in order; an exclamation mark: this one holds up the pod. */
  readonly init?: readonly (InitStepDetail['state'] | `${InitStepDetail['state']}!`)[]
  /** By container and kind: "app liveness". */
  readonly probes?: Readonly<Record<`${string} ${ProbeKind}`, ProbeDetail['state']>>
  /** Failures in a row, where the case is about them: "2 of 3", or with ≥ where events can't tell all. */
  readonly inARow?: Readonly<Record<`${string} ${ProbeKind}`, string>>
  /** What the expectations rest on: a file of Kubernetes, its documentation, a KEP, an issue, or a real cluster. */
  readonly source: string
}
