import type { Problem } from '../health/problem.ts'
import type { Severity } from '../health/severity.ts'
import type { ClusterObjectKind } from '../model/cluster-object.ts'
import type { ContainerState, PodCondition } from '../model/pod.ts'
import type { Probe, ProbeKind } from '../model/pod-spec.ts'
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
  readonly problems: { readonly error: number; readonly warning: number }
  readonly restartLoops: number
  readonly initStuck: number
  readonly skewViolations: number
  /** Spread constraints in use. */
  readonly spreadConstraints: number
}

/** Keys `problem/<id>`: the worst 200. */
export type OverviewProblem = Problem

/** Keys `node/<name>`: the zone board. Pods without a node are in the record `node/` (empty name). */
export interface BoardNode {
  readonly name: string
  readonly zone: string | null
  readonly ready: boolean
  readonly unschedulable: boolean
  readonly pods: Readonly<Record<Severity, number>>
  /** One entry a pod, worst first, in clusters of at most 3,000 pods; null in larger ones. */
  readonly cells:
    | readonly {
        readonly uid: string
        readonly namespace: string
        readonly name: string
        readonly status: string
        readonly severity: Severity
      }[]
    | null
}

/** Keys `skew/<id>`: violated spread groups, the worst 100. */
export type OverviewSkew = PlacementGroup

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

/* ---- room `problems` : keys `problem/<id>`, all of them, at most 5,000 ---- */

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
  readonly problems: readonly Problem[]
  readonly spread: readonly PlacementGroup[]
  /** Why it has no node; null where it has one, or has ended. */
  readonly pending: PendingPod | null
  /** Services whose selector picks this pod, with their ready addresses. */
  readonly services: readonly {
    readonly name: string
    readonly ready: boolean | null
    readonly readyAddresses: number
    readonly addresses: number
  }[]
  readonly nodeReady: boolean | null
  readonly message: string
  readonly reason: string
}

export interface ContainerDetail {
  readonly name: string
  /** init: runs once in order; sidecar: init container with restartPolicy Always; main: the rest. */
  readonly type: 'init' | 'sidecar' | 'main'
  readonly image: string
  readonly state: ContainerState
  readonly lastState: ContainerState
  readonly ready: boolean
  readonly started: boolean | null
  readonly restartCount: number
  readonly probes: readonly ProbeDetail[]
  readonly requests: readonly (readonly [string, string])[]
  readonly limits: readonly (readonly [string, string])[]
  /** A restart loop in progress; nextAttemptAt while CrashLoopBackOff waits and its message says how long. */
  readonly loop: {
    readonly since: number
    readonly restarts: number
    readonly cause: string
    readonly nextAttemptAt: number | null
  } | null
}

export interface ProbeDetail {
  readonly kind: ProbeKind
  readonly probe: Probe
  /** What can be known: passing and failing from container status, waiting = not running or held back by the startup probe. */
  readonly state: 'passing' | 'failing' | 'waiting' | 'unknown'
  /** Where the knowledge comes from, in plain words. */
  readonly evidence: string
  /** The last failure that an event told of. */
  readonly lastFailure: { readonly at: number; readonly count: number; readonly message: string } | null
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
