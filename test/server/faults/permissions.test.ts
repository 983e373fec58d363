import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startDemoApiServer } from '../../../demo/api-server.ts'
import { rawNode, rawPod } from '../../support/raw-pod.ts'
import { until, WatchedCluster } from '../../support/watched-cluster.ts'

const readPods = { name: 'viewer', token: 'viewer-token', rules: [{ resources: ['pods', 'namespaces', 'events'] }] }
const nobody = { name: 'nobody', token: 'nobody-token', rules: [] }

test('what the credentials may not read degrades that part alone', async () => {
  const server = await startDemoApiServer({ world: 'empty', users: [readPods] })
  server.create('nodes', rawNode('node-1', 'a'))
  server.create('pods', rawPod('web'))
  const cluster = new WatchedCluster(server, { user: 'viewer' })
  try {
    await cluster.start()
    await until(() => cluster.analysis.rows.size === 1, 'the pod')
    const [row] = cluster.analysis.rows.values()
    assert.equal(row?.node, 'node-1')
    assert.equal(row?.zone, null)
    assert.equal(cluster.look(), 'live')
    const nodes = cluster.watcher.kinds.find(({ kind }) => kind === 'Node')
    assert.equal(nodes?.state, 'forbidden')
    assert.match(nodes?.message ?? '', /nodes is forbidden: User "viewer" cannot (?:list|watch) resource "nodes"/)
    assert.ok(cluster.watcher.missingPermissions.some(({ resource }) => resource === 'nodes'))
    assert.ok(!cluster.watcher.missingPermissions.some(({ resource }) => resource === 'pods'))
  } finally {
    await cluster.stop()
    await server.stop()
  }
})

test('credentials that may read nothing give one state that says so, with all that is missing', async () => {
  const server = await startDemoApiServer({ world: 'empty', users: [nobody] })
  const cluster = new WatchedCluster(server, { user: 'nobody' })
  try {
    cluster.watcher.start()
    await until(() => cluster.look() === 'forbidden', 'the state forbidden')
    await until(() => cluster.watcher.missingPermissions.length === 13, 'all missing permissions')
  } finally {
    await cluster.stop()
    await server.stop()
  }
})

test('a wrong token is a fault that is tried again, and a rotated one is taken up', async () => {
  const server = await startDemoApiServer({ world: 'empty', users: [{ ...readPods, rules: [{ resources: ['*'] }] }] })
  const user = server.users.find('viewer')
  assert.ok(user)
  const cluster = new WatchedCluster(server, { user: 'viewer' })
  try {
    await cluster.start()
    user.token = 'rotated'
    server.faults.closeWatches()
    await until(() => cluster.watcher.kinds.some(({ state }) => state === 'retrying'), 'the refusal')
    user.token = 'viewer-token'
    server.create('pods', rawPod('after-rotation'))
    await cluster.converge()
  } finally {
    await cluster.stop()
    await server.stop()
  }
})

test('a server that refuses for a moment after its start costs nothing of what is shown', async () => {
  const server = await startDemoApiServer({ world: 'empty', users: [{ ...readPods, rules: [{ resources: ['*'] }] }] })
  const user = server.users.find('viewer')
  assert.ok(user)
  server.create('pods', rawPod('kept'))
  const cluster = new WatchedCluster(server, { user: 'viewer' })
  try {
    await cluster.start()
    user.rules = []
    server.faults.closeWatches()
    await until(
      () => cluster.watcher.kinds.some(({ kind, state }) => kind === 'Pod' && state === 'retrying'),
      'the refusal',
    )
    assert.equal(cluster.state.size('Pod'), 1)
    user.rules = [{ resources: ['*'] }]
    server.create('pods', rawPod('later'))
    await cluster.converge()
  } finally {
    await cluster.stop()
    await server.stop()
  }
})
