import { type ContainerBehaviour, type Exit, pick, type Run } from '../cluster/behaviour.ts'
import type { Pod, ProbeKind } from '../cluster/pod-types.ts'

const second = 1000
const minute = 60 * second

function elapsed(run: Run, now: number): number {
  return now - run.startedAt
}

function address(run: Run): string {
  return String(run.pod.status.podIP ?? '10.244.0.9')
}

/** Ends well after a time between two bounds. */
function finishes(low: number, high: number): ContainerBehaviour {
  return {
    exit: ({ random }) => ({ after: random.between(low, high), exitCode: 0, reason: 'Completed' }),
  }
}

/** Serves for 40 to 70 s, then a deadlock: nothing answers any more, not even SIGTERM. */
export const deadlock: ContainerBehaviour = {
  stopAfter: Number.POSITIVE_INFINITY,
  probe(kind, run, now) {
    if (elapsed(run, now) < 40 * second + 30 * second * pick(run.pod)) return null
    const path = kind === 'liveness' ? 'livez' : 'readyz'
    return `Get "http://${address(run)}:8080/${path}": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`
  },
}

/** Loses its session cache for 45 s of every 150 s, and says so. */
export const flapping: ContainerBehaviour = {
  probe(kind, run, now) {
    if (kind !== 'readiness') return null
    const phase = (now + pick(run.pod) * 150 * second) % (150 * second)
    return phase < 45 * second ? 'HTTP probe failed with statuscode: 503' : null
  },
}

/** Opens its port after three to four minutes. */
export const slowStart: ContainerBehaviour = {
  probe(kind, run, now) {
    if (kind !== 'startup' || elapsed(run, now) > 180 * second + 60 * second * pick(run.pod)) return null
    return `Get "http://${address(run)}:8080/startupz": dial tcp ${address(run)}:8080: connect: connection refused`
  },
}

/** Loads a model that is too large and never gets done. */
export const neverStarts: ContainerBehaviour = {
  stopAfter: 2 * second,
  probe(kind, run) {
    if (kind !== 'startup') return null
    return `Get "http://${address(run)}:8080/startupz": dial tcp ${address(run)}:8080: connect: connection refused`
  },
}

/** A migration that fails on the data it finds. */
export const failingMigration: ContainerBehaviour = {
  exit: ({ random }) => ({ after: random.between(5 * second, 9 * second), exitCode: 1, reason: 'Error' }),
}

/** A slow leak: killed after some twelve minutes, long enough to start each time without back-off. */
export const slowLeak: ContainerBehaviour = {
  exit: ({ random }) => ({ after: random.between(11 * minute, 14 * minute), exitCode: 137, reason: 'OOMKilled' }),
}

/** Asks for more memory than it may have as soon as it has work. */
export const quickLeak: ContainerBehaviour = {
  exit: ({ random }) => ({ after: random.between(60 * second, 100 * second), exitCode: 137, reason: 'OOMKilled' }),
}

export const crashingSidecar: ContainerBehaviour = {
  exit: ({ random }) => ({ after: random.between(15 * second, 40 * second), exitCode: 2, reason: 'Error' }),
}

/** Answers, but says that what it depends on doesn't. */
export const dependencyDown: ContainerBehaviour = {
  probe: (kind) => (kind === 'readiness' ? 'HTTP probe failed with statuscode: 503' : null),
}

/** The registry that its postStart hook writes to refuses it. */
export const failingHook: ContainerBehaviour = { postStartFails: true }

export const missingImage: ContainerBehaviour = { imageMissing: true }

export function missingConfigMap(name: string): ContainerBehaviour {
  return { configError: `configmap "${name}" not found` }
}

/** What containers do without being ill, where it isn't just to start and to serve. */
export function normalBehaviour(pod: Pod, container: string): ContainerBehaviour | undefined {
  return normal.get(`${pod.metadata.namespace}/${pod.metadata.labels?.app}/${container}`)
}

const normal: ReadonlyMap<string, ContainerBehaviour> = new Map<string, ContainerBehaviour>([
  ['shop/legacy-erp/legacy-erp', slowStart],
  ['data/feature-store/feature-store', startsIn(25 * minute)],
  ['shop/catalog/wait-for-db', finishes(3 * second, 6 * second)],
  ['shop/catalog/migrate-schema', finishes(12 * second, 20 * second)],
  ['shop/catalog/warm-cache', finishes(18 * second, 30 * second)],
  ['shop/sitemap-refresh/sitemap-refresh', finishes(5 * second, 14 * second)],
  ['platform/session-cleanup/session-cleanup', finishes(8 * second, 40 * second)],
  ['data/postgres-backup/postgres-backup', finishes(70 * second, 160 * second)],
  ['payments/settlement-reconciler/settlement-reconciler', { exit: settles }],
  ['search/opensearch/opensearch', startsIn(50 * second)],
  ['platform/kafka/kafka', startsIn(35 * second)],
  ['monitoring/prometheus/prometheus', startsIn(70 * second)],
  ['payments/fraud-detector/fraud-detector', startsIn(30 * second)],
])

/** The bank refuses about one run in four. */
function settles({ random }: Run): Exit {
  const refused = random.next() < 0.26
  return {
    after: random.between(8 * second, 25 * second),
    exitCode: refused ? 1 : 0,
    reason: refused ? 'Error' : 'Completed',
  }
}

function startsIn(ms: number): ContainerBehaviour {
  return {
    probe(kind: ProbeKind, run, now) {
      if (kind !== 'startup' || elapsed(run, now) > ms * (0.8 + 0.4 * pick(run.pod))) return null
      return `dial tcp ${address(run)}: connect: connection refused`
    },
  }
}
