import type { StepDurations } from '../../domain/history/step-durations.ts'

/** What history tells of pods and constraints: plain values, instants in ms since the Unix epoch. */

export interface PodHistory {
  readonly pod: PodStory
  /** All pods that ever had this namespace and name, the youngest first: this one and others. */
  readonly lifecycles: readonly PodLifecycle[]
  /** Newest first, as all lists here. */
  readonly runs: readonly ContainerRun[]
  readonly probeFailures: readonly ProbeFailures[]
  readonly readinessChanges: readonly ReadinessChange[]
  readonly events: readonly KeptEvent[]
  /** Times within the pod's life of which something is not known. */
  readonly gaps: readonly Gap[]
}

export interface PodLifecycle {
  readonly uid: string
  /** Null: only facts about it were kept. */
  readonly createdAt: number | null
  readonly goneAt: number | null
}

export interface PodStory extends PodLifecycle {
  readonly namespace: string
  readonly name: string
  readonly owner: { readonly kind: string; readonly name: string } | null
  readonly node: string | null
  readonly boundAt: number | null
  readonly deletedAt: number | null
  /** Phase Succeeded or Failed, with the pod's own reason. */
  readonly final: { readonly phase: string; readonly reason: string; readonly message: string } | null
  /** It went at some instant before `goneAt`. */
  readonly goneApproximate: boolean
}

export interface ContainerRun {
  readonly container: string
  /** init, sidecar or main. */
  readonly containerType: string
  /** The container's ID; null where the cluster never told it. */
  readonly containerID: string | null
  /** The restart count that this run had: 0 for the first. */
  readonly attempt: number
  /** Runs between this and the one before it that nobody saw, or that are not kept any more. */
  readonly missedBefore: number
  readonly startedAt: number | null
  /** Null while it runs. */
  readonly finishedAt: number | null
  /** It ended at some instant before `finishedAt`. */
  readonly finishedApproximate: boolean
  /** Null while it runs, and where its end was never told. */
  readonly exitCode: number | null
  readonly signal: number | null
  readonly reason: string | null
  readonly message: string | null
}

/** `count` failures of one probe, the last of them at `at`, none before `since`. */
export interface ProbeFailures {
  readonly at: number
  readonly since: number
  readonly container: string
  /** liveness, readiness or startup. */
  readonly probe: string
  readonly count: number
  readonly message: string
}

export interface ReadinessChange {
  readonly at: number
  /** Null: the pod itself, its condition Ready. */
  readonly container: string | null
  readonly ready: boolean
  /** It was so already when first seen at `at`. */
  readonly approximate: boolean
  readonly reason: string
}

export interface KeptEvent {
  readonly container: string | null
  /** Normal or Warning. */
  readonly eventType: string
  readonly reason: string
  readonly message: string
  readonly count: number
  readonly firstAt: number
  readonly lastAt: number
  readonly source: string
  /** Each time that it was heard, newest first: only of events that tell why a run ended. */
  readonly sightings: readonly number[]
}

/** How long a workload's pods have taken for one init container. */
export interface InitStepDurations extends StepDurations {
  readonly container: string
}

export interface SkewViolation {
  /** The constraint's id, as in SpreadGroupResult. */
  readonly group: string
  readonly namespace: string
  readonly workload: { readonly kind: string; readonly name: string }
  readonly topologyKey: string
  readonly maxSkew: number
  readonly whenUnsatisfiable: string
  readonly beganAt: number
  /** Null while it lasts. */
  readonly endedAt: number | null
  /** It ended at some instant before `endedAt`. */
  readonly endedApproximate: boolean
  readonly worstSkew: number
}

export interface Gap {
  /** down, watch-lost, rewound or dropped. */
  readonly cause: string
  /** The kind of object that could not be heard; null: all of them. */
  readonly kind: string | null
  readonly from: number
  readonly to: number
  /** Facts that were thrown away unwritten. */
  readonly dropped: number
}

export interface PodOf {
  readonly uid: string
  readonly namespace: string
  readonly name: string
}

/** Something that happened, for a list of what happened lately. */
export type RecentFact =
  | ({ readonly type: 'run-ended'; readonly at: number; readonly pod: PodOf } & ContainerRun)
  | ({ readonly type: 'readiness'; readonly pod: PodOf } & ReadinessChange)
  | ({ readonly type: 'probe-failures'; readonly pod: PodOf } & ProbeFailures)
  | ({
      readonly type: 'event'
      readonly at: number
      readonly subject: { readonly kind: string; readonly namespace: string; readonly name: string }
    } & KeptEvent)
  | ({ readonly type: 'skew-began' | 'skew-ended'; readonly at: number } & SkewViolation)
  | ({ readonly type: 'gap'; readonly at: number } & Gap)
