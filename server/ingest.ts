import type { AnalysisChanges, ClusterAnalysis } from '../domain/analysis/cluster-analysis.ts'
import { eventFacts } from '../domain/history/event-facts.ts'
import type { Fact } from '../domain/history/fact.ts'
import type { ClusterEvent } from '../domain/model/cluster-event.ts'
import type { ClusterObject, ClusterObjectKind } from '../domain/model/cluster-object.ts'
import type { Pod } from '../domain/model/pod.ts'
import type { ClusterState, StateChange } from '../domain/state/cluster-state.ts'
import type { ReflectorSink } from './cluster/reflector.ts'

/** Browsers are told at most this often, ms. */
const publishEvery = 100
/** A change that comes alone is told after this, ms: a burst's first events travel together. */
const gatherFor = 4
/** Pods looked at in one turn of the event loop: about 20 ms. */
const podsPerTurn = 2_000

export interface IngestOptions {
  readonly state: ClusterState
  readonly analysis: ClusterAnalysis
  /** Wall clock, ms. */
  readonly now: () => number
  readonly record: (facts: readonly Fact[]) => void
  /** For history: a pod is new (`previous` null), has changed or is gone (`next` null). */
  readonly recordPod: (previous: Pod | null, next: Pod | null, at: number) => void
  /** All conclusions of a turn, for rooms and history. */
  readonly publish: (changes: AnalysisChanges, at: number, firstChangeAt: number) => void
  readonly onSynced: (kind: ClusterObjectKind, lostAt: number | null) => void
  readonly onRewound: (kind: ClusterObjectKind) => void
}

/**
 * Where the river narrows: takes every change from the reflectors, keeps state and analysis in
 * step, gives each single change to history and, coalesced, tells what came of it.
 */
export class Ingest implements ReflectorSink {
  readonly #options: IngestOptions
  #timer: NodeJS.Timeout | null = null
  #publishedAt = 0
  #firstChangeAt: number | null = null
  #stopped = false

  constructor(options: IngestOptions) {
    this.#options = options
    // Back-offs end and containers become stable without any change in the cluster.
    const second = setInterval(() => this.#schedule(), 1_000)
    this.stop = () => {
      this.#stopped = true
      clearInterval(second)
      if (this.#timer) clearTimeout(this.#timer)
    }
  }

  readonly stop: () => void

  apply(object: ClusterObject): void {
    this.#take(this.#options.state.apply(object), this.#options.now())
  }

  remove(kind: ClusterObjectKind, uid: string, object: ClusterObject | null): void {
    const { state } = this.#options
    // The last state may tell more than the one before it (an exit code, a reason).
    if (object && state.version(kind, uid) !== undefined) this.#take(state.apply(object), this.#options.now())
    const change = state.remove(kind, uid)
    if (change) this.#take(change, this.#options.now())
  }

  retain(kind: ClusterObjectKind, uids: ReadonlySet<string>): number {
    const gone = [...this.#options.state.uids(kind)].filter((uid) => !uids.has(uid))
    for (const uid of gone) this.remove(kind, uid, null)
    return gone.length
  }

  version(kind: ClusterObjectKind, uid: string): string | undefined {
    return this.#options.state.version(kind, uid)
  }

  synced(kind: ClusterObjectKind, lostAt: number | null): void {
    this.#options.onSynced(kind, lostAt)
    this.#schedule()
  }

  withdrawn(kind: ClusterObjectKind): void {
    const { state, analysis } = this.#options
    // Not gone from the cluster, only from sight: nothing for history.
    for (const uid of [...state.uids(kind)]) {
      const change = state.remove(kind, uid)
      if (change) analysis.apply(change)
    }
    this.#schedule()
  }

  rewound(kind: ClusterObjectKind): void {
    this.#options.onRewound(kind)
  }

  #take(change: StateChange, at: number): void {
    this.#options.analysis.apply(change)
    if (change.kind === 'Pod') {
      this.#options.recordPod(change.previous as Pod | null, change.next as Pod | null, at)
    } else if (change.kind === 'Event' && change.next) {
      this.#options.record(eventFacts(change.previous as ClusterEvent | null, change.next as ClusterEvent, at))
    }
    this.#firstChangeAt ??= performance.now()
    this.#schedule()
  }

  #schedule(): void {
    if (this.#timer || this.#stopped) return
    const wait = Math.max(gatherFor, this.#publishedAt + publishEvery - performance.now())
    this.#timer = setTimeout(() => this.#tick(), wait)
  }

  #tick(): void {
    this.#timer = null
    if (this.#stopped) return
    const { analysis, now } = this.#options
    analysis.settle(now(), podsPerTurn)
    // A long first list is looked at in turns; other work comes in between, and browsers see it grow.
    const more = analysis.hasMore
    if (more) this.#timer = setTimeout(() => this.#tick(), 1)
    if (more && performance.now() - this.#publishedAt < publishEvery) return
    this.flush()
  }

  /**
   * Tells what has been concluded but not told yet. Whoever begins to follow the analysis (a room
   * that is opened) must call this first: it starts from the present, and changes from before would
   * meet it as if they were new.
   */
  flush(): void {
    const { analysis, now, publish } = this.#options
    const changes = analysis.takeChanges()
    if (!changes) return
    const firstChangeAt = this.#firstChangeAt ?? performance.now()
    this.#firstChangeAt = null
    this.#publishedAt = performance.now()
    publish(changes, now(), firstChangeAt)
  }
}
