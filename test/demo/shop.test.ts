import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type DemoApiServer, startDemoApiServer } from '../../demo/api-server.ts'
import { type ManualClock, manualClock } from '../../demo/clock.ts'
import type { Node, Pod } from '../../demo/cluster/pod-types.ts'
import type { Deployment, ReplicaSet, Service } from '../../demo/cluster/workload-types.ts'
import type { ProbeCounters } from '../../domain/model/probe-counters.ts'
import { readProbeCounters } from '../../domain/read/probe-counters.ts'

const start = Date.parse('2026-11-24T12:00:00Z')
const minute = 60_000
let clock: ManualClock
let server: DemoApiServer
before(async () => {
  clock = manualClock(start)
  server = await startDemoApiServer({ world: 'shop', clock, seed: 3 })
})
after(() => server.stop())

const pods = () => server.objects('pods') as readonly Pod[]
const nodes = () => server.objects('nodes') as readonly Node[]
const condition = (object: Pod | Node, type: string) => object.status.conditions?.find((each) => each.type === type)
const appOf = (pod: Pod) => `${pod.metadata.namespace}/${pod.metadata.labels?.app}`
const zoneOf = (node: Node) => node.metadata.labels?.['topology.kubernetes.io/zone'] ?? ''

function waitingReasons(): Set<string> {
  const reasons = new Set<string>()
  for (const pod of pods()) {
    const statuses = [pod.status.initContainerStatuses ?? [], pod.status.containerStatuses ?? []].flat() as {
      state?: { waiting?: { reason: string } }
    }[]
    for (const { state } of statuses) if (state?.waiting) reasons.add(state.waiting.reason)
  }
  return reasons
}

/** Pods of a workload in each zone. */
function zonesOf(workload: string): number[] {
  const zones = new Map(nodes().map((node) => [node.metadata.name, zoneOf(node)]))
  const counts = new Map([...zones.values()].map((zone) => [zone, 0]))
  for (const pod of pods()) {
    const zone = zones.get(pod.spec.nodeName ?? '')
    if (appOf(pod) === workload && zone && !pod.metadata.deletionTimestamp)
      counts.set(zone, (counts.get(zone) ?? 0) + 1)
  }
  return [...counts.values()].sort((a, b) => a - b)
}

test('the same seed and time give the same world', async () => {
  const other = await startDemoApiServer({ world: 'shop', clock: manualClock(start), seed: 3 })
  for (const plural of ['pods', 'nodes', 'events', 'replicasets', 'deployments', 'endpointslices']) {
    assert.equal(JSON.stringify(other.objects(plural)), JSON.stringify(server.objects(plural)), plural)
  }
  await other.stop()
})

/** A node's /metrics/probes as clients get it, by "pod uid, container, kind". */
async function probeCounters(node: string): Promise<Map<string, ProbeCounters>> {
  const response = await fetch(`${server.url}/api/v1/nodes/${node}/proxy/metrics/probes`)
  assert.equal(response.status, 200)
  const { counters, malformed } = readProbeCounters(await response.text(), clock.now())
  assert.equal(malformed, 0)
  return new Map(counters.map((each) => [`${each.podUid} ${each.container} ${each.kind}`, each]))
}

test('every kubelet counts the probes of its own pods, and those that always pass once a period', async () => {
  const [node] = nodes().filter((each) => condition(each, 'Ready')?.status === 'True')
  const name = node?.metadata.name ?? ''
  const here = new Set(pods().flatMap(({ metadata, spec }) => (spec.nodeName === name ? (metadata.uid ?? '') : [])))
  const before = await probeCounters(name)
  assert.ok(before.size > 10)
  for (const { podUid } of before.values()) assert.ok(here.has(podUid))
  const steady = pods().flatMap(({ metadata, spec, status }) => {
    const [container] = spec.containers
    const ready = status.conditions?.some(({ type, status: state }) => type === 'Ready' && state === 'True')
    const probe = container?.readinessProbe
    const counted = before.get(`${metadata.uid} ${container?.name} readiness`)
    return ready && probe && counted && counted.failed === 0 ? [{ counted, period: probe.periodSeconds }] : []
  })
  assert.ok(steady.length > 3)
  clock.advance(minute)
  const after = await probeCounters(name)
  for (const { counted, period } of steady) {
    const later = after.get(`${counted.podUid} ${counted.container} readiness`)
    if (!later || later.failed > 0) continue
    assert.ok(Math.abs(later.successful - counted.successful - 60 / period) <= 1, `${counted.podUid}`)
  }
})

test('at the start it is in the midst of its stories, and most of it is well', () => {
  const all = pods()
  const well = all.filter((pod) => condition(pod, 'Ready')?.status === 'True' || pod.status.phase === 'Succeeded')
  assert.ok(all.length > 200 && well.length / all.length > 0.88, `${well.length} of ${all.length}`)
  const reasons = waitingReasons()
  for (const reason of ['CrashLoopBackOff', 'ImagePullBackOff', 'CreateContainerConfigError'])
    assert.ok(reasons.has(reason), reason)
  const pending = all.filter((pod) => condition(pod, 'PodScheduled')?.status === 'False')
  assert.match(
    condition(pending[0] as Pod, 'PodScheduled')?.message ?? '',
    /^0\/12 nodes are available: .*didn't match pod anti-affinity rules/,
  )
  const [least = 0, , most = 0] = zonesOf('shop/storefront')
  assert.ok(most - least > 1, 'storefront is skewed over its maxSkew of 1')
  const ages = server
    .objects('events')
    .map((event) => start - Date.parse(String(event.lastTimestamp ?? event.eventTime)))
  assert.ok(ages.length > 1000 && Math.min(...ages) < 60_000 && Math.max(...ages) < 80 * minute)
  const young = all.filter((pod) => start - Date.parse(pod.metadata.creationTimestamp ?? '') < 60 * minute)
  assert.ok(young.length > 5 && young.length < all.length / 2)
})

test('secrets are where real clusters have them', () => {
  const text = JSON.stringify(server.objects('deployments'))
  assert.ok(text.includes('CANARY-SECRET-VALUE'))
  const applied = server.get('deployments', 'shop', 'storefront')?.metadata.annotations ?? {}
  assert.ok(applied['kubectl.kubernetes.io/last-applied-configuration']?.includes('CANARY-SECRET-VALUE'))
  const pod = pods().find((each) => appOf(each) === 'payments/payment-gateway')
  assert.ok(pod?.spec.containers[0]?.args?.toString().includes('CANARY-SECRET-VALUE'))
  assert.ok(pod?.metadata.managedFields)
  assert.ok(pod?.spec.initContainers?.some((each) => each.name === 'istio-proxy' && each.restartPolicy === 'Always'))
})

/** What controllers promise, of everything at once. */
function checkConsistency(): void {
  const all = pods()
  const names = new Set(nodes().map((node) => node.metadata.name))
  for (const pod of all) {
    if (pod.spec.nodeName) assert.ok(names.has(pod.spec.nodeName))
    const types = (pod.status.conditions ?? []).map((each) => each.type)
    assert.equal(new Set(types).size, types.length, `conditions of ${pod.metadata.name}`)
  }
  const active = (uid: string) =>
    all.filter(
      (pod) =>
        pod.metadata.ownerReferences?.[0]?.uid === uid &&
        !pod.metadata.deletionTimestamp &&
        pod.status.phase !== 'Failed' &&
        pod.status.phase !== 'Succeeded',
    )
  for (const replicaSet of server.objects('replicasets') as readonly ReplicaSet[]) {
    const owned = active(replicaSet.metadata.uid ?? '')
    assert.equal(replicaSet.status.replicas, owned.length, replicaSet.metadata.name)
    const ready = owned.filter((pod) => condition(pod, 'Ready')?.status === 'True').length
    assert.equal(replicaSet.status.readyReplicas ?? 0, ready, replicaSet.metadata.name)
  }
  for (const service of server.objects('services') as readonly Service[]) {
    const slice = server
      .objects('endpointslices')
      .find((each) => each.metadata.ownerReferences?.[0]?.uid === service.metadata.uid)
    const endpoints = (slice?.endpoints ?? []) as readonly { targetRef: { uid: string }; conditions: object }[]
    const told = new Map(endpoints.map((each) => [each.targetRef.uid, each.conditions]))
    const expected = all.filter(
      (pod) =>
        pod.metadata.namespace === service.metadata.namespace &&
        Object.entries(service.spec.selector ?? {}).every(([key, value]) => pod.metadata.labels?.[key] === value) &&
        pod.status.podIP !== undefined &&
        pod.status.phase !== 'Failed' &&
        pod.status.phase !== 'Succeeded',
    )
    assert.equal(told.size, expected.length, service.metadata.name)
    for (const pod of expected) {
      const serving = condition(pod, 'Ready')?.status === 'True'
      const terminating = pod.metadata.deletionTimestamp !== undefined
      const ready = service.spec.publishNotReadyAddresses === true || (serving && !terminating)
      assert.deepEqual(told.get(pod.metadata.uid ?? ''), { ready, serving, terminating }, pod.metadata.name)
    }
  }
}

/** Moves on until nothing is in flight: controllers follow within a second. */
function settle(): void {
  for (let attempt = 0; ; attempt += 1) {
    clock.advance(400)
    try {
      checkConsistency()
      return
    } catch (error) {
      if (attempt > 40) throw error
    }
  }
}

test('a zone goes down, is evicted, comes back, and leaves its skew behind', () => {
  settle()
  // The next outage begins seven minutes after the start.
  clock.advance(start + 7 * minute + 40_000 - clock.now())
  const lost = nodes().filter((node) => pods().some((pod) => pod.spec.nodeName === node.metadata.name))
  assert.ok(
    lost.every((node) => condition(node, 'Ready')?.status === 'True'),
    'nothing shows in the first 40 s',
  )
  clock.advance(30_000)
  const down = nodes().filter((node) => condition(node, 'Ready')?.status === 'Unknown')
  assert.equal(down.length, 4)
  assert.equal(new Set(down.map(zoneOf)).size, 1)
  for (const node of down) {
    assert.equal(condition(node, 'Ready')?.message, 'Kubelet stopped posting node status.')
    assert.ok(
      node.spec.taints?.some(
        (taint) => taint.key === 'node.kubernetes.io/unreachable' && taint.effect === 'NoSchedule',
      ),
    )
  }
  const there = new Set(down.map((node) => node.metadata.name))
  const on = () => pods().filter((pod) => there.has(pod.spec.nodeName ?? '') && pod.status.phase === 'Running')
  for (const pod of on()) assert.equal(condition(pod, 'Ready')?.status, 'False', pod.metadata.name)
  const misleading = on().filter((pod) =>
    (pod.status.containerStatuses as { ready: boolean }[]).every((each) => each.ready),
  )
  assert.ok(misleading.length > 20, 'containers keep their last known state')
  settle()
  clock.advance(6 * minute)
  const evicted = on().filter((pod) => pod.metadata.deletionTimestamp)
  assert.ok(evicted.length > 20)
  assert.equal(condition(evicted[0] as Pod, 'DisruptionTarget')?.reason, 'DeletionByTaintManager')
  const kept = on().filter((pod) => !pod.metadata.deletionTimestamp)
  assert.ok(kept.length > 0 && kept.every((pod) => pod.metadata.ownerReferences?.[0]?.kind === 'DaemonSet'))
  settle()
  clock.advance(6 * minute)
  assert.ok(nodes().every((node) => condition(node, 'Ready')?.status === 'True'))
  assert.ok(nodes().every((node) => !node.spec.taints?.some((taint) => taint.key === 'node.kubernetes.io/unreachable')))
  assert.ok(
    !pods().some(
      (pod) => pod.metadata.deletionTimestamp && Date.parse(pod.metadata.deletionTimestamp) < clock.now() - minute,
    ),
  )
  const [least = 0, , most = 0] = zonesOf('shop/storefront')
  assert.ok(least === 0 && most >= 3)
  settle()
})

test('for hours the stories go on and nothing grows', () => {
  const crashed = new Set<string>()
  for (let round = 0; round < 12; round += 1) {
    clock.advance(10 * minute)
    for (const reason of waitingReasons()) crashed.add(reason)
  }
  for (const reason of ['CrashLoopBackOff', 'ImagePullBackOff', 'CreateContainerConfigError', 'PodInitializing']) {
    assert.ok(crashed.has(reason), reason)
  }
  settle()
  assert.ok(pods().length < 270)
  assert.ok(server.objects('events').length < 4500)
  assert.ok(server.objects('replicasets').length < 130)
  assert.ok(server.objects('jobs').length < 20)
  const old = server.objects('events').filter((event) => {
    const series = event.series as { lastObservedTime: string } | undefined
    const last = String(series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime)
    return clock.now() - Date.parse(last) > 62 * minute
  })
  assert.deepEqual(old, [])
})

test('rollouts reach their ends, bad ones get stuck', () => {
  const product = server.get('deployments', 'shop', 'product-api') as Deployment
  assert.ok(Number(product.metadata.annotations?.['deployment.kubernetes.io/revision']) > 20)
  const stuck = (server.objects('events') as readonly { reason?: string; message?: string }[]).filter(
    (event) =>
      event.reason === 'ScalingReplicaSet' &&
      /Scaled (up|down) replica set \S+ from \d+ to \d+/.test(event.message ?? ''),
  )
  assert.ok(stuck.length > 20)
})
