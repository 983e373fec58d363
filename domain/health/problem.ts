import type { Severity } from './severity.ts'

/** What is out of true. Each kind has one rule in domain/health or domain/placement. */
export type ProblemKind =
  | 'restart-loop'
  | 'probe-failing'
  | 'container-waiting'
  | 'init-failing'
  | 'init-stuck'
  | 'pod-failed'
  | 'pod-pending'
  | 'pod-not-ready'
  | 'pod-terminating-stuck'
  | 'node-not-ready'
  | 'node-pressure'
  | 'skew-violated'
  | 'skew-uneven'

/** A kind that a screen of a newer server doesn't know must still be shown: treat it as plain text. */
export interface Problem {
  /** Stable for as long as the problem lasts: kind, subject and container. */
  readonly id: string
  readonly kind: ProblemKind
  readonly severity: Severity
  readonly subject: { readonly kind: string; readonly namespace: string; readonly name: string; readonly uid: string }
  readonly container: string | null
  readonly workload: { readonly kind: string; readonly name: string } | null
  /** Milliseconds since the Unix epoch; taken from the object's own timestamps. */
  readonly since: number
  /** One line in plain words: "Liveness probe restarts container app again and again". */
  readonly title: string
  /** The facts behind it, in Kubernetes' own words where it has said any. */
  readonly detail: string
}

/** One thing that a statement rests on. */
export interface Evidence {
  /** status, condition, event, spec, counter (the kubelet's own), history. */
  readonly source: 'status' | 'condition' | 'event' | 'spec' | 'counter' | 'history'
  /** Kubernetes' own path or name: "status.containerStatuses[app].lastState.terminated", "Event Unhealthy". */
  readonly path: string
  readonly text: string
  /** Milliseconds since the Unix epoch; null where it has no time. */
  readonly at: number | null
  readonly count: number | null
}

/** Worked out on demand for what is shown, never kept for all. */
export interface ProblemStory {
  readonly evidence: readonly Evidence[]
  /** What Kubernetes does next, and when (null: not known or not at a time). */
  readonly next: { readonly text: string; readonly at: number | null } | null
  /** What a person can do, the most useful first; may hold a kubectl command in `command`. */
  readonly advice: readonly { readonly text: string; readonly command: string | null }[]
  /** Page of kubernetes.io on the mechanism. */
  readonly docs: string
}
