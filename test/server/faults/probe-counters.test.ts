import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import { KubeConfig } from '@kubernetes/client-node'
import { type DemoApiServer, startDemoApiServer } from '../../../demo/api-server.ts'
import type { ProbeCounterStore } from '../../../domain/state/probe-counter-store.ts'
import { connect } from '../../../server/cluster/connection.ts'
import { ProbeCounterCollector } from '../../../server/cluster/probe-counter-collector.ts'
import { pause } from '../../support/pause.ts'
import { rawNode, rawPod } from '../../support/raw-pod.ts'
import { until, WatchedCluster } from '../../support/watched-cluster.ts'

const rest = 'proxy/metrics/probes'
const reader = { name: 'reader', token: 'reader-token', rules: [{ resources: ['*'] }] }
const probed = { containers: [{ name: 'app', image: 'app:1', livenessProbe: { tcpSocket: { port: 80 } } }] }

let server: DemoApiServer
let cluster: WatchedCluster
let store: ProbeCounterStore
let collector: ProbeCounterCollector
let touched: Set<string>

function sample(uid: string, result: string, value: number): string {
  const labels = `container="app",namespace="default",pod="p",pod_uid="${uid}",probe_type="Liveness",result="${result}"`
  return `prober_probe_total{${labels}} ${value}\n`
}

/** Requests to a node's kubelet so far. */
function asked(name: string): number {
  return server.requests.entries.filter((each) => each.path === `/api/v1/nodes/${name}/${rest}`).length
}

function uidOf(name: string): string {
  return String(server.get('pods', 'default', name)?.metadata.uid)
}

beforeEach(async () => {
  server = await startDemoApiServer({ world: 'empty', users: [reader] })
  for (const name of ['node-1', 'node-2', 'node-3']) server.create('nodes', rawNode(name, 'a'))
  server.create('nodes', rawNode('node-lost', 'a', false))
  for (const name of ['node-1', 'node-2', 'node-lost'])
    server.create('pods', rawPod(`on-${name}`, { spec: { ...probed, nodeName: name } }))
  server.create('pods', rawPod('unprobed', { spec: { nodeName: 'node-3' } }))
  let failed = 0
  server.setProbeMetrics((node) => {
    failed += 1
    const uid = uidOf(`on-${node}`)
    return sample(uid, 'successful', 10) + sample(uid, 'failed', failed)
  })
  cluster = new WatchedCluster(server, { user: 'reader' })
  store = cluster.state.probeCounters
  touched = new Set()
  const config = new KubeConfig()
  config.loadFromString(server.kubeconfig('reader'))
  collector = new ProbeCounterCollector({
    connection: connect(config, 'plumbline-test'),
    budget: cluster.watcher.budget,
    state: cluster.state,
    period: 300,
    now: Date.now,
    random: () => 0,
    answerWithin: 400,
    largestAnswer: 50_000,
    firstPermissionCheck: 300,
    onRead: (pods) => {
      for (const uid of pods) touched.add(uid)
    },
    onStatus: () => {},
  })
  await cluster.start()
})

afterEach(async () => {
  await collector.stop()
  await cluster.stop()
  await server.stop()
})

test('nodes with probed pods are read in turn, again and again; others are never asked', async () => {
  assert.match(collector.status.message, /^No node is known/)
  collector.start()
  const [first, second] = [uidOf('on-node-1'), uidOf('on-node-2')]
  await until(() => store.lastPeriod(first, 'app', 'liveness') !== null, 'a period of node-1')
  await until(() => store.lastPeriod(second, 'app', 'liveness') !== null, 'a period of node-2')
  assert.ok((store.lastPeriod(first, 'app', 'liveness')?.failed ?? 0) > 0)
  assert.deepEqual(touched, new Set([first, second]))
  const { state, message, nodes, failingNodes, lastAt } = collector.status
  assert.deepEqual([state, message, nodes, failingNodes], ['on', '', 2, 0])
  assert.ok(lastAt !== null && Date.now() - lastAt < 5_000)
  assert.equal(asked('node-3') + asked('node-lost'), 0)
  const counts = cluster.watcher.budget.counts().filter(({ kind }) => kind === 'ProbeCounters')
  assert.deepEqual(counts.map(({ verb, reason }) => `${verb} ${reason}`).sort(), ['get resume', 'get start'])
  assert.equal(
    counts.reduce((sum, { count }) => sum + count, 0),
    asked('node-1') + asked('node-2'),
  )
})

test('requests begin at most ten times a second, and each node is asked once a period', async () => {
  for (let index = 0; index < 30; index += 1) {
    server.create('nodes', rawNode(`more-${index}`, 'a'))
    server.create('pods', rawPod(`on-more-${index}`, { spec: { ...probed, nodeName: `more-${index}` } }))
  }
  await cluster.converge()
  collector.start()
  await pause(1_000)
  const all = server.requests.entries.filter(({ path }) => path.endsWith(rest))
  assert.ok(all.length >= 3 && all.length <= 12, `${all.length} requests in a second`)
  assert.equal(new Set(all.slice(0, 8).map(({ path }) => path)).size, Math.min(8, all.length), 'in turn')
})

test('without the permission one request finds that out; when it is granted, it goes on', async () => {
  const user = server.users.find('reader')
  assert.ok(user)
  user.rules = [{ resources: ['pods', 'nodes', 'namespaces', 'events', 'services', 'endpointslices'] }]
  collector.start()
  await until(() => collector.status.state === 'forbidden', 'the refusal')
  assert.match(
    collector.status.message,
    /permission to get nodes\/proxy \(nodes "node-\d" is forbidden: User "reader" cannot get resource "nodes\/proxy"/,
  )
  const before = asked('node-1') + asked('node-2')
  await pause(150)
  assert.equal(asked('node-1') + asked('node-2'), before, 'it waits')
  user.rules = [{ resources: ['*'] }]
  await until(() => collector.status.nodes === 2, 'both nodes')
  assert.equal(collector.status.state, 'on')
})

test('a node that fails backs off alone, and comes back', async () => {
  const heal = server.faults.refuse({ name: 'node-1', rest }, 503, {
    message: 'error trying to reach service: dial tcp 10.0.0.1:10250: connect: connection refused',
    times: 1_000,
  })
  collector.start()
  await until(() => asked('node-2') >= 5, 'node-2 again and again')
  assert.ok(asked('node-1') < asked('node-2'))
  const { state, message, nodes, failingNodes } = collector.status
  assert.deepEqual([state, nodes, failingNodes], ['on', 1, 1])
  assert.match(message, /^1 of \d nodes can’t be read, node-1 for one: error trying to reach service/)
  heal()
  await until(() => collector.status.failingNodes === 0, 'node-1 again')
  assert.ok(store.counters(uidOf('on-node-1'), 'app', 'liveness'))
})

test('a slow node costs its own reading and holds up nobody', async () => {
  server.faults.stall({ name: 'node-1', rest })
  collector.start()
  await until(() => collector.status.failingNodes === 1 && collector.status.nodes === 1, 'the time-out')
  assert.match(collector.status.message, /node-1 for one: no answer within 0\.4 s/)
  assert.ok(store.counters(uidOf('on-node-2'), 'app', 'liveness'))
})

test('what can’t be read is counted, and every line that can be is taken', async () => {
  server.setProbeMetrics((node) => `<html>\nprober_probe_total{ 7\n${sample(uidOf(`on-${node}`), 'failed', 3)}\u0000`)
  collector.start()
  await until(() => collector.status.nodes === 2, 'both nodes')
  assert.equal(store.counters(uidOf('on-node-1'), 'app', 'liveness')?.failed, 3)
  const { state, message, malformedLines } = collector.status
  assert.equal(state, 'on')
  assert.ok(malformedLines >= 6)
  assert.match(message, /^\d+ lines of answers could not be read since the start$/)
})

test('an answer that is too large is given up', async () => {
  server.setProbeMetrics(() => '#'.repeat(60_000))
  collector.start()
  await until(() => collector.status.state === 'failing', 'the failure')
  assert.match(collector.status.message, /an answer of more than 50000 bytes/)
})

test('a kubelet that refuses the API server is a fault of that node, not a missing permission', async () => {
  server.faults.answer(
    { rest },
    403,
    'Forbidden (user=kube-apiserver, verb=get, resource=nodes, subresource=metrics)',
    50,
  )
  collector.start()
  await until(() => collector.status.state === 'failing', 'the failure')
  assert.match(collector.status.message, /HTTP 403/)
})

test('an outage of the API server is over for the counters as soon as it is over', async () => {
  collector.start()
  await until(() => collector.status.nodes === 2, 'both nodes')
  await server.faults.down()
  await until(() => collector.status.state === 'failing', 'the outage')
  await pause(1_500)
  await server.faults.recover()
  await until(() => collector.status.nodes === 2, 'both nodes again', 5_000)
})

test('the counters go with their node', async () => {
  collector.start()
  const uid = uidOf('on-node-1')
  await until(() => store.counters(uid, 'app', 'liveness') !== null, 'the counters')
  server.delete('nodes', { metadata: { name: 'node-1' } })
  await until(() => store.counters(uid, 'app', 'liveness') === null, 'their end')
})
