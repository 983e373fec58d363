import type { Pod } from '../model/pod.ts'
import type { Service } from '../model/service.ts'
import type { NextCheck } from './next-check.ts'
import { conditionSince, isPodReady } from './pod-condition.ts'
import { sentences } from './pod-problem.ts'
import type { Problem } from './problem.ts'
import { type EndpointCounts, hasPodEndpoints } from './service-endpoints.ts'

/** The first pods of a Service may take so long to become ready before that is an outage, ms. */
export const serviceStartGrace = 60_000

/**
 * A Service whose traffic goes nowhere: its selector picks pods that should serve, and none of its
 * addresses is ready. Services scaled to nothing, without a selector and of type ExternalName are as
 * somebody wants them.
 * @param pods pods that the selector picks, without those that have ended
 * @param before what was last known of it: an outage that lasts keeps its beginning
 * @param terminatingServes kube-proxy sends to terminating endpoints that still answer when no other is
 *   ready (ProxyTerminatingEndpoints, on from 1.26)
 */
export function serviceProblem(
  service: Service,
  endpoints: EndpointCounts,
  pods: readonly Pod[],
  before: { readonly wasReady: boolean; readonly since: number | null },
  terminatingServes: boolean,
  check: NextCheck,
): Problem | null {
  if (!hasPodEndpoints(service) || endpoints.readyAddresses > 0) return null
  if (terminatingServes && endpoints.servingTerminating > 0) return null
  const expected = pods.filter(({ deletedAt }) => deletedAt === null)
  const [first] = expected
  if (!first) return null
  const oldest = expected.reduce((oldest, { createdAt }) => Math.min(oldest, createdAt), first.createdAt)
  const starting = before.since === null && !before.wasReady
  if (starting && !check.reached(Math.max(oldest, service.createdAt) + serviceStartGrace)) return null
  const lost = lastLoss(expected)
  const since = before.since ?? (before.wasReady && lost < check.now - serviceStartGrace ? check.now : lost)
  const headless = service.clusterIP === 'None'
  return {
    id: `service-down/${service.uid}`,
    kind: 'service-down',
    severity: 'error',
    subject: { kind: 'Service', namespace: service.namespace, name: service.name, uid: service.uid },
    container: null,
    role: null,
    workload: null,
    cause: 'no-ready-address',
    since: Math.max(since, service.createdAt),
    lastSeenAt: Math.max(since, service.createdAt),
    title: `Service ${service.name} has no ready address`,
    detail: sentences(
      podWords(expected),
      headless ? 'DNS gives no address for it' : 'Connections to it are refused',
      endpoints.addresses === 0 && 'No pod has an address yet',
    ),
  }
}

function podWords(expected: readonly Pod[]): string {
  const ready = expected.filter(isPodReady).length
  const picked = `Its selector picks ${expected.length} ${expected.length === 1 ? 'pod' : 'pods'}`
  if (ready > 0) return `${picked}, ${ready} of them ready, but no EndpointSlice offers one`
  return expected.length === 1 ? `${picked}, which isn’t ready` : `${picked}, none of which is ready`
}

/** When the last of these pods stopped being ready, or was made. */
function lastLoss(pods: readonly Pod[]): number {
  let last = 0
  for (const pod of pods) last = Math.max(last, conditionSince(pod, 'Ready', 'False') ?? pod.createdAt)
  return last
}
