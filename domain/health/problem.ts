import type { ContainerRole } from './container-role.ts'
import type { Severity } from './severity.ts'

/** What is out of true. Each kind has one rule in domain/health, domain/placement or domain/analysis. */
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
  | 'service-down'

/**
 * What is wrong with one thing: a container, pod, node, constraint or Service. There may be 100,000 of
 * them, so it holds no more than its list shows; the rest of the story is told on demand (ProblemStory).
 * A kind that a screen of a newer server doesn't know must still be shown: treat it as plain text.
 */
export interface Problem {
  /** Stable for as long as the problem lasts: kind, subject and container. */
  readonly id: string
  readonly kind: ProblemKind
  readonly severity: Severity
  readonly subject: { readonly kind: string; readonly namespace: string; readonly name: string; readonly uid: string }
  readonly container: string | null
  /** What the container is in its pod, where this is one container's problem. */
  readonly role: ContainerRole | null
  readonly workload: { readonly kind: string; readonly name: string } | null
  /**
   * What puts the problems of one workload together: `liveness`, `oom`, `exit/3`, `image`, `config`,
   * `init/migrate/exit/7`. It rests on status and spec alone, or on what an event can only confirm:
   * events get lost, and forty replicas with one trouble must not fall apart for that.
   */
  readonly cause: string
  /** Milliseconds since the Unix epoch; taken from the object's own timestamps. */
  readonly since: number
  /** The last sign of it that has a time of its own, ms: an event, a run's end, else when it began. */
  readonly lastSeenAt: number
  /** One line in plain words: "Liveness probe restarts container app again and again". */
  readonly title: string
  /** The facts behind it, in Kubernetes' own words where it has said any. */
  readonly detail: string
}

/** One thing by which a conclusion is known. */
export interface Evidence {
  /** counter: the kubelet's own probe counters. history: what Plumbline has seen itself. */
  readonly source: 'status' | 'condition' | 'event' | 'spec' | 'counter' | 'history'
  /** Kubernetes' own path or name: `status.containerStatuses[app].lastState.terminated`, `Event Unhealthy`. */
  readonly path: string
  readonly text: string
  /** ms; null where the field has no time. */
  readonly at: number | null
  /** How often, where it was counted. */
  readonly count: number | null
}

/** What there is to tell of a problem beyond its line. Worked out for what is shown, never kept for all. */
export interface ProblemStory {
  readonly evidence: readonly Evidence[]
  /** What Kubernetes does next, and when (ms; null: at no time that can be known). */
  readonly next: { readonly text: string; readonly at: number | null } | null
  /** What a person can do, the most useful first. */
  readonly advice: readonly Advice[]
  /** The page of kubernetes.io on the mechanism. */
  readonly docs: string
}

export interface Advice {
  readonly text: string
  /** A command to copy into a POSIX shell; null where there is none. */
  readonly command: string | null
}

/**
 * What people are told: all problems of one workload with one cause, or of one subject that has no
 * workload. Forty replicas of one bad rollout are one.
 */
export interface ProblemGroup extends ProblemStory {
  /** Stable: kind, namespace, workload, cause (and role, for companions). */
  readonly id: string
  readonly kind: ProblemKind
  readonly severity: Severity
  readonly cause: string
  readonly namespace: string
  readonly workload: { readonly kind: string; readonly name: string } | null
  readonly role: ContainerRole | null
  readonly title: string
  readonly detail: string
  /** When the first of them began, ms. Stays while the cause lasts, whichever pods come and go. */
  readonly since: number
  readonly lastSeenAt: number
  readonly affects: ProblemEffects
  /** Whether a new revision began it; null where none did or that isn't known. */
  readonly rollout: RolloutCause | null
  /** For a Service without a ready address: ids of the groups that tell why its pods aren't ready. */
  readonly explainedBy: readonly string[]
}

/** Counts are exact; lists hold at most 50 of each. */
export interface ProblemEffects {
  readonly pods: number
  /** Pods of the workload. */
  readonly podsTotal: number
  readonly containers: readonly string[]
  /** The oldest trouble first. */
  readonly subjects: readonly {
    readonly kind: string
    readonly namespace: string
    readonly name: string
    readonly uid: string
    readonly container: string | null
    readonly since: number
  }[]
  /** Names of the Services that pick these pods. */
  readonly services: readonly string[]
}

/** The revision of a workload with which a trouble came. */
export interface RolloutCause {
  /** A Deployment's revision number; for StatefulSets and DaemonSets the ControllerRevision's hash. */
  readonly revision: string
  readonly kind: string
  readonly name: string
  /** When its ReplicaSet or its first pod was created, ms. */
  readonly at: number
  readonly images: readonly { readonly container: string; readonly from: string; readonly to: string }[]
  /** What else changed in the template, in words. Environment and arguments are never kept, so they aren't told. */
  readonly changes: readonly string[]
  /** The revision before it, and how many of its pods are ready now. */
  readonly before: { readonly revision: string; readonly readyPods: number }
  /** When the Deployment is reported as failed to progress, or was, ms; null for other kinds and finished rollouts. */
  readonly deadlineAt: number | null
}
