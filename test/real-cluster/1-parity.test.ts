import assert from 'node:assert/strict'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { kubectl, kubectlPods } from '../support/kubectl.ts'
import { PlumblineProcess } from '../support/plumbline-process.ts'
import { kubeconfigFile, realCluster, realClusterProgram } from '../support/real-cluster.ts'
import { pause } from '../support/pause.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
/** How long real restarts are compared; kubelet's back-off makes several kinds of change in five minutes. */
const compareFor = Number(process.env.PLUMBLINE_PARITY_SECONDS ?? 300) * 1_000

let plumbline: PlumblineProcess

before(async () => {
  try {
    kubectl('get', '--raw', '/readyz')
  } catch {
    realCluster(root, 'up', '--nodes', '3')
  }
  kubectl('apply', '-f', join(dirname(realClusterProgram(root) ?? ''), 'workloads.yaml'))
  plumbline = await (await PlumblineProcess.start(['--kubeconfig', kubeconfigFile()])).ready()
})

after(() => plumbline?.stop())

async function plumblinePods(): Promise<Map<string, string>> {
  const { items } = await plumbline.pods()
  return new Map(items.map((pod) => [`${pod.namespace}/${pod.name}`, `${pod.status} ${pod.ready} ${pod.restarts}`]))
}

function difference(ours: ReadonlyMap<string, string>, theirs: ReadonlyMap<string, string>): string[] {
  const names = new Set([...ours.keys(), ...theirs.keys()])
  return [...names].flatMap((name) => (ours.get(name) === theirs.get(name) ? [] : `${name}: Plumbline ${ours.get(name)}, kubectl ${theirs.get(name)}`))
}

test(`within 2 s of every change /api/v1/pods equals kubectl get pods -A, for ${compareFor / 1000} s`, async () => {
  const end = performance.now() + compareFor
  const seen = new Set<string>()
  let rounds = 0
  while (performance.now() < end) {
    const theirs = kubectlPods()
    for (const [name, text] of theirs) seen.add(`${name} ${text}`)
    // What differs now must agree within two seconds, with whatever kubectl says by then.
    const since = performance.now()
    let left = difference(await plumblinePods(), theirs)
    while (left.length > 0 && performance.now() - since < 2_000) {
      await pause(50)
      left = difference(await plumblinePods(), kubectlPods())
    }
    assert.deepEqual(left, [])
    rounds += 1
    await pause(500)
  }
  console.log(`${rounds} comparisons, ${seen.size} different states of pods`)
  assert.ok(seen.size > 25)
})

test('skewed is violated with skew 4 over zones and nodes; my-distributed-app is not violated', async () => {
  const { items } = await plumbline.placement()
  const of = (name: string) => items.filter(({ workload }) => workload.name === name)
  assert.deepEqual(of('skewed').map(({ topologyKey, skew, violated }) => [topologyKey, skew, violated]).sort(), [
    ['kubernetes.io/hostname', 4, true],
    ['topology.kubernetes.io/zone', 4, true],
  ])
  assert.deepEqual(of('my-distributed-app').map(({ topologyKey, skew, violated }) => [topologyKey, skew, violated]).sort(), [
    ['kubernetes.io/hostname', 0, false],
    ['topology.kubernetes.io/zone', 0, false],
  ])
})
