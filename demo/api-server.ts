import { type ApiFeatures, ApiHandler } from './api/api-handler.ts'
import { HttpFront } from './api/http-front.ts'
import type { KubernetesObject } from './api/kubernetes-object.ts'
import { type Backup, ObjectStore } from './api/object-store.ts'
import { RequestFaults } from './api/request-faults.ts'
import { RequestLog } from './api/request-log.ts'
import { servedResources } from './api/resource.ts'
import { type DemoUser, Users } from './api/users.ts'
import type { Watcher } from './api/watcher.ts'
import { type DemoClock, realClock } from './clock.ts'
import { Faults } from './faults.ts'
import { kubeconfigText } from './kubeconfig.ts'
import { LoadWorld, type LoadWorldOptions } from './load/load-world.ts'
import { startShop } from './shop/shop-world.ts'

export type DemoWorld = 'shop' | 'empty' | LoadWorldOptions

export interface DemoApiServerOptions {
  /** 0, the default, takes a free port. */
  readonly port?: number
  /** Loopback by default. */
  readonly host?: string
  /** The same seed gives the same world and the same stories. */
  readonly seed?: number
  /** Time in the objects and of the stories; real time by default. */
  readonly clock?: DemoClock
  readonly world?: DemoWorld
  /** About a minute on a real API server. */
  readonly bookmarkIntervalMs?: number
  readonly features?: Partial<ApiFeatures> & {
    /** False: only discovery.k8s.io/v1beta1, as before 1.21. */
    readonly endpointSliceV1?: boolean
    /** False: events.k8s.io is not served. */
    readonly eventsV1?: boolean
    /** False: only batch/v1beta1, as before 1.21. */
    readonly cronJobV1?: boolean
  }
  /** Bearer tokens and their rules; absent or empty: everybody may do everything. */
  readonly users?: readonly DemoUser[]
  readonly gitVersion?: string
  /** Changes that each kind keeps for watches. */
  readonly watchWindow?: number
  /** A watch that is further behind than this many events is cut off. */
  readonly watchBacklog?: number
  /** resourceVersion at the start. */
  readonly resourceVersion?: number
}

export interface DemoApiServer {
  readonly url: string
  readonly clock: DemoClock
  readonly faults: Faults
  /** What clients have asked. */
  readonly requests: RequestLog
  readonly users: Users
  /** The load generator, where the world is one. */
  readonly load: LoadWorld | null
  /** The global revision: the resourceVersion of the last change. */
  readonly resourceVersion: string
  /** Open watches, of one kind or of all. */
  watches(plural?: string): number
  /** A kubeconfig (YAML) for this server, with the token of a user where one is named. */
  kubeconfig(user?: string): string
  /** The truth: every object of a kind now, in the form of a list's items. */
  objects(plural: string): readonly KubernetesObject[]
  /** The resourceVersion of every object of a kind, by uid; cheap also for a large world. */
  versions(plural: string): ReadonlyMap<string, string>
  get(plural: string, namespace: string, name: string): KubernetesObject | undefined
  /** Stores a new object; uid, creationTimestamp and resourceVersion are filled in where the keys are absent. */
  create(plural: string, object: object): KubernetesObject
  /** Stores the next version of an object, or a new one. */
  replace(plural: string, object: object): KubernetesObject
  /** Merges fields into the status of an object. */
  patchStatus(plural: string, namespace: string, name: string, status: object): KubernetesObject
  /** Removes an object, named by its metadata, at once. */
  delete(plural: string, object: { metadata: { name: string; namespace?: string } }): KubernetesObject | undefined
  /** From now on a node's kubelet answers so at /metrics/probes; null: it can't be reached. */
  setProbeMetrics(answer: (node: string) => string | null): void
  /** As etcd's compaction: watches and pages from before get 410. */
  compact(): void
  /** The state now, for `faults.outage` and `faults.restore`. */
  backup(): Backup
  stop(): Promise<void>
}

/**
 * Starts a simulated Kubernetes API server: the real list and watch protocol over plain HTTP.
 * @throws Error of listen where the port is taken
 */
export async function startDemoApiServer(options: DemoApiServerOptions = {}): Promise<DemoApiServer> {
  const clock = options.clock ?? realClock()
  const { endpointSliceV1 = true, eventsV1 = true, cronJobV1 = true, ...features } = options.features ?? {}
  const world = options.world ?? 'shop'
  // A minute and more of changes, so that a client under load has time to read its first list.
  const churn = typeof world === 'object' ? world.churnPerSecond : 0
  const store = new ObjectStore({
    clock,
    revision: options.resourceVersion ?? 1000,
    windowLimit: options.watchWindow ?? Math.max(100_000, churn * 150),
    windowMs: 300_000,
  })
  const resources = servedResources({ endpointSliceV1, eventsV1, cronJobV1 })
  const requests = new RequestLog()
  const users = new Users(options.users ?? [])
  const requestFaults = new RequestFaults()
  const watchers = new Set<Watcher>()
  let faults: Faults
  const handler = new ApiHandler({
    store,
    resources,
    features: {
      watchList: true,
      bookmarks: true,
      pagination: true,
      // Packing would make a load generator slower than what it is to measure.
      gzip: typeof world !== 'object',
      expiredWatch: 'event',
      futureWatch: 'silent',
      ...features,
    },
    gitVersion: options.gitVersion ?? 'v1.34.3',
    users,
    log: requests,
    faults: requestFaults,
    watchers,
    bookmarkIntervalMs: options.bookmarkIntervalMs ?? 60_000,
    probeMetrics: (node) => probeMetrics(node),
    watchBacklog: options.watchBacklog ?? Math.max(20_000, churn * 90),
    lag: () => faults.lag,
    onWatch: (watcher) => faults.meet(watcher),
  })
  let probeMetrics = (node: string): string | null => (shop ? shop.probeMetrics(node) : '')
  const front = new HttpFront(options.host ?? '127.0.0.1', options.port ?? 0, handler.handle)
  faults = new Faults({ front, store, requests: requestFaults, watchers, resources })
  const seed = options.seed ?? 1
  const load = typeof world === 'object' ? new LoadWorld(store, world, seed) : null
  const shop = world === 'shop' ? startShop(store, clock, seed) : null
  await front.up()
  load?.start()

  return {
    get url() {
      return front.url
    },
    clock,
    faults,
    requests,
    users,
    load,
    get resourceVersion() {
      return String(store.revision)
    },
    watches(plural) {
      return [...watchers].filter((watcher) => plural === undefined || watcher.plural === plural).length
    },
    kubeconfig(user) {
      return kubeconfigText(front.url, user === undefined ? undefined : users.find(user))
    },
    objects(plural) {
      return [...store.collection(plural).values()].map((stored) => stored.object())
    },
    versions(plural) {
      const versions = new Map<string, string>()
      for (const stored of store.collection(plural).values()) versions.set(stored.uid, String(stored.revision))
      return versions
    },
    get: (plural, namespace, name) => store.get(plural, namespace, name),
    create: (plural, object) => store.create(plural, structuredClone(object)),
    replace: (plural, object) => store.replace(plural, structuredClone(object)),
    patchStatus: (plural, namespace, name, status) =>
      store.patchStatus(plural, namespace, name, structuredClone(status)),
    delete: (plural, { metadata }) => store.delete(plural, metadata.namespace ?? '', metadata.name),
    setProbeMetrics(answer) {
      probeMetrics = answer
    },
    compact: () => store.compact(),
    backup: () => store.backup(),
    async stop() {
      shop?.stop()
      load?.stop()
      faults.stop()
      for (const watcher of watchers) watcher.reset()
      await front.down()
    },
  }
}
