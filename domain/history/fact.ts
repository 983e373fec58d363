import type { ProbeKind } from '../model/pod-spec.ts'

/**
 * What history keeps: changes, never samples. Every fact is known by identities and instants that
 * the cluster itself gives, so it may be derived and written any number of times. `at` is when
 * Plumbline learned of it; all instants are milliseconds since the Unix epoch.
 */
export type Fact =
  | PodFact
  | PodGoneFact
  | ContainerRunFact
  | ReadinessFact
  | ProbeFailureFact
  | ClusterEventFact
  | SkewViolatedFact
  | SkewEndedFact
  | SkewChangedFact
  | GapFact

export interface PodRef {
  readonly uid: string
  readonly namespace: string
  readonly name: string
}

/** A pod is there; told again when it is bound, is being deleted or has come to its end. */
export interface PodFact {
  readonly type: 'pod'
  readonly at: number
  readonly pod: PodRef
  readonly createdAt: number
  /** The controlling owner. */
  readonly owner: { readonly kind: string; readonly name: string } | null
  /** Empty: not bound yet. */
  readonly node: string
  /** lastTransitionTime of the true condition PodScheduled. */
  readonly boundAt: number | null
  /** deletionTimestamp. */
  readonly deletedAt: number | null
  /** Phase Succeeded or Failed, which a pod never leaves. */
  readonly final: { readonly phase: string; readonly reason: string; readonly message: string } | null
  /** The uid under which kubelet reports a static pod's events: not its mirror's. Empty for all others. */
  readonly staticUid: string
}

/** The object is deleted. */
export interface PodGoneFact {
  readonly type: 'pod-gone'
  readonly at: number
  readonly pod: PodRef
}

export type ContainerType = 'init' | 'sidecar' | 'main'

/** One run of a container, from its start to its end, as far as it is known. */
export interface ContainerRunFact {
  readonly type: 'container-run'
  readonly at: number
  readonly pod: PodRef
  readonly container: string
  readonly containerType: ContainerType
  /** The container's ID; where the cluster tells none, `started/<ms>` or `attempt/<n>`. */
  readonly identity: string
  /** The restart count this run had: 0 for the first. Jumps tell of runs that nobody saw. */
  readonly attempt: number
  readonly startedAt: number | null
  /** Null while it runs. */
  readonly end: RunEnd | null
}

export interface RunEnd {
  readonly at: number
  /** The run ended at some instant before `at`. */
  readonly approximate: boolean
  /** How it ended; null where nobody told. */
  readonly outcome: {
    readonly exitCode: number
    /** 0: none was told. */
    readonly signal: number
    readonly reason: string
    readonly message: string
  } | null
}

/** A pod (`container` null) or one of its containers became ready, or stopped being so. */
export interface ReadinessFact {
  readonly type: 'readiness'
  readonly at: number
  readonly pod: PodRef
  readonly container: string | null
  readonly ready: boolean
  /** When: the condition's lastTransitionTime, or `at` for containers, for which Kubernetes keeps no time. */
  readonly changedAt: number
  /** It was so already when first seen at `changedAt`. */
  readonly approximate: boolean
  readonly reason: string
}

/** An Event object, as last heard. */
export interface ClusterEventFact {
  readonly type: 'event'
  readonly at: number
  readonly uid: string
  readonly subject: { readonly kind: string; readonly namespace: string; readonly name: string; readonly uid: string }
  /** Empty where it regards no single container. */
  readonly container: string
  /** Normal or Warning. */
  readonly eventType: string
  readonly reason: string
  readonly message: string
  readonly count: number
  readonly firstAt: number
  readonly lastAt: number
  /** The controller that reported it. */
  readonly source: string
}

/**
 * An Event of a failing probe has counted on. `count` is its total, not the number of new failures:
 * that is the difference to the total before, whoever recorded it.
 */
export interface ProbeFailureFact extends Omit<ClusterEventFact, 'type'> {
  readonly type: 'probe-failure'
  readonly probe: ProbeKind
  /** Its message differs each time: the API server folds several into one Event. */
  readonly combined: boolean
}

export interface SkewGroup {
  /** Stable while namespace, workload and constraint stay the same. */
  readonly id: string
  readonly namespace: string
  readonly workload: { readonly kind: string; readonly name: string }
  readonly topologyKey: string
  readonly maxSkew: number
  readonly whenUnsatisfiable: string
}

/** A spread constraint is violated, since `at` or longer. Told again when the skew has grown. */
export interface SkewViolatedFact {
  readonly type: 'skew-violated'
  readonly at: number
  readonly group: SkewGroup
  readonly skew: number
}

export interface SkewEndedFact {
  readonly type: 'skew-ended'
  readonly at: number
  readonly group: SkewGroup
}

/** The skew of a constraint, be it violated or not, is another since `at`. */
export interface SkewChangedFact {
  readonly type: 'skew-changed'
  readonly at: number
  readonly group: SkewGroup
  /** Null: no pod carries the constraint any more. */
  readonly skew: number | null
}

/**
 * down: Plumbline did not run. watch-lost: a kind could not be heard. rewound: the cluster's storage
 * was restored from a backup. dropped: facts were thrown away because they could not be written.
 */
export type GapCause = 'down' | 'watch-lost' | 'rewound' | 'dropped'

/** A time of which something is not known. */
export interface GapFact {
  readonly type: 'gap'
  readonly at: number
  readonly cause: GapCause
  /** The kind of object that could not be heard; empty: all of them. */
  readonly kind: string
  readonly from: number
  readonly to: number
  /** Facts thrown away; 0 where that is not the cause. */
  readonly dropped: number
}
