import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { ClusterAnalysis } from '../domain/analysis/cluster-analysis.ts'
import type { ClusterWatcher } from './cluster/cluster-watcher.ts'
import type { LiveGateway } from './live/live-gateway.ts'

export interface MetricsSource {
  readonly watcher: ClusterWatcher
  readonly analysis: ClusterAnalysis
  readonly gateway: () => LiveGateway | null
  readonly history: () => { rows: number; queued: number; dropped: number }
  readonly now: () => number
}

/** What Plumbline tells Prometheus: about the cluster, and about itself. */
export class Metrics {
  readonly #registry = new Registry()
  /** From the arrival of a change to its being handed to the sockets, seconds. */
  readonly publishDelay: Histogram

  constructor(source: MetricsSource) {
    const registers = [this.#registry]
    collectDefaultMetrics({ register: this.#registry })
    this.publishDelay = new Histogram({
      name: 'plumbline_publish_delay_seconds',
      help: 'From the arrival of a change to its being handed to the sockets',
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5],
      registers,
    })
    const gauge = (name: string, help: string, labelNames: string[], collect: (gauge: Gauge) => void) => {
      new Gauge({
        name,
        help,
        labelNames,
        registers,
        collect() {
          this.reset()
          collect(this)
        },
      })
    }
    const { watcher, analysis } = source
    gauge('plumbline_pods', 'Pods by severity of their state', ['severity'], (metric) => {
      for (const severity of ['ok', 'progress', 'warning', 'error']) {
        metric.set({ severity }, analysis.bySeverity.get(severity))
      }
    })
    gauge('plumbline_problems', 'Problems of single pods, nodes, constraints and Services', ['kind'], (metric) => {
      for (const [kind, count] of analysis.problemCounts.entries()) metric.set({ kind }, count)
    })
    gauge(
      'plumbline_problem_groups',
      'Problems as they are shown: those of one workload and cause are one',
      ['kind', 'severity'],
      (metric) => {
        for (const [name, count] of analysis.problemGroups.counts.entries()) {
          const [kind = '', severity] = name.split(' ')
          if (severity !== undefined) metric.set({ kind, severity }, count)
        }
      },
    )
    gauge(
      'plumbline_topology_spread_skew',
      'Skew of each topology spread constraint that is violated',
      ['namespace', 'workload', 'topology_key', 'max_skew', 'when_unsatisfiable'],
      (metric) => {
        for (const group of analysis.violations(500).flatMap((id) => analysis.spread.summary(id) ?? [])) {
          metric.set(
            {
              namespace: group.namespace,
              workload: `${group.workload.kind}/${group.workload.name}`,
              topology_key: group.topologyKey,
              max_skew: String(group.maxSkew),
              when_unsatisfiable: group.whenUnsatisfiable,
            },
            group.skew,
          )
        }
      },
    )
    gauge('plumbline_analysis_faults', 'Pods that could not be judged; more than 0 is a defect', [], (metric) =>
      metric.set(analysis.faults),
    )
    gauge('plumbline_objects', 'Objects kept, by kind', ['kind'], (metric) => {
      for (const { kind, objects } of watcher.kinds) metric.set({ kind }, objects)
    })
    gauge('plumbline_kind_live', '1 while the kind is in step with the API server', ['kind'], (metric) => {
      for (const { kind, state } of watcher.kinds) metric.set({ kind }, state === 'live' ? 1 : 0)
    })
    gauge('plumbline_data_age_seconds', 'Age of what is shown', [], (metric) => {
      const now = source.now()
      const { freshAt } = watcher.freshness(now)
      if (freshAt !== null) metric.set(Math.max(0, now - freshAt) / 1000)
    })
    gauge('plumbline_clients', 'Browsers connected', [], (metric) => metric.set(source.gateway()?.clients ?? 0))
    gauge('plumbline_history_queue_rows', 'Facts that wait to be written', [], (metric) =>
      metric.set(source.history().queued),
    )
    this.#counter('plumbline_api_requests_total', 'Requests to the API server', ['kind', 'verb', 'reason'], () =>
      watcher.budget.counts().map(({ kind, verb, reason, count }) => [{ kind, verb, reason }, count]),
    )
    this.#counter('plumbline_watch_faults_total', 'Faults seen in lists and watches, by kind', ['kind', 'fault'], () =>
      watcher.counters.flatMap(({ kind, counters }) =>
        Object.entries(counters).map(([fault, count]): [Record<string, string>, number] => [{ kind, fault }, count]),
      ),
    )
    this.#counter('plumbline_live_messages_total', 'What was sent to browsers', ['type'], () =>
      Object.entries(source.gateway()?.counters ?? {}).map(([type, count]): [Record<string, string>, number] => [
        { type },
        count,
      ]),
    )
    this.#counter('plumbline_history_rows_total', 'History rows written or dropped', ['outcome'], () => [
      [{ outcome: 'written' }, source.history().rows],
      [{ outcome: 'dropped' }, source.history().dropped],
    ])
  }

  async text(): Promise<{ contentType: string; text: string }> {
    return { contentType: this.#registry.contentType, text: await this.#registry.metrics() }
  }

  /** A counter whose values are kept elsewhere. */
  #counter(
    name: string,
    help: string,
    labelNames: string[],
    values: () => (readonly [Record<string, string>, number])[],
  ): void {
    new Counter({
      name,
      help,
      labelNames,
      registers: [this.#registry],
      collect() {
        this.reset()
        for (const [labels, value] of values()) this.inc(labels, value)
      },
    })
  }
}
