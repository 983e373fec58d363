import assert from 'node:assert/strict'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { PodDetail } from '../../domain/live/protocol.ts'
import { kubectl } from '../support/kubectl.ts'
import { pause } from '../support/pause.ts'
import { PlumblineProcess } from '../support/plumbline-process.ts'
import { kubeconfigFile, startRealCluster } from '../support/real-cluster.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
/** The kubelet's ladder, seconds. All of it takes twelve minutes. */
const ladder = [10, 20, 40, 80, 160, 300].slice(0, Number(process.env.PLUMBLINE_BACK_OFF_STEPS ?? 6))
/** How far a real restart may lie outside of what the page said at any time before, ms. */
const allowed = 2_000
const namespace = `back-off-${process.pid}`

let plumbline: PlumblineProcess

before(async () => {
  startRealCluster(root)
  kubectl('create', 'namespace', namespace)
  const crash = ['--command', '--', 'sh', '-c', 'sleep 2; exit 3']
  kubectl('run', 'crasher', '-n', namespace, '--image=docker.io/library/busybox:1', ...crash)
  plumbline = await (await PlumblineProcess.start(['--kubeconfig', kubeconfigFile()])).ready()
})

after(async () => {
  await plumbline?.stop()
  kubectl('delete', 'namespace', namespace, '--wait=false')
})

interface Told {
  readonly waitMs: number
  readonly from: number
  readonly to: number
  readonly restarts: number
}

async function crasher(): Promise<PodDetail['containers'][number] | null> {
  const response = await fetch(`${plumbline.url}/api/v1/pods/${namespace}/crasher`)
  if (!response.ok) return null
  return ((await response.json()) as { pod: PodDetail }).pod.containers[0] ?? null
}

test(`the next attempt comes when the page says, over ${ladder.length} steps of the kubelet's back-off`, async () => {
  const waits: number[] = []
  let told: Told[] = []
  while (waits.length < ladder.length) {
    await pause(500)
    const container = await crasher()
    const before = told[0]
    if (before && container && container.restartCount > before.restarts) {
      const startedAt = container.runs.findLast(({ startedAt }) => startedAt !== null)?.startedAt ?? 0
      for (const { from, to } of told) {
        assert.ok(startedAt >= from - allowed, `started ${from - startedAt} ms before the earliest instant`)
        assert.ok(startedAt <= to + allowed, `started ${startedAt - to} ms after the latest instant`)
      }
      const late = startedAt - Math.min(...told.map(({ from }) => from))
      console.log(`back-off ${before.waitMs / 1_000} s: started ${late / 1_000} s after its end`)
      waits.push(before.waitMs / 1_000)
      told = []
    }
    const loop = container?.loop
    if (!container || !loop || loop.backOffMs === null) continue
    assert.ok(loop.nextAttemptAt !== null && loop.nextAttemptUntil !== null)
    told.push({
      waitMs: loop.backOffMs,
      from: loop.nextAttemptAt,
      to: loop.nextAttemptUntil,
      restarts: container.restartCount,
    })
  }
  assert.deepEqual(waits, ladder)
})
