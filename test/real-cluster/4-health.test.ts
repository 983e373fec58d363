import assert from 'node:assert/strict'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { PodDetail } from '../../domain/live/protocol.ts'
import { readProbeCounters } from '../../domain/read/probe-counters.ts'
import { ApiServerGuard } from '../support/api-server-guard.ts'
import { kubectl } from '../support/kubectl.ts'
import { pause } from '../support/pause.ts'
import { PlumblineProcess } from '../support/plumbline-process.ts'
import { adminAccess, applyWorkloads, kubeconfigFile, startRealCluster } from '../support/real-cluster.ts'
import { BackOffWatch } from './back-off-watch.ts'
import { statedCauses } from './expected-causes.ts'
import { askPodStatusOracle } from './pod-status-oracle.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
/** What the countdown may be wrong by, ms. */
const allowed = 2_000
const steps = [10_000, 20_000, 40_000, 80_000, 160_000, 300_000]
/** The steps up to 160 s one after the other, and up to 15 s more for each. */
const watchFor = 420_000
const watched = [
  ...['at-once', 'after-2-s', 'completes', 'in-init'].map((name) => `health-back-off/${name}`),
  // These have come to the longest wait by now.
  'health/exit-1',
  'health/exit-2',
  'health/init-exit',
  'shop/crasher',
]
const counterPeriod = 10_000

let plumbline: PlumblineProcess
let guard: ApiServerGuard
let watch: BackOffWatch
let began = 0

before(async () => {
  cleanUp()
  startRealCluster(root)
  guard = new ApiServerGuard(root)
  plumbline = await (
    await PlumblineProcess.start(['--kubeconfig', kubeconfigFile(), '--probe-counters', `${counterPeriod / 1_000}s`])
  ).ready()
  kubectl('wait', '-n', 'health', '--for=condition=Ready', 'pod/preempted', '--timeout=60s')
  kubectl('rollout', 'status', '-n', 'health', 'deployment/storefront', '--timeout=60s')
  applyWorkloads(join(root, 'test', 'real-cluster', 'workloads-health-later.yaml'))
  watch = new BackOffWatch(plumbline, adminAccess(), watched)
  began = performance.now()
})

after(async () => {
  await watch?.stop()
  guard?.stop()
  await plumbline?.stop()
  cleanUp()
})

/** What a run must find undone: the crashers are to be new, and the victim of preemption is to have its port. */
function cleanUp(): void {
  const quietly = (...parameters: string[]) => {
    try {
      kubectl(...parameters)
    } catch {
      // It isn't there.
    }
  }
  quietly('delete', 'namespace', 'health-back-off', '--ignore-not-found')
  quietly('delete', 'pod', '-n', 'health', 'preemptor', '--ignore-not-found', '--grace-period=0', '--force')
  quietly('patch', 'pod', '-n', 'health', 'preempted', '-p', '{"metadata":{"finalizers":null}}')
}

async function pod(namespace: string, name: string): Promise<PodDetail | null> {
  return ((await plumbline.json(`/api/v1/pods/${namespace}/${name}`)) as { pod?: PodDetail }).pod ?? null
}

test('the kubelets’ own counters are those that kubectl reads, at most a period old', async () => {
  const read = () =>
    ['node-1', 'node-2', 'node-3'].flatMap((node) => {
      const text = kubectl('get', '--raw', `/api/v1/nodes/${node}/proxy/metrics/probes`)
      return readProbeCounters(text, Date.now()).counters
    })
  const names = new Map(
    (JSON.parse(kubectl('get', 'pods', '-A', '-o', 'json')) as { items: { metadata: Metadata }[] }).items.map(
      ({ metadata }) => [metadata.uid, metadata],
    ),
  )
  // Whatever is read between two answers lies between their counts.
  const before = read()
  await pause(2 * counterPeriod + 2_000)
  const ours = new Map<string, PodDetail>()
  for (const podUid of new Set(before.map((each) => each.podUid))) {
    const { namespace, name } = names.get(podUid) ?? { namespace: '', name: '' }
    const detail = await pod(namespace, name)
    if (detail) ours.set(podUid, detail)
  }
  const after = read()
  let compared = 0
  for (const { podUid, container, kind, ...earliest } of before) {
    const latest = after.find((each) => each.podUid === podUid && each.container === container && each.kind === kind)
    const detail = ours.get(podUid)
    if (!latest || !detail) continue
    const counters = detail.containers
      .find(({ name }) => name === container)
      ?.probes.find((each) => each.kind === kind)?.counters
    const what = `${detail.row.namespace}/${detail.row.name} ${container} ${kind}`
    assert.ok(counters, what)
    assert.ok(Date.now() - counters.at < 2 * counterPeriod + 5_000, `${what} is too old`)
    for (const result of ['successful', 'failed', 'unknown'] as const) {
      const found = counters[result]
      assert.ok(
        found >= earliest[result] && found <= latest[result],
        `${what} ${result}: ${found}, kubelet ${earliest[result]} to ${latest[result]}`,
      )
    }
    compared += 1
  }
  assert.ok(compared > 15, `${compared} probes compared`)
})

interface Metadata {
  readonly namespace: string
  readonly name: string
  readonly uid: string
}

test('READY, STATUS and RESTARTS of all of them are what the API server prints for kubectl', async () => {
  const rows = new Set<string>()
  for (let round = 0; round < 20; round += 1) {
    const { pods, rows: printed, disagreements } = await askPodStatusOracle(adminAccess())
    assert.ok(pods > 60)
    assert.deepEqual(disagreements, [])
    for (const row of printed) rows.add(row)
    await pause(500)
  }
  assert.ok(rows.size > 25, [...rows].join('\n'))
})

test('the page of each pod states the cause that its annotation expect-cause names', async () => {
  const end = began + watchFor
  for (;;) {
    const { pods, missing } = await statedCauses((name) => pod('health', name))
    assert.ok(pods > 50)
    if (missing.length === 0) return console.log(`${pods} pods state their causes`)
    if (performance.now() > end) assert.deepEqual(missing, [])
    await pause(2_000)
  }
})

test('over six steps of back-off the next restart comes when the countdown says, to within 2 s', async (t) => {
  const left = () => steps.filter((step) => !watch.ended.some(({ backOffMs }) => backOffMs === step))
  while (left().length > 0 && performance.now() < began + watchFor) await pause(1_000)
  assert.deepEqual(left(), [], 'steps that were not seen')
  const seconds = (ms: number) => (ms / 1_000).toFixed(1)
  for (const step of steps) {
    const ended = watch.ended.filter(({ backOffMs }) => backOffMs === step)
    const late = ended.map(({ startedAt, last }) => seconds((startedAt ?? 0) - last.at))
    const wide = ended.map(({ last }) => seconds(last.until - last.at))
    t.diagnostic(
      `${step / 1_000} s: started ${late.join(', ')} s after the countdown’s end; windows of ${wide.join(', ')} s`,
    )
  }
  const wrong = watch.ended.filter(({ startedAt, first, last }) =>
    [first, last].some(({ at, until }) => (startedAt ?? 0) < at - allowed || (startedAt ?? 0) > until + allowed),
  )
  assert.deepEqual(wrong, [])
})
