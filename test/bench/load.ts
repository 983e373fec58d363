import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { startDemoApiServer } from '../../demo/api-server.ts'
import { rawPod } from '../support/raw-pod.ts'

/**
 * The load generator of the bench: a cluster of the given size, and beside it a port (the API
 * server's plus nothing: its URL's path /bench) … see `control` below.
 */
const [nodes = '10', pods = '100', kubeconfig = ''] = process.argv.slice(2)
const server = await startDemoApiServer({ world: { nodes: Number(nodes), pods: Number(pods), churnPerSecond: 0 } })
for (let index = 0; index < 20; index += 1) server.create('pods', rawPod(`latency-probe-${index}`))
writeFileSync(kubeconfig, server.kubeconfig())

let restarts = 0
/** Restarts a probe pod; its lastState ends at the very millisecond, which travels to the socket with its row. */
function probe(): void {
  restarts += 1
  const name = `latency-probe-${restarts % 20}`
  server.patchStatus('pods', 'default', name, {
    containerStatuses: [
      {
        name: 'app',
        ready: true,
        started: true,
        restartCount: restarts,
        containerID: `containerd://${name}-${restarts}`,
        state: { running: { startedAt: new Date().toISOString() } },
        lastState: { terminated: { exitCode: 1, reason: 'Error', finishedAt: new Date().toISOString() } },
      },
    ],
  })
}

let probing: NodeJS.Timeout | null = null
const control = createServer((request, response) => {
  const rate = Number(new URL(request.url ?? '/', 'http://control').searchParams.get('rate'))
  const achieved = server.load?.achieved.perSecond ?? 0
  if (server.load) server.load.churnPerSecond = rate
  if (probing) clearInterval(probing)
  probing = rate > 0 ? setInterval(probe, 37) : null
  response.end(JSON.stringify({ achieved }))
})
control.listen(Number(new URL(server.url).port) + 1, '127.0.0.1', () => console.log(server.url))
