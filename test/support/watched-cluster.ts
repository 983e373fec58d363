import assert from 'node:assert/strict'
import type { DemoApiServer } from '../../demo/api-server.ts'
import { type AnalysisChanges, ClusterAnalysis } from '../../domain/analysis/cluster-analysis.ts'
import { kubectlDialect } from '../../domain/health/kubectl-dialect.ts'
import type { Fact } from '../../domain/history/fact.ts'
import { podFacts } from '../../domain/history/pod-facts.ts'
import type { ClusterObjectKind } from '../../domain/model/cluster-object.ts'
import { schedulerRules } from '../../domain/placement/scheduler-rules.ts'
import { readClusterObject } from '../../domain/read/cluster-object.ts'
import { Interner } from '../../domain/read/interner.ts'
import { ClusterState } from '../../domain/state/cluster-state.ts'
import { KubeConfig } from '../../server/cluster/client-node.ts'
import { ClusterWatcher, type ClusterWatcherOptions } from '../../server/cluster/cluster-watcher.ts'
import { connect } from '../../server/cluster/connection.ts'
import { watchedKinds } from '../../server/cluster/watched-kind.ts'
import { Ingest } from '../../server/ingest.ts'
import { pause } from './pause.ts'

/** Plumbline's whole way in (watcher, state, analysis, facts) on a demo API server, without history and browsers. */
export class WatchedCluster {
  readonly state = new ClusterState()
  readonly analysis = new ClusterAnalysis(this.state, {
    dialect: kubectlDialect('v1.34.0'),
    scheduler: schedulerRules('v1.34.0'),
  })
  readonly facts: Fact[] = []
  readonly published: AnalysisChanges[] = []
  readonly rewound: ClusterObjectKind[] = []
  readonly synced: { kind: ClusterObjectKind; lostAt: number | null }[] = []
  /** Each state that a screen would have shown, in order. */
  readonly freshness: string[] = []
  readonly watcher: ClusterWatcher
  readonly #ingest: Ingest
  readonly #server: DemoApiServer

  constructor(server: DemoApiServer, options: Partial<ClusterWatcherOptions> & { user?: string } = {}) {
    this.#server = server
    const config = new KubeConfig()
    config.loadFromString(server.kubeconfig(options.user))
    this.#ingest = new Ingest({
      state: this.state,
      analysis: this.analysis,
      now: Date.now,
      record: (facts) => this.facts.push(...facts),
      recordPod: (previous, next, at) => this.facts.push(...podFacts(previous, next, at)),
      publish: (changes) => this.published.push(changes),
      onSynced: (kind, lostAt) => this.synced.push({ kind, lostAt }),
      onRewound: (kind) => this.rewound.push(kind),
    })
    this.watcher = new ClusterWatcher({
      connection: connect(config, 'plumbline-test'),
      sink: this.#ingest,
      uids: (kind) => this.state.uids(kind),
      now: Date.now,
      // A tenth of the usual waits, so that the tests need not take minutes.
      random: () => 0.1,
      verifyEvery: 0,
      onStatus: () => this.look(),
      onDiscovered: async () => {},
      ...options,
    })
  }

  /** Notes what a screen would show now. */
  look(): string {
    const { state } = this.watcher.freshness(Date.now())
    if (this.freshness.at(-1) !== state) this.freshness.push(state)
    return state
  }

  async start(): Promise<this> {
    this.watcher.start()
    await until(() => this.watcher.ready, 'the first sync')
    return this
  }

  async stop(): Promise<void> {
    await this.watcher.stop()
    this.#ingest.stop()
  }

  /** How the copy differs from the server's truth; empty when it doesn't (invariant I1). */
  differences(): string[] {
    const differences: string[] = []
    for (const { kind, resource } of watchedKinds) {
      const truth = new Map<string, string>()
      for (const raw of this.#server.objects(resource)) {
        const object = readClusterObject(kind, raw, new Interner())
        if (object) truth.set(object.uid, JSON.stringify(object))
      }
      for (const uid of this.state.uids(kind)) if (!truth.has(uid)) differences.push(`${kind} ${uid}: only in the copy`)
      for (const [uid, text] of truth) {
        const version = this.state.version(kind, uid)
        if (version === undefined) differences.push(`${kind} ${uid}: missing`)
        else if (version !== (JSON.parse(text) as { resourceVersion: string }).resourceVersion)
          differences.push(`${kind} ${uid}: version ${version}`)
        else if (kind === 'Pod' && JSON.stringify(this.state.pod(uid)) !== text)
          differences.push(`${kind} ${uid}: fields`)
      }
    }
    return differences
  }

  /** Waits until the copy equals the truth; fails with the differences after `within` ms. */
  async converge(within = 30_000): Promise<void> {
    const end = performance.now() + within
    while (this.differences().length > 0 && performance.now() < end) await pause(20)
    assert.deepEqual(this.differences(), [])
  }
}

/** Waits for a condition; fails naming it after `within` ms. */
export async function until(condition: () => boolean, what: string, within = 30_000): Promise<void> {
  const end = performance.now() + within
  while (!condition()) {
    if (performance.now() > end) assert.fail(`${what} did not come within ${within / 1000} s`)
    await pause(10)
  }
}
