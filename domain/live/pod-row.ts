import type { Severity } from '../health/severity.ts'

/** A pod as one line of a list: the HTTP API's item and the table's row. Times are ms since the Unix epoch. */
export interface PodRow {
  readonly uid: string
  readonly namespace: string
  readonly name: string
  readonly node: string | null
  /** Label topology.kubernetes.io/zone of the pod's node; null where it can't be known. */
  readonly zone: string | null
  readonly phase: string
  /** STATUS as `kubectl get pods` prints it. */
  readonly status: string
  /** READY as `kubectl get pods` prints it: "1/2". */
  readonly ready: string
  /** The number in RESTARTS as `kubectl get pods` prints it. */
  readonly restarts: number
  /** End of the run before the last restart; kubectl's "(5m ago)" counts from it. */
  readonly lastRestartAt: number | null
  readonly createdAt: number
  readonly workload: { readonly kind: string; readonly name: string } | null
  readonly severity: Severity
  /** Init containers done of all, while the pod initialises; null afterwards and without any. */
  readonly init: { readonly done: number; readonly total: number } | null
}
