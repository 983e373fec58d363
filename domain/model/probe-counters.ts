import type { ProbeKind } from './pod-spec.ts'

/**
 * What the kubelet has counted of one probe since it began to run it (metric prober_probe_total of
 * /metrics/probes, k/k pkg/kubelet/prober/prober_manager.go, since 1.19 with startup probes). The
 * count outlives restarts of the container, but not those of the kubelet. Every run of a probe
 * counts, also below the thresholds; `unknown` are runs that could not be made.
 */
export interface ProbeCounters {
  readonly podUid: string
  readonly container: string
  readonly kind: ProbeKind
  readonly successful: number
  readonly failed: number
  readonly unknown: number
  /** When the kubelet was asked, ms since the Unix epoch. */
  readonly at: number
}
