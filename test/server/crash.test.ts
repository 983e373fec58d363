import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { startDemoApiServer } from '../../demo/api-server.ts'
import { pause } from '../support/pause.ts'
import { PlumblineProcess } from '../support/plumbline-process.ts'
import { rawNode, rawPod } from '../support/raw-pod.ts'

/** Batches are written at most every 500 ms; the rest is the way from the API server to the recorder. */
const mayBeLost = 500 + 250

test('kill -9 in mid-storm loses at most 500 ms of history, and the next start is clean', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-crash-'))
  const database = join(folder, 'history.db')
  const kubeconfig = join(folder, 'kubeconfig')
  const server = await startDemoApiServer({ world: 'empty' })
  server.create('nodes', rawNode('node-1', 'a'))
  const pods = Array.from({ length: 50 }, (_, index) => server.create('pods', rawPod(`pod-${index}`)))
  const metadata = pods.map((pod) => pod.metadata as { name: string; uid: string })
  writeFileSync(kubeconfig, server.kubeconfig())
  const parameters = ['--kubeconfig', kubeconfig]
  const restarts: { uid: string; attempt: number; at: number }[] = []
  const counts = new Map<string, number>()
  function restart(index: number): void {
    const { name, uid } = metadata[index % metadata.length] ?? { name: '', uid: '' }
    const attempt = (counts.get(uid) ?? 0) + 1
    counts.set(uid, attempt)
    const at = Date.now()
    const run = (each: number) => `containerd://${name}-${each}`
    server.patchStatus('pods', 'default', name, {
      containerStatuses: [
        {
          name: 'app',
          ready: true,
          started: true,
          restartCount: attempt,
          containerID: run(attempt),
          state: { running: { startedAt: new Date(at).toISOString() } },
          lastState: {
            terminated: {
              exitCode: 1,
              reason: 'Error',
              finishedAt: new Date(at).toISOString(),
              containerID: run(attempt - 1),
            },
          },
        },
      ],
    })
    restarts.push({ uid, attempt, at })
  }
  try {
    const first = await (await PlumblineProcess.start(parameters, { database })).ready()
    await pause(1_000)
    const storm = setInterval(() => {
      for (let each = 0; each < 4; each += 1) restart(Math.floor(Math.random() * pods.length))
    }, 10)
    await pause(3_000)
    const killedAt = Date.now()
    await first.stop('SIGKILL')
    clearInterval(storm)

    const second = await (await PlumblineProcess.start(parameters, { database })).ready()
    await pause(2_000)
    assert.doesNotMatch(second.output, /corrupt|damaged|without history/i)
    const lost: string[] = []
    for (const uid of counts.keys()) {
      const history = (await second.json(`/api/v1/history/pods/${uid}`)) as {
        runs: { attempt: number; finishedAt: number | null }[]
      }
      const kept = history.runs.map(({ attempt }) => attempt)
      assert.equal(new Set(kept).size, kept.length, 'no run twice')
      assert.equal(history.runs.filter(({ finishedAt }) => finishedAt === null).length, 1, 'one run goes on')
      for (const { attempt, at } of restarts.filter((each) => each.uid === uid)) {
        if (at < killedAt - mayBeLost && !kept.includes(attempt))
          lost.push(`${uid} ${attempt}: ${killedAt - at} ms before`)
      }
    }
    assert.deepEqual(lost, [])
    assert.ok(restarts.length > 500)
    assert.equal(await second.stop(), 0)
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
})
