import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startDemoApiServer } from '../../demo/api-server.ts'
import type { Pod } from '../../demo/cluster/pod-types.ts'
import { getJson, openWatch } from './stream.ts'

test('a watcher is told every change, at the rate asked for, with the time of the change', async () => {
  const server = await startDemoApiServer({ world: { nodes: 100, pods: 3000, churnPerSecond: 400 } })
  try {
    const list = await getJson(`${server.url}/api/v1/pods`)
    assert.equal(list.body.items.length, 3000)
    const known = new Map<string, string>()
    for (const pod of list.body.items) known.set(pod.metadata.uid, pod.metadata.resourceVersion)
    const watch = await openWatch(
      `${server.url}/api/v1/pods?watch=1&resourceVersion=${list.body.metadata.resourceVersion}`,
    )
    server.load?.resetAchieved()
    await new Promise((resolve) => setTimeout(resolve, 1500))
    const achieved = server.load?.achieved.perSecond ?? 0
    server.load?.stop()
    assert.ok(achieved > 300 && achieved < 440, `${achieved} changes a second`)
    const truth = server.versions('pods')
    const last = String(Math.max(...[...truth.values()].map(Number)))
    const types = new Set<string>()
    const delays: number[] = []
    for (;;) {
      const event = await watch.next()
      if (!event) assert.fail('the watch ended')
      types.add(event.type)
      const { metadata } = event.object
      delays.push(Math.abs(Date.now() - Number(metadata.annotations['plumbline.dev/changed-at'])))
      if (event.type === 'DELETED') known.delete(metadata.uid)
      else known.set(metadata.uid, metadata.resourceVersion)
      if (metadata.resourceVersion === last) break
    }
    assert.ok(delays.every((delay) => delay < 20_000))
    assert.deepEqual([...types].sort(), ['ADDED', 'DELETED', 'MODIFIED'])
    assert.equal(known.size, truth.size)
    for (const [uid, version] of truth) assert.equal(known.get(uid), version)
    watch.close()
  } finally {
    await server.stop()
  }
})

test('pods are whole objects of a realistic size that differ as real ones do', async () => {
  const server = await startDemoApiServer({ world: { nodes: 30, pods: 1500, churnPerSecond: 0 } })
  try {
    const { body } = await getJson(`${server.url}/api/v1/pods`)
    const items = body.items as readonly Pod[]
    const sizes = items.map((pod) => JSON.stringify(pod).length)
    const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length
    assert.ok(mean > 5000 && mean < 8000, `${mean} bytes on the average`)
    assert.equal(new Set(items.map((pod) => pod.metadata.uid)).size, 1500)
    assert.equal(new Set(items.map((pod) => `${pod.metadata.namespace}/${pod.metadata.name}`)).size, 1500)
    const replicaSets = new Set(server.objects('replicasets').map((each) => each.metadata.uid))
    assert.ok(items.every((pod) => replicaSets.has(pod.metadata.ownerReferences?.[0]?.uid)))
    const nodes = new Set(server.objects('nodes').map((each) => each.metadata.name))
    assert.ok(items.every((pod) => pod.spec.nodeName === undefined || nodes.has(pod.spec.nodeName)))
    const ready = items.filter((pod) =>
      pod.status.conditions?.some((each) => each.type === 'Ready' && each.status === 'True'),
    )
    assert.ok(ready.length > 1450 && ready.length < 1500)
    assert.ok(!JSON.stringify(items).includes('⟦'))
    for (const plural of ['nodes', 'deployments', 'replicasets', 'namespaces']) {
      assert.ok(!JSON.stringify(server.objects(plural)).includes('⟦'), plural)
    }
  } finally {
    await server.stop()
  }
})

test('5,000 nodes and 150,000 pods start in seconds and are listed page by page', async () => {
  const began = performance.now()
  const server = await startDemoApiServer({ world: { nodes: 5000, pods: 150_000, churnPerSecond: 100 } })
  try {
    assert.ok(performance.now() - began < 10_000)
    assert.equal(server.versions('pods').size, 150_000)
    assert.equal(server.versions('nodes').size, 5000)
    let continuation = ''
    const uids = new Set<string>()
    for (let page = 0; page < 4; page += 1) {
      const { body } = await getJson(`${server.url}/api/v1/pods?limit=500&continue=${continuation}`)
      for (const pod of body.items) uids.add(pod.metadata.uid)
      continuation = body.metadata.continue
      assert.equal(body.metadata.remainingItemCount, 150_000 - (page + 1) * 500)
    }
    assert.equal(uids.size, 2000)
  } finally {
    await server.stop()
  }
})
