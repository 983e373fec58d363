import type { Pod, ProbeKind } from './pod-types.ts'

/** How often one probe has been run. */
export class ProbeCounter {
  readonly labels: string
  #successful = 0
  #failed = 0
  /** Since when it passes in every period without being simulated run by run. */
  #steady: { readonly since: number; readonly period: number } | null = null

  constructor(labels: string) {
    this.labels = labels
  }

  ran(success: boolean): void {
    if (success) this.#successful += 1
    else this.#failed += 1
  }

  /** From now on it passes, once in every period. */
  passOn(since: number, period: number): void {
    this.#steady = { since, period }
  }

  /** The container has ended. */
  end(now: number): void {
    this.#successful = this.counts(now).successful
    this.#steady = null
  }

  counts(now: number): { readonly successful: number; readonly failed: number } {
    const steady = this.#steady ? Math.floor((now - this.#steady.since) / this.#steady.period) : 0
    return { successful: this.#successful + steady, failed: this.#failed }
  }
}

/** What a kubelet counts of the probes that it runs: metric prober_probe_total of its /metrics/probes. */
export class ProbeCounters {
  readonly #byPod = new Map<string, Map<string, ProbeCounter>>()

  of(pod: Pod, container: string, kind: ProbeKind): ProbeCounter {
    const { uid = '', name, namespace = '' } = pod.metadata
    const ofPod = this.#byPod.get(uid) ?? new Map<string, ProbeCounter>()
    this.#byPod.set(uid, ofPod)
    const key = `${container} ${kind}`
    const type = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`
    const labels = `container="${container}",namespace="${namespace}",pod="${name}",pod_uid="${uid}",probe_type="${type}"`
    const counter = ofPod.get(key) ?? new ProbeCounter(labels)
    ofPod.set(key, counter)
    return counter
  }

  /** The pod is no longer run here. */
  forget(uid: string): void {
    this.#byPod.delete(uid)
  }

  /** In the Prometheus text format; results that never came are left out, as in the kubelet's own answer. */
  text(now: number): string {
    const lines = [
      '# HELP prober_probe_total [BETA] Cumulative number of a liveness, readiness or startup probe for a container by result.',
      '# TYPE prober_probe_total counter',
    ]
    for (const ofPod of this.#byPod.values()) {
      for (const counter of ofPod.values()) {
        const counts = counter.counts(now)
        for (const result of ['failed', 'successful'] as const) {
          if (counts[result] > 0)
            lines.push(`prober_probe_total{${counter.labels},result="${result}"} ${goFloat(counts[result])}`)
        }
      }
    }
    return `${lines.join('\n')}\n`
  }
}

/** Go's shortest form: from a million and more on with an exponent (strconv 'g' as client_golang uses it: 1e+06). */
function goFloat(value: number): string {
  if (value < 1e6 || value >= 1e21) return String(value)
  return value.toExponential().replace(/e\+(\d)$/, 'e+0$1')
}
