import { z } from 'zod'
import type { KindStatus } from '../../domain/live/protocol.ts'
import type { ClusterObjectKind } from '../../domain/model/cluster-object.ts'
import { Interner } from '../../domain/read/interner.ts'
import { backoffDelay } from './backoff.ts'
import type { Connection } from './connection.ts'
import { discover } from './discovery.ts'
import { Heartbeat } from './heartbeat.ts'
import { readBody } from './read-body.ts'
import { Reflector, type ReflectorOptions, type ReflectorSink } from './reflector.ts'
import { RequestBudget } from './request-budget.ts'
import { isOlder } from './resource-version.ts'
import { sleep } from './sleep.ts'
import { verifyKind } from './verify.ts'
import { apiGroup, watchedKinds } from './watched-kind.ts'

export interface ClusterWatcherOptions {
  readonly connection: Connection
  readonly sink: ReflectorSink
  /** The uids kept of a kind, for verification. */
  readonly uids: (kind: ClusterObjectKind) => Iterable<string>
  readonly now: () => number
  readonly random?: () => number
  /** A silent watch is begun anew after this, ms. */
  readonly silentAfter?: number
  /** Pause between verifying lists of one kind, ms; 0 turns them off. */
  readonly verifyEvery?: number
  /** Anything in `status` may have changed. */
  readonly onStatus: () => void
  /** The server told what it is, before the first list, which waits for this. */
  readonly onDiscovered: (found: { gitVersion: string; clusterId: string }) => Promise<void>
}

/** A kind without which pods can still be shown, but not everything about them. */
const essential: ReadonlySet<ClusterObjectKind> = new Set(['Pod', 'Node'])
/** A reconnect shorter than this is not worth a word on any screen, ms. */
const reconnectGrace = 3_000
/** Nothing heard for this long, ms, though the server was asked: what is shown is old. */
const staleAfter = 8_000

/** Watches one cluster: all its reflectors, the heartbeat and the request budget. */
export class ClusterWatcher {
  readonly budget: RequestBudget
  readonly #options: ClusterWatcherOptions
  readonly #heartbeat: Heartbeat
  readonly #stop = new AbortController()
  readonly #random: () => number
  #reflectors: readonly Reflector[] = []
  #tasks: Promise<void>[] = []
  #discoveryFault = ''
  #rewindCheck: NodeJS.Timeout | null = null
  gitVersion = ''

  constructor(options: ClusterWatcherOptions) {
    this.#options = options
    this.#random = options.random ?? Math.random
    this.budget = new RequestBudget(() => performance.now())
    this.#heartbeat = new Heartbeat({
      connection: options.connection,
      budget: this.budget,
      now: options.now,
      onChange: (reachable) => {
        if (reachable) for (const reflector of this.#reflectors) reflector.wake()
        options.onStatus()
      },
    })
  }

  start(): void {
    this.#tasks = [this.#run(), this.#beat()]
  }

  async stop(): Promise<void> {
    this.#stop.abort()
    if (this.#rewindCheck) clearTimeout(this.#rewindCheck)
    await Promise.allSettled(this.#tasks)
    await this.#options.connection.close()
  }

  get kinds(): readonly KindStatus[] {
    if (this.#reflectors.length > 0) return this.#reflectors.map((reflector) => reflector.status)
    return watchedKinds.map(({ kind }) => ({
      kind,
      state: this.#discoveryFault === '' ? ('waiting' as const) : ('retrying' as const),
      objects: 0,
      lastHeardAt: null,
      message: this.#discoveryFault,
    }))
  }

  get counters(): readonly { kind: ClusterObjectKind; counters: Reflector['counters'] }[] {
    return this.#reflectors.map(({ kind, counters }) => ({ kind, counters }))
  }

  /** Every permitted kind has been read completely. */
  get ready(): boolean {
    return this.unsynced.length === 0
  }

  /** The kinds that have not been read yet and are not refused. */
  get unsynced(): readonly ClusterObjectKind[] {
    return this.#reflectors.length === 0
      ? watchedKinds.map(({ kind }) => kind)
      : this.#reflectors
          .filter(({ hasSynced, status }) => !hasSynced && status.state !== 'forbidden' && status.state !== 'absent')
          .map(({ kind }) => kind)
  }

  /** Whether a kind has been read and may still be. */
  sees(kind: ClusterObjectKind): boolean {
    const reflector = this.#reflectors.find((each) => each.kind === kind)
    return reflector?.hasSynced === true && reflector.status.state !== 'forbidden'
  }

  /** See ServerStatus.state and ServerStatus.freshAt. */
  freshness(now: number): { state: 'connecting' | 'live' | 'stale' | 'forbidden'; freshAt: number | null } {
    const heardAt = this.#heartbeat.heardAt
    const pod = this.#reflectors.find(({ kind }) => kind === 'Pod')
    if (pod?.status.state === 'forbidden') return { state: 'forbidden', freshAt: null }
    if (!pod?.hasSynced || !this.ready) {
      const lost = this.#discoveryFault !== '' || this.#reflectors.some(({ status }) => status.state === 'retrying')
      return { state: pod?.hasSynced && lost ? 'stale' : 'connecting', freshAt: pod?.hasSynced ? heardAt : null }
    }
    let freshAt = this.#heartbeat.reachable ? now : (heardAt ?? now)
    for (const { kind, lostAt } of this.#reflectors) {
      if (essential.has(kind) && lostAt !== null && now - lostAt > reconnectGrace) freshAt = Math.min(freshAt, lostAt)
    }
    if (heardAt !== null && now - heardAt > staleAfter) freshAt = Math.min(freshAt, heardAt)
    const stale = freshAt < now - reconnectGrace || !this.#heartbeat.reachable
    return { state: stale ? 'stale' : 'live', freshAt: stale ? freshAt : (heardAt ?? now) }
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop
    const { connection, sink, now, onStatus } = this.#options
    let discovery = null
    for (let failures = 0; discovery === null; failures += 1) {
      try {
        discovery = await discover(connection, this.budget, signal)
      } catch (error) {
        if (signal.aborted) return
        this.#discoveryFault = error instanceof Error ? error.message : String(error)
        onStatus()
        await sleep(backoffDelay(Math.min(failures, 3), null, this.#random), signal)
      }
      if (signal.aborted) return
    }
    this.#discoveryFault = ''
    this.gitVersion = discovery.gitVersion
    await this.#options.onDiscovered(discovery)
    const interner = new Interner()
    const each = watchedKinds.map((watched): { options: ReflectorOptions; reflector: Reflector } => {
      const options: ReflectorOptions = {
        watched,
        apis: discovery.apis.get(watched) ?? [],
        connection,
        budget: this.budget,
        sink,
        interner,
        streamingLists: discovery.streamingLists,
        silentAfter: this.#options.silentAfter ?? 90_000,
        random: this.#random,
        now,
        onStatus: () => {
          const heard = reflector.status.lastHeardAt
          if (heard !== null) this.#heartbeat.heard(heard)
          onStatus()
        },
        onRecovered: () => this.#checkForRewind(),
      }
      const reflector: Reflector = new Reflector(options)
      return { options, reflector }
    })
    this.#reflectors = each.map(({ reflector }) => reflector)
    onStatus()
    await Promise.all([
      ...each.map(({ reflector }) => reflector.run(signal)),
      ...each.map(({ reflector, options }) => this.#verify(reflector, options)),
    ])
  }

  /**
   * After a fault the server may have been restored from a backup; watches from versions that it no
   * longer has are met with silence. One object's list tells its present version: when that is older
   * than ours, everything is read anew.
   */
  #checkForRewind(): void {
    if (this.#rewindCheck) return
    this.#rewindCheck = setTimeout(async () => {
      this.#rewindCheck = null
      const present = await this.#presentVersion().catch(() => '')
      for (const reflector of this.#reflectors) {
        // Events may live in another etcd, whose versions say nothing here.
        if (reflector.kind !== 'Event' && isOlder(present, reflector.resourceVersion)) reflector.relist()
      }
    }, 500)
  }

  async #presentVersion(): Promise<string> {
    const pods = this.#reflectors.find(({ kind }) => kind === 'Pod')
    if (!pods || this.#stop.signal.aborted) return ''
    this.budget.count('Pod', 'get', 'retry')
    const { status, body } = await this.#options.connection.get({
      path: `${pods.path}?limit=1`,
      signal: AbortSignal.any([this.#stop.signal, AbortSignal.timeout(10_000)]),
      headersTimeout: 10_000,
    })
    const text = await readBody(body)
    return status === 200 ? (listVersionSchema.safeParse(JSON.parse(text)).data?.metadata.resourceVersion ?? '') : ''
  }

  async #beat(): Promise<void> {
    const { signal } = this.#stop
    while (!signal.aborted) {
      await sleep(1000, signal)
      if (!signal.aborted && this.#reflectors.length > 0) await this.#heartbeat.check(signal)
    }
  }

  async #verify(reflector: Reflector, options: ReflectorOptions): Promise<void> {
    const { signal } = this.#stop
    const every = this.#options.verifyEvery ?? 3_600_000
    while (every > 0 && !signal.aborted) {
      // Spread over the period, so that the kinds don't list together.
      await sleep(every * (0.5 + this.#random()), signal)
      if (signal.aborted || reflector.status.state !== 'live') continue
      await verifyKind(reflector, options, () => this.#options.uids(reflector.kind), signal).catch(() => null)
      this.#options.onStatus()
    }
  }

  /** The rules that RBAC would have to grant for what is refused now. */
  get missingPermissions(): readonly { apiGroup: string; resource: string }[] {
    return this.#reflectors
      .filter(({ status }) => status.state === 'forbidden')
      .map(({ kind }) => {
        const watched = watchedKinds.find((each) => each.kind === kind)
        return { apiGroup: apiGroup(watched?.apis[0] ?? ''), resource: watched?.resource ?? kind }
      })
  }
}

const listVersionSchema = z.object({ metadata: z.object({ resourceVersion: z.string() }) })
