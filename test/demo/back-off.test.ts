import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ObjectStore } from '../../demo/api/object-store.ts'
import { manualClock } from '../../demo/clock.ts'
import type { ContainerBehaviour } from '../../demo/cluster/behaviour.ts'
import { ControlPlane } from '../../demo/cluster/control-plane.ts'
import type { Pod } from '../../demo/cluster/pod-types.ts'
import { Random } from '../../demo/cluster/random.ts'
import { goDuration, RestartBackOff } from '../../demo/cluster/restart-back-off.ts'
import { SimulatedCluster } from '../../demo/cluster/simulated-cluster.ts'
import { Simulation } from '../../demo/cluster/simulation.ts'
import { container, podSpec } from '../../demo/shop/pod-templates.ts'
import { addNodes } from '../../demo/shop/shop-nodes.ts'

const start = Date.parse('2026-11-24T12:00:00Z')

test('back-off of an instantly crashing container: 0, 10, 20, 40, 80, 160, 300, 300 s', () => {
  const backOff = new RestartBackOff()
  let now = 0
  const delays = []
  for (let run = 0; run < 8; run += 1) {
    const delay = backOff.delay(now)
    delays.push(delay / 1000)
    backOff.restarted(now, now + delay)
    now += delay
  }
  assert.deepEqual(delays, [0, 10, 20, 40, 80, 160, 300, 300])
  // More than ten minutes of running forgives everything.
  assert.equal(backOff.delay(now + 601_000), 0)
  assert.deepEqual([goDuration(10_000), goDuration(160_000), goDuration(300_000)], ['10s', '2m40s', '5m0s'])
})

/** A cluster of twelve nodes with one pod of one container that behaves as told. */
function onePod(behaviour: ContainerBehaviour, sketch: Partial<Parameters<typeof container>[0]> = {}) {
  const clock = manualClock(start)
  const store = new ObjectStore({ clock, revision: 1, windowLimit: 100_000, windowMs: 1e9 })
  const simulation = new Simulation(start)
  const cluster = new SimulatedCluster(store, simulation, new Random(7))
  const plane = new ControlPlane(
    cluster,
    () => behaviour,
    (pod) => pod,
  )
  addNodes(plane, start - 1e9)
  simulation.follow(clock)
  const metadata = { name: 'owner', namespace: 'test', uid: 'owner-uid' }
  const spec = podSpec({ containers: [container({ name: 'app', image: 'app:1', ...sketch })] })
  const owner = { apiVersion: 'batch/v1', kind: 'Nothing', object: { metadata } }
  const pod = plane.pods.create(owner, { metadata: { labels: { app: 'x' } }, spec }, 'crasher')
  const history: { at: number; pod: Pod }[] = []
  cluster.onPod((changed) => {
    if (changed.metadata.uid === pod.metadata.uid) history.push({ at: simulation.now, pod: changed })
  })
  return { clock, history, cluster, plane, uid: pod.metadata.uid ?? '' }
}

interface Status {
  readonly restartCount: number
  readonly ready: boolean
  readonly started?: boolean
  readonly state: {
    readonly waiting?: { readonly reason: string; readonly message?: string }
    readonly running?: { readonly startedAt: string }
    readonly terminated?: { readonly exitCode: number; readonly reason: string; readonly finishedAt: string }
  }
  readonly lastState: {
    readonly terminated?: { readonly exitCode: number; readonly reason: string; readonly finishedAt: string }
  }
}

function statusOf(pod: Pod | undefined): Status | undefined {
  return (pod?.status.containerStatuses as readonly Status[] | undefined)?.[0]
}

test('a crashing pod starts at the times that kubelet would start it', () => {
  const { clock, history } = onePod({ exit: () => ({ after: 0, exitCode: 3, reason: 'Error' }) })
  clock.advance(20 * 60_000)
  const starts: number[] = []
  for (const { pod } of history) {
    const running = statusOf(pod)?.state.running
    if (running && starts.at(-1) !== Date.parse(running.startedAt)) starts.push(Date.parse(running.startedAt))
  }
  const waits = starts.slice(1).map((at, index) => (at - (starts[index] ?? 0)) / 1000)
  const expected = [0, 10, 20, 40, 80, 160, 300, 300]
  for (const [index, wait] of waits.entries()) {
    const delay = expected[index] ?? 300
    assert.ok(wait >= delay && wait <= delay + 3, `wait ${index} was ${wait} s instead of ${delay} s`)
  }
  assert.ok(starts.length >= 8)
  const waiting = history
    .map(({ pod }) => statusOf(pod)?.state.waiting)
    .filter((each) => each?.reason === 'CrashLoopBackOff')
  const texts = new Set(waiting.map((each) => each?.message?.split(' restarting')[0]))
  assert.deepEqual(
    [...texts],
    ['back-off 10s', 'back-off 20s', 'back-off 40s', 'back-off 1m20s', 'back-off 2m40s', 'back-off 5m0s'],
  )
  assert.match(
    waiting[0]?.message ?? '',
    /^back-off 10s restarting failed container=app pod=crasher_test\([0-9a-f-]{36}\)$/,
  )
})

test('a liveness probe that fails kills the container after the grace period, with exit code 137', () => {
  const hangs: ContainerBehaviour = {
    stopAfter: Number.POSITIVE_INFINITY,
    probe: (kind, run, now) =>
      kind === 'liveness' && now - run.startedAt > 30_000 ? 'HTTP probe failed with statuscode: 500' : null,
  }
  const { clock, history, cluster } = onePod(hangs, { port: 8080, probes: 'http' })
  clock.advance(100_000)
  const last = history.map(({ pod }) => statusOf(pod)).find((status) => status?.lastState.terminated)
  assert.equal(last?.lastState.terminated?.exitCode, 137)
  assert.equal(last?.lastState.terminated?.reason, 'Error')
  const reasons = [...cluster.store.collection('events').values()].map((stored) => stored.object())
  const unhealthy = reasons.find((event) => event.reason === 'Unhealthy')
  assert.equal(unhealthy?.message, 'Liveness probe failed: HTTP probe failed with statuscode: 500')
  assert.equal(unhealthy?.count, 3)
  assert.ok(reasons.some((event) => event.message === 'Container app failed liveness probe, will be restarted'))
})

test('a startup probe holds back the others until it passes', () => {
  const slow: ContainerBehaviour = {
    probe: (kind, run, now) => (kind === 'startup' && now - run.startedAt < 65_000 ? 'refused' : null),
  }
  const { clock, history, cluster, uid } = onePod(slow, { port: 8080, probes: 'http', startupSeconds: 300 })
  clock.advance(60_000)
  const early = statusOf(cluster.pod(uid))
  assert.deepEqual([early?.started, early?.ready, early?.restartCount], [false, false, 0])
  clock.advance(30_000)
  const later = statusOf(cluster.pod(uid))
  assert.deepEqual([later?.started, later?.ready, later?.restartCount], [true, true, 0])
  const phases = history.map(({ pod }) => pod.status.phase)
  assert.deepEqual([...new Set(phases)], ['Pending', 'Running'])
})

test('an OOM kill is told as such, and conditions flip with the container', () => {
  const { clock, cluster, uid } = onePod({ exit: () => ({ after: 90_000, exitCode: 137, reason: 'OOMKilled' }) })
  clock.advance(60_000)
  const ready = (pod: Pod | undefined) => pod?.status.conditions?.find((each) => each.type === 'Ready')
  assert.equal(ready(cluster.pod(uid))?.status, 'True')
  clock.advance(10 * 60_000)
  const status = statusOf(cluster.pod(uid))
  assert.equal((status?.lastState.terminated ?? status?.state.terminated)?.reason, 'OOMKilled')
  assert.ok((status?.restartCount ?? 0) >= 3)
})

test('a deleted pod ends its containers and then is gone', () => {
  const { clock, cluster, plane, uid, history } = onePod({})
  clock.advance(30_000)
  const pod = cluster.pod(uid)
  assert.ok(pod)
  plane.pods.delete(pod)
  const { deletionTimestamp } = cluster.pod(uid)?.metadata ?? {}
  assert.equal(Date.parse(deletionTimestamp ?? ''), start + 60_000)
  clock.advance(10_000)
  assert.equal(cluster.pod(uid), undefined)
  assert.ok(history.length > 3)
})
