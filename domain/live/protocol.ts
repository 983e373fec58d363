import type { RoleFinding } from '../health/container-role.ts'
import type { ProbeFailure } from '../health/probe-failure.ts'
import type { Evidence, Problem, ProblemGroup, ProblemStory, RolloutCause } from '../health/problem.ts'
import type { RunCause } from '../health/run-cause.ts'
import type { Severity } from '../health/severity.ts'
import type { ClusterObjectKind } from '../model/cluster-object.ts'
import type { ContainerState, PodCondition } from '../model/pod.ts'
import type { Probe, ProbeKind, RestartRule } from '../model/pod-spec.ts'
import type { WorkloadCondition } from '../model/workload.ts'
import type { AffinityStanding } from '../placement/affinity-audit.ts'
import type { DefaultSpread } from '../placement/default-spread.ts'
import type { PendingPod } from '../placement/pending-pod.ts'
import type { SpreadGroupResult } from '../placement/spread-group.ts'
import type { SpreadHealing } from '../placement/spread-healing.ts'
import type { WorkloadSpread } from '../placement/workload-spread.ts'
import type { PodRow } from './pod-row.ts'

/**
 * What server and browser say to each other. A room is a set of keyed records; whoever joins gets
 * a snapshot, then deltas. A record is replaced whole. `seq` counts the changes of the server's
 * whole life and `epoch` names that life: a client that comes back with both gets only what
 * changed since, or a snapshot where the server can't tell.
 */
export interface ServerToClient {
  status: (status: ServerStatus) => void
  snapshot: (snapshot: RoomSnapshot) => void
  delta: (delta: RoomDelta) => void
}

export interface ClientToServer {
  /** Joins a room (leaving none). Answers with an error sentence where the room isn't known. */
  join: (room: string, from: { epoch: string; seq: number } | null, answer: (error: string | null) => void) => void
  leave: (room: string) => void
}

export interface RoomSnapshot {
  readonly room: string
  readonly epoch: string
  readonly seq: number
  readonly records: readonly (readonly [key: string, record: unknown])[]
}

export interface RoomDelta {
  readonly room: string
  readonly epoch: string
  /** The client must stand at `since`, or a later point than it, for this delta to apply. */
  readonly since: number
  readonly seq: number
  readonly changed: readonly (readonly [key: string, record: unknown])[]
  readonly removed: readonly string[]
}

/** Sent on connect, on every change and every two seconds, so that silence itself is a sign. */
export interface ServerStatus {
  /** The server's clock, ms: browsers count ages from it and not from their own. */
  readonly serverTime: number
  readonly build: string
  readonly cluster: { readonly name: string; readonly version: string; readonly demo: boolean }
  /**
   * connecting: not every permitted kind has synced yet. live: what is shown is the cluster now.
   * stale: the cluster can't be heard; what is shown is as of `freshAt`.
   * forbidden: the credentials may read nothing that Plumbline needs.
   */
  readonly state: 'connecting' | 'live' | 'stale' | 'forbidden'
  /** The last instant at which the data was known to be current, ms; null before the first sync. */
  readonly freshAt: number | null
  readonly kinds: readonly KindStatus[]
  readonly history: { readonly state: 'ok' | 'paused' | 'off'; readonly message: string }
  /** What RBAC would have to grant (verbs get, list, watch) for what is refused now. */
  readonly missingPermissions: readonly { readonly apiGroup: string; readonly resource: string }[]
  /** Requests to the API server since start, by kind, verb and reason. */
  readonly requests: readonly {
    readonly kind: string
    readonly verb: string
    readonly reason: string
    readonly count: number
  }[]
}

export interface KindStatus {
  readonly kind: ClusterObjectKind
  /** waiting for its turn, listing, live, retrying after a fault, forbidden by RBAC, or not served by this cluster. */
  readonly state: 'waiting' | 'listing' | 'live' | 'retrying' | 'forbidden' | 'absent'
  readonly objects: number
  readonly lastHeardAt: number | null
  /** What went wrong, or the missing permission, in one line; empty when all is well. */
  readonly message: string
}

/* ---- room `overview` ---- */

/** Key `summary`. */
export interface OverviewSummary {
  readonly pods: { readonly total: number; readonly bySeverity: Readonly<Record<Severity, number>> }
  readonly nodes: { readonly total: number; readonly ready: number }
  readonly zones: number
  readonly namespaces: number
  readonly workloads: number
  /** Groups of problems, as all counts of problems. */
  readonly problems: { readonly error: number; readonly warning: number }
  readonly restartLoops: number
  readonly initStuck: number
  readonly skewViolations: number
  /** Spread constraints in use. */
  readonly spreadConstraints: number
  /** This room has the nodes, pod by pod; in larger clusters the room `board` has them, by counts. */
  readonly podCells: boolean
}

/** Keys `group/<id>`: the worst 100. */
export type OverviewProblem = ProblemGroup

/** Keys `node/<name>`, where `summary.podCells` says so. Pods without a node are in the record `node/` (empty name). */
export interface BoardNode {
  readonly name: string
  readonly zone: string | null
  readonly ready: boolean
  readonly unschedulable: boolean
  readonly pods: Readonly<Record<Severity, number>>
  /** One entry a pod, worst first. */
  readonly cells: readonly PodCell[]
}

/** A pod as the zone board names it. */
export interface PodCell {
  readonly uid: string
  readonly namespace: string
  readonly name: string
  readonly status: string
  readonly severity: Severity
}

/** Keys `skew/<id>`: violated spread groups, the worst 100. */
export type OverviewSkew = PlacementGroup

/* ---- room `board` ---- */

/**
 * Keys `node/<name>`; pods without a node are in `node/`. A node as the board draws it, so short that
 * thousands travel at once: its pods lie worst first, so that their counts tell every cell's severity.
 * Who they are tells the room `node`.
 */
export interface BoardTile {
  readonly zone: string | null
  readonly notReady?: true
  readonly cordoned?: true
  /** Pods name it, but there is no such Node, or it may not be read. */
  readonly unknown?: true
  readonly pods: readonly [error: number, warning: number, progress: number, ok: number]
}

/* ---- room `board-match?<query>` : what of the board the filters of PodsQuery pick ---- */

/** Key `summary`. */
export interface BoardMatchSummary {
  readonly pods: number
}

/** Keys `node/<name>`, of nodes with such pods only. */
export interface BoardMatch {
  /** A digit for each pod in the board's order: 1 where the filters pick it. */
  readonly cells: string
}

/* ---- room `node?name=…` ---- */

/** Key `node`; with an empty name it tells of the pods without a node. */
export interface NodeDetail {
  readonly name: string
  /** False: there is no such node (any more). */
  readonly exists: boolean
  readonly zone: string | null
  readonly ready: boolean
  readonly cordoned: boolean
  readonly kubeletVersion: string
  /** "key=value:Effect". */
  readonly taints: readonly string[]
  /** Pods that it takes at most; null where it doesn't say. */
  readonly podCapacity: string | null
  readonly counts: Readonly<Record<Severity, number>>
  /** In the board's order, at most 1,000. */
  readonly pods: readonly (PodCell & { readonly workload: { readonly kind: string; readonly name: string } | null })[]
}

/* ---- room `placement-summary` ---- */

/** Key `summary`: what each part of the Placement page has to tell. */
export interface PlacementSummary {
  readonly constraints: number
  readonly violated: number
  readonly pending: number
  /** Workloads with affinity rules that no longer hold for some of their pods. */
  readonly brokenAffinity: number
  readonly risks: number
}

/* ---- room `pods?<query>` : PodsQuery as URL search parameters, see pods-query.ts ---- */

/** Key `page`. */
export interface PodsPage {
  /** Pods in the cluster. */
  readonly total: number
  /** Pods that match the filter. */
  readonly matched: number
  readonly offset: number
  /** The rows of this page in order. Each is a record `row/<uid>`. */
  readonly order: readonly string[]
}

/** Key `facets`: what can be filtered by, over all pods, with counts; sorted by name. */
export interface PodsFacets {
  readonly namespaces: readonly (readonly [string, number])[]
  readonly statuses: readonly (readonly [string, number])[]
  readonly zones: readonly (readonly [string, number])[]
}

export type PodsRow = PodRow

/* ---- room `placement` ---- */

/** Keys `group/<id>`: violated groups first, at most 2,000. */
export interface PlacementGroup extends SpreadGroupResult {
  /** All eligible domains; `domains` holds at most the 50 fullest and the 50 emptiest of them. */
  readonly domainCount: number
  /** Domains that don't count since no node of theirs is eligible, with what they hold; the 50 fullest. */
  readonly excludedDomains: readonly { readonly value: string; readonly count: number }[]
  /** `nextPodDomains` holds at most 100 of them. */
  readonly nextPodDomainCount: number
  /** Pods that are too many, in all domains; `surplus` holds the 50 worst. */
  readonly surplusPods: number
  /** Null where it isn't violated. */
  readonly healing: SpreadHealing | null
}

/* ---- room `pending` ---- */

/** Key `summary`. */
export interface PendingSummary {
  /** Pods without a node. `pod/<uid>` are the 1,000 that wait longest. */
  readonly pods: number
}

/** Keys `pod/<uid>`. */
export type PendingPodRecord = PendingPod

/* ---- room `affinity` : keys `workload/<namespace>/<kind>/<name>`, those with broken terms first, at most 2,000 ---- */

export type AffinityRecord = AffinityStanding

/* ---- room `risks` : keys `workload/<namespace>/<kind>/<name>`, the worst first, at most 2,000 ---- */

/** Key `summary`. */
export interface RisksSummary {
  /** Workloads with pods on nodes. */
  readonly workloads: number
  /** Those with a risk. */
  readonly risks: number
  /** The scheduler's constraints for pods without any: an assumption, or as Plumbline was told. */
  readonly defaultSpread: DefaultSpread
}

export type RiskRecord = WorkloadSpread

/* ---- room `problems` : keys `group/<id>` (ProblemGroup), the worst 2,000 ---- */

/* ---- room `pod?namespace=…&name=…` ---- */

/** Key `pod`; absent while there is no such pod (any more). */
export interface PodDetail {
  readonly row: PodRow
  readonly labels: readonly (readonly [string, string])[]
  readonly qosClass: string
  readonly podIP: string
  readonly deletedAt: number | null
  readonly conditions: readonly PodCondition[]
  readonly containers: readonly ContainerDetail[]
  readonly problems: readonly (Problem & ProblemStory)[]
  readonly spread: readonly PlacementGroup[]
  /** Why it has no node; null where it has one, or has ended. */
  readonly pending: PendingPod | null
  /** Services whose selector picks this pod, with their ready addresses. */
  readonly services: readonly ServiceOfPod[]
  /** Where a new revision of its workload began a trouble of this pod. */
  readonly rollout: RolloutCause | null
  readonly nodeReady: boolean | null
  /** The version of the node's kubelet ("v1.33.1"), which decides back-off and probe behaviour; empty where unknown. */
  readonly kubeletVersion: string
  readonly message: string
  readonly reason: string
}

/** A Service as a pod or a workload sees it. */
export interface ServiceDetail {
  readonly name: string
  readonly readyAddresses: number
  readonly addresses: number
  /** It has pods and none of them gets its traffic. */
  readonly outage: boolean
}

export interface ServiceOfPod extends ServiceDetail {
  /** Whether the Service sends this pod traffic; null: it is none of its endpoints. */
  readonly ready: boolean | null
  /** Since when that is so, ms; null where it can't be known. */
  readonly since: number | null
  readonly publishNotReadyAddresses: boolean
}

/* ---- room `workload?namespace=…&kind=…&name=…` ---- */

/** Key `workload`; absent while there is no such workload (any more). */
export interface WorkloadDetail {
  readonly namespace: string
  readonly kind: string
  readonly name: string
  readonly uid: string
  /** What is wanted; null for a CronJob. */
  readonly replicas: number | null
  readonly readyReplicas: number
  readonly updatedReplicas: number
  readonly availableReplicas: number
  readonly conditions: readonly WorkloadCondition[]
  readonly createdAt: number
  /** The newest first; at most 20. */
  readonly revisions: readonly RevisionDetail[]
  readonly problems: readonly ProblemGroup[]
  /** The worst first, at most 200. */
  readonly pods: readonly PodRow[]
  readonly podsTotal: number
  readonly services: readonly ServiceDetail[]
  readonly containers: readonly TemplateContainer[]
  readonly spread: readonly PlacementGroup[]
  /** How its pods lie and what a zone's loss takes; null while that isn't known. */
  readonly placed: WorkloadSpread | null
}

/** One ReplicaSet of a Deployment, or the pods of one ControllerRevision. */
export interface RevisionDetail {
  /** A Deployment's revision number, else the ControllerRevision's hash. */
  readonly revision: string
  readonly name: string
  readonly createdAt: number
  readonly replicas: number
  readonly readyReplicas: number
  readonly images: readonly (readonly [container: string, image: string])[]
  /** Of this the workload makes its next pods. */
  readonly current: boolean
}

/** A container as the workload's template declares it. */
export interface TemplateContainer {
  readonly name: string
  readonly type: 'init' | 'sidecar' | 'main'
  readonly image: string
  readonly role: RoleFinding | null
  /** Effective values, and what the kubelet does with them in plain words. */
  readonly probes: readonly { readonly kind: ProbeKind; readonly probe: Probe; readonly sentence: string }[]
  readonly requests: readonly (readonly [string, string])[]
  readonly limits: readonly (readonly [string, string])[]
}

export interface ContainerDetail {
  readonly name: string
  /** init: runs once in order; sidecar: init container with restartPolicy Always; main: the rest. */
  readonly type: 'init' | 'sidecar' | 'main'
  readonly role: RoleFinding
  /** What holds for this container: its own policy where it has one, else what the pod's means for it. */
  readonly restartPolicy: 'Always' | 'OnFailure' | 'Never'
  /** Rules that decide by the exit code before the policy does. */
  readonly restartRules: readonly RestartRule[]
  readonly image: string
  readonly state: ContainerState
  readonly lastState: ContainerState
  readonly ready: boolean
  readonly started: boolean | null
  readonly restartCount: number
  /** Runs that the API still tells (present and last), oldest first; history has the rest. */
  readonly runs: readonly RunDetail[]
  /** Why it can't start: image, config, hook, …; null where it runs, waits its turn or waits after a crash. */
  readonly waiting: RunCause | null
  /** For init containers and native sidecars; null for main ones. */
  readonly init: InitStepDetail | null
  readonly probes: readonly ProbeDetail[]
  readonly requests: readonly (readonly [string, string])[]
  readonly limits: readonly (readonly [string, string])[]
  readonly loop: LoopDetail | null
}

/** One run of a container. Times are ms since the Unix epoch, null where Kubernetes doesn't tell them. */
export interface RunDetail {
  readonly startedAt: number | null
  readonly finishedAt: number | null
  readonly exitCode: number | null
  readonly signal: number | null
  readonly reason: string
  readonly message: string
  /** Why it ended; null while it runs. */
  readonly cause: RunCause | null
}

/** A step of the pod's initialisation. */
export interface InitStepDetail {
  /** Its place among the init containers, from 0. */
  readonly index: number
  /** `started`: a native sidecar that runs as a companion from then on. */
  readonly state: 'done' | 'running' | 'waiting' | 'failed' | 'started'
  /** Of its present run, else its last one. */
  readonly startedAt: number | null
  readonly finishedAt: number | null
  /** How often it was begun. */
  readonly tries: number
  /** This one holds up the pod. */
  readonly blocks: boolean
}

/** A restart loop in progress. */
export interface LoopDetail {
  readonly since: number
  readonly restarts: number
  readonly cause: RunCause
  /** The present wait as the kubelet tells it, ms; null while the container doesn't wait for that. */
  readonly backOffMs: number | null
  /** The earliest instant of the next attempt; null where the kubelet doesn't wait or doesn't say for how long. */
  readonly nextAttemptAt: number | null
  /** The latest instant of it: kubelets look again only now and then. */
  readonly nextAttemptUntil: number | null
  /** The wait after the next attempt if that fails too, ms. */
  readonly followingBackOffMs: number | null
  /** The longest wait, ms: known, or assumed to be the default of 300 s; `words` say which. Null: not even that. */
  readonly maximumMs: number | null
  /** If the container runs until then the loop is over, ms; null while it doesn't run. */
  readonly overAt: number | null
  /** What happens and what is known, in sentences. */
  readonly words: string
}

/** One probe of one container, and all that is known of it. */
export interface ProbeDetail {
  readonly kind: ProbeKind
  /** Effective values, defaults filled in. */
  readonly probe: Probe
  /** Fields whose value is Kubernetes' default; whether somebody wrote it down the API doesn't tell. */
  readonly defaulted: readonly string[]
  /** What the kubelet does and when, in plain words. */
  readonly sentence: string
  /** held-back: by the startup probe, by initialDelaySeconds, or because the pod is being deleted. */
  readonly state: 'passing' | 'failing' | 'not-started' | 'held-back' | 'unknown'
  /** One sentence: how it is known. */
  readonly evidence: string
  /** What that rests on; null where on nothing. */
  readonly source: Evidence['source'] | null
  /** Failures in a row of those that it takes; where not exact, at least so many. */
  readonly inARow: { readonly count: number; readonly of: number; readonly exact: boolean } | null
  /** The last failure that an event told of; `count` is that event's. */
  readonly lastFailure: {
    readonly at: number
    readonly count: number
    readonly message: string
    readonly type: ProbeFailure['type']
    readonly httpCode: number | null
    /** Of the command, or what the kubelet tells beside "… probe failed: "; may be empty. */
    readonly output: string
    /** Completes "The probe …": "got HTTP code 404". */
    readonly words: string
  } | null
  /** Failures that events tell of: at least so many where not exact. Those of the last hour only where all are told. */
  readonly failures: {
    readonly total: number
    readonly since: number
    readonly perHour: number | null
    readonly exact: boolean
  } | null
  /** The startup probe's time, while it lasts. */
  readonly startup: {
    readonly beganAt: number
    /** initialDelaySeconds and failureThreshold × periodSeconds. */
    readonly budgetMs: number
    /** The kubelet may act this early: its questions aren’t in step with the container’s start. */
    readonly earliestEndAt: number
    readonly endsAt: number
    readonly latestEndAt: number
    /** What happens at its end, in sentences. */
    readonly then: string
  } | null
  /** The kubelet's own counters, where they are collected. */
  readonly counters: {
    readonly successful: number
    readonly failed: number
    readonly unknown: number
    readonly at: number
  } | null
  /** What the kubelet does next because of it, and the earliest instant; null where nothing. */
  readonly next: { readonly text: string; readonly at: number | null } | null
}

/** Keys `event/<uid>`: events that regard this pod, newest 100. */
export interface PodEvent {
  readonly type: string
  readonly reason: string
  readonly message: string
  readonly count: number
  readonly firstAt: number
  readonly lastAt: number
  readonly container: string | null
}
