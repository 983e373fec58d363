import type { AnalysisChanges, ClusterAnalysis } from '../domain/analysis/cluster-analysis.ts'
import type { RunCause } from '../domain/health/run-cause.ts'
import type { Fact } from '../domain/history/fact.ts'
import { rewound, watchLost } from '../domain/history/gap-facts.ts'
import { runsWithCauses } from '../domain/history/run-causes.ts'
import { type SkewState, skewFacts } from '../domain/history/skew-facts.ts'
import type { ClusterObjectKind } from '../domain/model/cluster-object.ts'
import type { ClusterState } from '../domain/state/cluster-state.ts'
import { type History, openHistory } from './history/history.ts'
import { HistoryUnavailable } from './history/history-unavailable.ts'
import type { InitStepsOf } from './history/init-step-query.ts'
import type { ContainerRun, InitStepDurations, PodHistory } from './history/pod-history.ts'

const notOpened = 'not opened yet'

export interface HistoryKeeperOptions {
  readonly file: string
  readonly state: ClusterState
  readonly analysis: ClusterAnalysis
  readonly now: () => number
  readonly retentionDays: number
  readonly say: (line: string) => void
  readonly fail: (message: string) => void
}

export interface CausedPodHistory extends Omit<PodHistory, 'runs'> {
  readonly runs: readonly (ContainerRun & { readonly cause: RunCause | null })[]
}

/**
 * Between the live side and history: opens it when the cluster is known, tells it what begins and
 * ends, and lets the service run without it when it can't be had.
 */
export class HistoryKeeper {
  readonly #options: HistoryKeeperOptions
  #history: History | null = null
  #off = notOpened
  #opening: Promise<void> | null = null
  /** Facts from before the file was open. */
  #early: Fact[] = []
  /** Violated groups as last told to history. Null until everything has been read once: half a list looks skewed. */
  #violated: Map<string, SkewState> | null = null

  #podsKnown = false

  constructor(options: HistoryKeeperOptions) {
    this.#options = options
  }

  /** Before the first list. A file that another process holds ends the service; any other trouble is shown on every page. */
  open(clusterId: string): void {
    this.#opening ??= this.#open(clusterId)
  }

  async #open(clusterId: string): Promise<void> {
    const { file, now, say, fail, retentionDays } = this.#options
    try {
      const history = await openHistory({
        file,
        clusterId,
        now,
        log: say,
        retentionDays,
        onRecovered: () => void this.#resume(),
      })
      history.record(this.#early)
      this.#history = history
    } catch (error) {
      const known = error instanceof HistoryUnavailable
      this.#off = known ? error.message : `${file} can't be opened (${String(error)})`
      if (known && error.reason === 'locked') fail(error.message)
      else say(`Without history: ${this.#off}`)
    } finally {
      this.#early = []
    }
  }

  get state(): { state: 'ok' | 'paused' | 'off'; message: string } {
    return this.#history?.state() ?? { state: 'off', message: this.#off }
  }

  get counters(): { rows: number; queued: number; dropped: number } {
    const counters = this.#history?.counters()
    return { rows: counters?.rowsWritten ?? 0, queued: counters?.queued ?? 0, dropped: counters?.dropped ?? 0 }
  }

  record(facts: readonly Fact[]): void {
    if (facts.length === 0) return
    if (this.#history) this.#history.record(facts)
    else if (this.#off === notOpened) this.#early.push(...facts)
  }

  /** A kind is complete (again). With the last of them history is reconciled with what is now. */
  synced(kind: ClusterObjectKind, lostAt: number | null, ready: boolean): void {
    if (lostAt !== null) this.record([watchLost(kind, lostAt, this.#options.now())])
    if (kind === 'Pod') this.#podsKnown = true
    if (ready && this.#violated === null) void this.#resume()
  }

  rewound(kind: ClusterObjectKind): void {
    this.record([rewound(kind, this.#options.now())])
  }

  /** Violations that began or ended with these changes. */
  skew(changes: AnalysisChanges, at: number): void {
    if (this.#violated === null) return
    for (const id of changes.groups) {
      const next = this.#skewState(id)
      this.record(skewFacts(this.#violated.get(id) ?? null, next, at))
      if (next?.violated) this.#violated.set(id, next)
      else this.#violated.delete(id)
    }
  }

  /** One pod's story, each run with the cause of its end; null where nothing is kept of it. */
  async pod(uid: string): Promise<CausedPodHistory | null> {
    const found = await this.#history?.queries.podHistory(uid)
    if (!found) return null
    return { ...found, runs: runsWithCauses(found.runs, found, found.pod, this.#options.state.pod(uid) ?? null) }
  }

  /** See HistoryReader.initSteps; null while there is no history. */
  async initSteps(which: InitStepsOf): Promise<readonly InitStepDurations[] | null> {
    return (await this.#history?.queries.initSteps(which)) ?? null
  }

  async close(): Promise<void> {
    await this.#opening
    await this.#history?.close()
  }

  async #resume(): Promise<void> {
    const { state, analysis, now } = this.#options
    const violated = new Map<string, SkewState>()
    this.#violated = violated
    for (const id of analysis.spread.ids()) {
      const group = this.#skewState(id)
      if (group?.violated) violated.set(id, group)
    }
    // Pods that may not be read are not pods that are gone.
    const pods = this.#podsKnown ? state.pods() : null
    await this.#opening
    const since = await this.#history?.resume({ at: now(), pods, violated: violated.values() })
    // A violation that lasted through the restart is as old as it is, not as young as this process.
    for (const [id, beganAt] of since?.violatedSince ?? []) analysis.setViolatedSince(id, beganAt)
  }

  #skewState(id: string): SkewState | null {
    return this.#options.analysis.spread.summary(id)
  }
}
