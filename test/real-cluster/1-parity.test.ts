import assert from 'node:assert/strict'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { ApiServerGuard } from '../support/api-server-guard.ts'
import { kubectl, kubectlPods } from '../support/kubectl.ts'
import { pause } from '../support/pause.ts'
import { PlumblineProcess } from '../support/plumbline-process.ts'
import { kubeconfigFile, startRealCluster } from '../support/real-cluster.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
/** How long real restarts are compared: kubelet's back-off makes every kind of change in five minutes. */
const compareFor = Number(process.env.PLUMBLINE_PARITY_SECONDS ?? 300) * 1_000
/** What a change may take to show, ms; after the API server was down, until Plumbline has found it again. */
const allowed = 2_000
const allowedAfterOutage = 45_000

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

async function plumblinePods(): Promise<Map<string, string>> {
  const { items } = await plumbline.pods()
  return new Map(
    items.map((pod) => [`${pod.namespace}/${pod.name}`, `${pod.status.trim()} ${pod.ready} ${pod.restarts}`]),
  )
}

/** By pod, in words. */
function difference(ours: ReadonlyMap<string, string>, theirs: ReadonlyMap<string, string>): Map<string, string> {
  const different = new Map<string, string>()
  for (const name of new Set([...ours.keys(), ...theirs.keys()])) {
    if (ours.get(name) === theirs.get(name)) continue
    different.set(name, `${name}: Plumbline ${ours.get(name)}, kubectl ${theirs.get(name)}`)
  }
  return different
}

test(`within 2 s of every change /api/v1/pods equals kubectl get pods -A, for ${compareFor / 1000} s`, async () => {
  const end = performance.now() + compareFor
  const seen = new Set<string>()
  let rounds = 0
  let longest = 0
  while (performance.now() < end) {
    const theirs = kubectlPods()
    for (const [name, text] of theirs) seen.add(`${name} ${text}`)
    // Each pod that differs now must agree in time, with whatever kubectl says by then. Others that change
    // meanwhile, between the two readings, are the next round's: on a cluster that starts some always do.
    const since = performance.now()
    let left = difference(await plumblinePods(), theirs)
    while (left.size > 0) {
      const wasDown = guard.downAt > since - allowedAfterOutage
      if (performance.now() - since > (wasDown ? allowedAfterOutage : allowed)) break
      await pause(50)
      const now = difference(await plumblinePods(), kubectlPods())
      const before = left
      left = new Map([...now].filter(([name]) => before.has(name)))
      if (!wasDown) longest = Math.max(longest, performance.now() - since)
    }
    assert.deepEqual([...left.values()], [])
    rounds += 1
    await pause(500)
  }
  console.log(
    `${rounds} comparisons, ${seen.size} different states of pods, the longest difference ${Math.round(longest)} ms, ${guard.outages} outages of the API server`,
  )
  assert.ok(seen.size > 25)
})

test('skewed is violated with skew 4 over zones and nodes; my-distributed-app is not violated', async () => {
  const { items } = await plumbline.placement()
  const of = (name: string) =>
    items
      .filter(({ workload }) => workload.name === name)
      .map(({ topologyKey, skew, violated }) => [topologyKey, skew, violated])
      .sort()
  assert.deepEqual(of('skewed'), [
    ['kubernetes.io/hostname', 4, true],
    ['topology.kubernetes.io/zone', 4, true],
  ])
  assert.deepEqual(of('my-distributed-app'), [
    ['kubernetes.io/hostname', 0, false],
    ['topology.kubernetes.io/zone', 0, false],
  ])
})

test('the viewer sees pods without zones; the pages are told what is missing', async () => {
  const viewer = await (await PlumblineProcess.start(['--kubeconfig', kubeconfigFile('viewer')])).ready()
  try {
    const { items } = await viewer.pods()
    assert.ok(items.length > 20)
    assert.ok(items.some(({ node }) => node !== null))
    assert.ok(items.every(({ zone }) => zone === null))
    const readiness = (await viewer.json('/readyz')) as { forbidden: string[] }
    // In 1.20 the role `view` has no EndpointSlices either.
    assert.deepEqual(
      readiness.forbidden.filter((kind) => kind !== 'EndpointSlice'),
      ['Node'],
    )
  } finally {
    await viewer.stop()
  }
})

test('nobody gets one answer that names everything', async () => {
  const nobody = await PlumblineProcess.start(['--kubeconfig', kubeconfigFile('nobody')])
  try {
    await nobody.ready()
    const readiness = (await nobody.json('/readyz')) as { forbidden: string[] }
    assert.equal(readiness.forbidden.length, 13)
    assert.equal((await nobody.pods()).items.length, 0)
  } finally {
    await nobody.stop()
  }
})

test('what kubectl cannot see Plumbline does not have: no environment values, no last-applied configuration', async () => {
  const text = JSON.stringify(await plumbline.pods())
  assert.ok(!text.includes('last-applied'))
  assert.ok(kubectl('get', 'pod', '-n', 'shop', 'crasher', '-o', 'json').includes('last-applied'))
})
