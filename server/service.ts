import { mkdirSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { type AnalysisChanges, ClusterAnalysis } from '../domain/analysis/cluster-analysis.ts'
import { whatIfCluster } from '../domain/analysis/what-if-cluster.ts'
import { longestWaiting } from '../domain/live/pending-source.ts'
import { placementItems } from '../domain/live/placement-items.ts'
import { podAnswer } from '../domain/live/pod-answer.ts'
import type { ServerStatus } from '../domain/live/protocol.ts'
import { workloadDetail } from '../domain/live/workload-detail.ts'
import { worstAffinity, worstRisks } from '../domain/live/workloads-source.ts'
import { whatIf } from '../domain/placement/what-if.ts'
import { ClusterState } from '../domain/state/cluster-state.ts'
import { analysisRules } from './analysis-rules.ts'
import { Access } from './api/access.ts'
import { makeHttpServer } from './api/http-server.ts'
import { ClusterWatcher } from './cluster/cluster-watcher.ts'
import { connect } from './cluster/connection.ts'
import { chooseCluster, KubeConfigError } from './cluster/kube-config.ts'
import { ProbeCounterCollector, probeCountersOff } from './cluster/probe-counter-collector.ts'
import { expectGarbage } from './heap-growth.ts'
import { HistoryKeeper } from './history-keeper.ts'
import { Ingest } from './ingest.ts'
import { LiveGateway } from './live/live-gateway.ts'
import { RoomCatalogue } from './live/room-catalogue.ts'
import { Metrics } from './metrics.ts'
import type { Options } from './options.ts'
import { skewHistory } from './skew-history.ts'

/** The service can't start as asked; one line that names the cause and the remedy. */
export class StartError extends Error {}

export interface Service {
  readonly url: string
  stop(): Promise<void>
}

export interface StartOptions {
  readonly options: Options
  /** The project's folder. */
  readonly root: string
  readonly build: string
  /** For people, on standard output. */
  readonly say: (line: string) => void
  /** Ends the process: something came up after the start that must not be passed over. */
  readonly fail: (message: string) => void
}

/** Builds everything, connects it and starts it; `stop` takes it down in the opposite order. */
export async function startService({ options, root, build, say, fail }: StartOptions): Promise<Service> {
  const now = Date.now
  const demo = await startDemoWhereNeeded(options)
  const chosen = demo ?? chooseOrFail(options)
  const connection = connect(chosen.config, `plumbline/${build}`)
  const state = new ClusterState()
  const analysis = new ClusterAnalysis(state, analysisRules(''), options.defaultSpread)
  const file = options.database || join(root, '.plumbline', `${chosen.name.replace(/[^\w.-]+/g, '-').slice(0, 80)}.db`)
  mkdirSync(dirname(file), { recursive: true })
  const history = new HistoryKeeper({ file, state, analysis, now, retentionDays: options.retentionDays, say, fail })
  let gateway: LiveGateway | null = null

  const ingest = new Ingest({
    state,
    analysis,
    now,
    record: (facts) => history.record(facts),
    recordPod: (previous, next, at) => history.recordPod(previous, next, at),
    publish: (changes, at, firstChangeAt) => publish(changes, at, firstChangeAt),
    onSynced: (kind, lostAt) => {
      history.synced(kind, lostAt, watcher.ready)
      if (watcher.ready) expectGarbage()
      statusChanged()
    },
    onRewound: (kind) => history.rewound(kind),
  })
  const watcher = new ClusterWatcher({
    connection,
    sink: ingest,
    uids: (kind) => state.uids(kind),
    now,
    verifyEvery: options.verifyMinutes * 60_000,
    onStatus: () => statusChanged(),
    onDiscovered: async ({ gitVersion, clusterId }) => {
      analysis.setRules(analysisRules(gitVersion))
      // Opening takes longer than listing a small cluster; what is heard meanwhile waits there.
      history.open(clusterId)
    },
  })
  const collector =
    options.probeCounters > 0
      ? new ProbeCounterCollector({
          connection,
          budget: watcher.budget,
          state,
          period: options.probeCounters,
          now,
          onRead: (pods) => analysis.touch(pods),
          onStatus: () => statusChanged(),
        })
      : null
  const metrics = new Metrics({ watcher, analysis, gateway: () => gateway, history: () => history.counters, now })

  // Read is not yet known: right after the first lists pods still wait to be judged. With changes all
  // the time some always wait, so this is asked after each turn too.
  let judged = false
  const isJudged = () => {
    judged ||= watcher.ready && analysis.backlog === 0
    return judged
  }

  function publish(changes: AnalysisChanges, at: number, firstChangeAt: number): void {
    isJudged()
    if (watcher.ready) history.skew(changes, at)
    gateway?.publish(changes)
    metrics.publishDelay.observe((performance.now() - firstChangeAt) / 1000)
  }

  let statusTimer: NodeJS.Timeout | null = null
  function statusChanged(): void {
    statusTimer ??= setTimeout(() => {
      statusTimer = null
      gateway?.publishStatus()
    }, 250)
  }

  function status(): ServerStatus {
    const at = now()
    return {
      serverTime: at,
      build,
      cluster: { name: chosen.name, version: watcher.gitVersion, demo: demo !== null },
      ...watcher.freshness(at),
      kinds: watcher.kinds,
      missingPermissions: watcher.missingPermissions,
      probeCounters: collector?.status ?? probeCountersOff,
      history: history.state,
      requests: watcher.budget.counts(),
    }
  }

  const access = new Access(options)
  const http = await makeHttpServer({
    access,
    pages: join(root, 'out'),
    version: build,
    source: {
      cluster: () => chosen.name,
      observedAt: () => watcher.freshness(now()).freshAt,
      pods: () => analysis.rows.values(),
      pod: (namespace, name) => podAnswer(state, analysis, namespace, name),
      workload: (namespace, kind, name) => {
        const workload = state.workloadNamed(kind, namespace, name)
        return workload ? workloadDetail(state, analysis, workload) : null
      },
      placement: () => placementItems(analysis),
      pending: () => longestWaiting(analysis),
      affinity: () => worstAffinity(analysis),
      risks: () => worstRisks(analysis),
      whatIf: (request) => whatIf(whatIfCluster(state, analysis, watcher.sees('PodDisruptionBudget')), request),
      problems: () => analysis.worstGroups(Number.POSITIVE_INFINITY),
      podHistory: (uid) => history.pod(uid),
      initSteps: (which) => history.initSteps(which),
      skewHistory: (which) => skewHistory(history, state, analysis, which),
      now,
      readiness: () => {
        return {
          ready: watcher.ready && isJudged(),
          notSynced: [...watcher.unsynced],
          forbidden: watcher.kinds.filter((kind) => kind.state === 'forbidden').map(({ kind }) => kind),
        }
      },
      metrics: () => metrics.text(),
    },
  })
  const url = await listen(http, options)
  gateway = new LiveGateway({
    http: http.server,
    catalogue: new RoomCatalogue(state, analysis),
    refuse: (request) => access.refuseSocket(request),
    status,
    flush: () => ingest.flush(),
    now: () => performance.now(),
  })
  watcher.start()
  collector?.start()
  say(`Plumbline is at ${url}`)
  say(
    demo
      ? 'It watches its embedded demo cluster: nothing on these pages is real.'
      : `It watches ${chosen.name} (${connection.server}).`,
  )

  return {
    url,
    async stop() {
      // The watcher closes the connection.
      await collector?.stop()
      await watcher.stop()
      ingest.stop()
      if (statusTimer) clearTimeout(statusTimer)
      await history.close()
      await gateway?.close()
      await http.close()
      await demo?.stop()
    },
  }
}

async function startDemoWhereNeeded(options: Options) {
  if (!options.demo && chooseOrFail(options, true) !== null) return null
  const { startEmbeddedDemo } = await import('./embedded-demo.ts')
  return await startEmbeddedDemo(options.demoSeed)
}

function chooseOrFail(options: Options, orNull: true): ReturnType<typeof chooseCluster>
function chooseOrFail(options: Options): NonNullable<ReturnType<typeof chooseCluster>>
function chooseOrFail(options: Options, orNull = false): ReturnType<typeof chooseCluster> {
  try {
    const chosen = chooseCluster(options.kubeconfig, options.context)
    if (chosen || orNull) return chosen
  } catch (error) {
    if (error instanceof KubeConfigError) throw new StartError(error.message)
    throw error
  }
  throw new StartError('--kubeconfig: no cluster was found; name a kubeconfig, or use --demo')
}

async function listen(http: Awaited<ReturnType<typeof makeHttpServer>>, options: Options): Promise<string> {
  try {
    await http.listen({ port: options.port, host: options.host })
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'EADDRINUSE')
      throw new StartError(`--port: ${options.port} is in use; stop what uses it or give another with --port or PORT`)
    if (code === 'EACCES') throw new StartError(`--port: ${options.port} needs privileges; give one above 1023`)
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
      throw new StartError(`--host: ${options.host} is no address of this machine; use 127.0.0.1 or 0.0.0.0`)
    throw error
  }
  const { port } = http.server.address() as AddressInfo
  const host = options.host.includes(':') ? `[${options.host}]` : options.host
  return `http://${host === '0.0.0.0' ? 'localhost' : host}:${port}`
}
