import assert from 'node:assert/strict'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { io } from 'socket.io-client'
import type { z } from 'zod'
import type { ServerStatus } from '../../domain/live/protocol.ts'
import type { podHistoryResponseSchema } from '../../server/api/api-schemas.ts'
import { ApiServerGuard } from '../support/api-server-guard.ts'
import { kubectl, kubectlPods } from '../support/kubectl.ts'
import { pause } from '../support/pause.ts'
import { PlumblineProcess } from '../support/plumbline-process.ts'
import { killApiServer, kubeconfigFile, realCluster, startRealCluster } from '../support/real-cluster.ts'
import { until } from '../support/watched-cluster.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

let plumbline: PlumblineProcess
let guard: ApiServerGuard

before(async () => {
  startRealCluster(root)
  guard = new ApiServerGuard(root)
  plumbline = await (await PlumblineProcess.start(['--kubeconfig', kubeconfigFile()])).ready()
})

after(async () => {
  guard?.stop()
  await plumbline?.stop()
})

interface KubernetesEvent {
  metadata: { uid: string }
  involvedObject: { kind: string; uid: string }
  reason: string
  type: string
  message: string
  count?: number
  series?: { count: number }
}

type PodHistory = z.infer<typeof podHistoryResponseSchema> & {
  events: { reason: string; message: string; count: number }[]
}

test('the API server dies for 30 s: stale within 10 s, then live and exact; history has each event once', async (t) => {
  const socket = io(plumbline.url, { transports: ['websocket'] })
  t.after(() => socket.close())
  const states: { state: string; at: number }[] = []
  socket.on('status', ({ state }: ServerStatus) => {
    if (states.at(-1)?.state !== state) states.push({ state, at: performance.now() })
  })
  await until(() => states.at(-1)?.state === 'live', 'live')
  guard.suspended = true
  const killed = performance.now()
  killApiServer(root)
  await until(() => states.at(-1)?.state === 'stale', 'stale', 10_000)
  console.log(`stale after ${Math.round(performance.now() - killed)} ms`)
  assert.ok((await plumbline.pods()).items.length > 20, 'what was known is still shown')
  await pause(30_000)
  realCluster(root, 'start', 'apiserver')
  guard.suspended = false
  kubectl('get', '--raw', '/readyz')
  const back = performance.now()
  await until(() => states.at(-1)?.state === 'live', 'live again', 60_000)
  console.log(`live ${Math.round(performance.now() - back)} ms after the server was ready`)
  socket.close()

  const end = performance.now() + 30_000
  let left: string[]
  do {
    const theirs = kubectlPods()
    const { items } = await plumbline.pods()
    const ours = new Map(
      items.map((pod) => [`${pod.namespace}/${pod.name}`, `${pod.status.trim()} ${pod.ready} ${pod.restarts}`]),
    )
    left = [...theirs].flatMap(([name, text]) =>
      ours.get(name) === text ? [] : `${name}: ${ours.get(name)} and not ${text}`,
    )
    if (left.length > 0) await pause(500)
  } while (left.length > 0 && performance.now() < end)
  assert.deepEqual(left, [])

  await pause(1_500)
  const pods = (await plumbline.pods()).items
  const history = new Map<string, PodHistory>()
  for (const { uid } of pods) history.set(uid, (await plumbline.json(`/api/v1/history/pods/${uid}`)) as PodHistory)
  const missing: string[] = []
  const { items } = JSON.parse(kubectl('get', 'events', '-A', '-o', 'json')) as { items: KubernetesEvent[] }
  for (const event of items) {
    const known = history.get(event.involvedObject.uid)
    if (!known || event.type !== 'Warning' || event.reason === 'Unhealthy') continue
    const kept = known.events.filter(({ reason, message }) => reason === event.reason && message === event.message)
    const expected = event.series?.count ?? event.count ?? 1
    // kubectl was asked a moment later: a count may have gone on meanwhile.
    if (!kept.some(({ count }) => Math.abs(count - expected) <= 1))
      missing.push(`${event.reason} ${event.message} ×${expected}`)
  }
  assert.deepEqual(missing, [])
  for (const [uid, { runs, probeFailures }] of history) {
    const starts = runs.map(({ container, startedAt, attempt }) => `${container} ${attempt} ${startedAt}`)
    assert.deepEqual(
      starts.filter((start, index) => starts.indexOf(start) !== index),
      [],
      `doubled runs of ${uid}`,
    )
    const failures = probeFailures.map(({ container, probe, at, count }) => `${container} ${probe} ${at} ${count}`)
    assert.deepEqual(
      failures.filter((failure, index) => failures.indexOf(failure) !== index),
      [],
      `doubled failures of ${uid}`,
    )
  }
})
