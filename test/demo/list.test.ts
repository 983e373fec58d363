import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type DemoApiServer, startDemoApiServer } from '../../demo/api-server.ts'
import { getJson } from './stream.ts'

let server: DemoApiServer
const pod = (namespace: string, name: string, labels: Record<string, string> = {}) => ({
  kind: 'Pod',
  apiVersion: 'v1',
  metadata: { namespace, name, labels },
  spec: { nodeName: `node-${name}` },
  status: {},
})
before(async () => {
  server = await startDemoApiServer({ world: 'empty', resourceVersion: 1000 })
  for (const name of ['d', 'a', 'c', 'b', 'e'])
    server.create('pods', pod('shop', name, { app: name < 'c' ? 'web' : 'db' }))
  server.create('pods', pod('data', 'z'))
  server.create('nodes', { metadata: { name: 'node-1' } })
})
after(() => server.stop())

const names = (body: { items: { metadata: { name: string } }[] }) => body.items.map((item) => item.metadata.name)

test('a list is in the order of its keys, its items without kind and apiVersion', async () => {
  const { status, body } = await getJson(`${server.url}/api/v1/pods`)
  assert.equal(status, 200)
  assert.deepEqual([body.kind, body.apiVersion], ['PodList', 'v1'])
  assert.deepEqual(names(body), ['z', 'a', 'b', 'c', 'd', 'e'])
  assert.equal(body.items[0].kind, undefined)
  assert.match(body.items[0].metadata.uid, /^[0-9a-f-]{36}$/)
  assert.equal(body.metadata.resourceVersion, server.resourceVersion)
})

test('pages are of one revision even while objects change', async () => {
  const first = await getJson(`${server.url}/api/v1/namespaces/shop/pods?limit=2`)
  assert.deepEqual(names(first.body), ['a', 'b'])
  assert.equal(first.body.metadata.remainingItemCount, 3)
  server.create('pods', pod('shop', 'bb'))
  server.delete('pods', pod('shop', 'd'))
  const token = first.body.metadata.continue
  const second = await getJson(`${server.url}/api/v1/namespaces/shop/pods?limit=2&continue=${token}`)
  assert.deepEqual(names(second.body), ['c', 'd'])
  assert.equal(second.body.metadata.resourceVersion, first.body.metadata.resourceVersion)
  const last = await getJson(
    `${server.url}/api/v1/namespaces/shop/pods?limit=2&continue=${second.body.metadata.continue}`,
  )
  assert.deepEqual(names(last.body), ['e'])
  assert.equal(last.body.metadata.continue, undefined)
  server.delete('pods', pod('shop', 'bb'))
  server.create('pods', pod('shop', 'd'))
})

test('a page after compaction is refused with 410 and a token that goes on inconsistently', async () => {
  const first = await getJson(`${server.url}/api/v1/namespaces/shop/pods?limit=2`)
  server.patchStatus('pods', 'shop', 'a', { phase: 'Running' })
  server.compact()
  const token = first.body.metadata.continue
  const refused = await getJson(`${server.url}/api/v1/namespaces/shop/pods?limit=2&continue=${token}`)
  assert.equal(refused.status, 410)
  assert.equal(refused.body.reason, 'Expired')
  const next = refused.body.metadata.continue
  const rest = await getJson(`${server.url}/api/v1/namespaces/shop/pods?continue=${next}`)
  assert.deepEqual(names(rest.body), ['c', 'd', 'e'])
  assert.equal(rest.body.metadata.resourceVersion, server.resourceVersion)
})

test('resourceVersion: 0 ignores the limit, a future one is too large, an old exact one is gone', async () => {
  const cached = await getJson(`${server.url}/api/v1/pods?resourceVersion=0&limit=2`)
  assert.equal(cached.body.items.length, 6)
  const future = await getJson(`${server.url}/api/v1/pods?resourceVersion=999999`)
  assert.equal(future.status, 504)
  assert.equal(future.body.details.causes[0].reason, 'ResourceVersionTooLarge')
  assert.equal(future.headers.get('retry-after'), '1')
  const old = await getJson(`${server.url}/api/v1/pods?resourceVersion=1001&resourceVersionMatch=Exact`)
  assert.equal(old.status, 410)
  server.compact()
  const before = server.resourceVersion
  server.delete('pods', pod('shop', 'e'))
  server.create('pods', pod('shop', 'f'))
  const exact = await getJson(`${server.url}/api/v1/pods?resourceVersion=${before}&resourceVersionMatch=Exact`)
  assert.deepEqual(names(exact.body), ['z', 'a', 'b', 'c', 'd', 'e'])
  server.delete('pods', pod('shop', 'f'))
  server.create('pods', pod('shop', 'e', { app: 'db' }))
  const notOlder = await getJson(`${server.url}/api/v1/pods?resourceVersion=1001`)
  assert.equal(notOlder.status, 200)
  for (const query of ['resourceVersionMatch=Exact', 'resourceVersion=0&resourceVersionMatch=Exact']) {
    assert.equal((await getJson(`${server.url}/api/v1/pods?${query}`)).status, 422, query)
  }
  for (const query of ['resourceVersion=abc', 'limit=x', 'continue=zzz', 'labelSelector=a in (', 'fieldSelector=x']) {
    assert.equal((await getJson(`${server.url}/api/v1/pods?${query}`)).status, 400, query)
  }
})

test('selectors choose by labels and fields and leave out remainingItemCount', async () => {
  const list = async (query: string) => names((await getJson(`${server.url}/api/v1/pods?${query}`)).body)
  assert.deepEqual(await list('labelSelector=app%3Dweb'), ['a', 'b'])
  assert.deepEqual(await list('labelSelector=app+in+(web,db),app!%3Dweb'), ['c', 'e'])
  assert.deepEqual(await list('labelSelector=!app'), ['z', 'd'])
  assert.deepEqual(await list('fieldSelector=metadata.name%3De'), ['e'])
  assert.deepEqual(await list('fieldSelector=spec.nodeName%3Dnode-c,metadata.namespace%3Dshop'), ['c'])
  const { body } = await getJson(`${server.url}/api/v1/pods?labelSelector=app&limit=1`)
  assert.equal(body.metadata.remainingItemCount, undefined)
  assert.notEqual(body.metadata.continue, undefined)
})

test('single objects and what is not there', async () => {
  const one = await getJson(`${server.url}/api/v1/namespaces/shop/pods/a`)
  assert.deepEqual([one.body.kind, one.body.apiVersion, one.body.metadata.name], ['Pod', 'v1', 'a'])
  assert.equal((await getJson(`${server.url}/api/v1/nodes/node-1`)).body.kind, 'Node')
  const none = await getJson(`${server.url}/api/v1/namespaces/shop/pods/nope`)
  assert.equal(none.status, 404)
  assert.equal(none.body.message, 'pods "nope" not found')
  assert.equal((await fetch(`${server.url}/apis/foo/v1/bars`)).status, 404)
  const unknown = await getJson(`${server.url}/api/v1/secrets`)
  assert.equal(unknown.body.message, 'the server could not find the requested resource')
  assert.equal((await fetch(`${server.url}/api/v1/pods`, { method: 'POST', body: '{}' })).status, 405)
})

test('discovery tells what is served', async () => {
  assert.equal((await getJson(`${server.url}/version`)).body.minor, '34')
  assert.equal(await (await fetch(`${server.url}/readyz`)).text(), 'ok')
  assert.deepEqual((await getJson(`${server.url}/api`)).body.versions, ['v1'])
  const groups = (await getJson(`${server.url}/apis`)).body.groups.map((group: { name: string }) => group.name)
  assert.deepEqual(groups.sort(), ['apps', 'batch', 'discovery.k8s.io', 'events.k8s.io', 'policy'])
  const { body } = await getJson(`${server.url}/apis/apps/v1`)
  assert.ok(
    body.resources.some(
      (each: { name: string; namespaced: boolean }) => each.name === 'deployments' && each.namespaced,
    ),
  )
})

test('an older cluster serves beta versions of the same objects', async () => {
  const old = await startDemoApiServer({
    world: 'empty',
    gitVersion: 'v1.20.2',
    features: { endpointSliceV1: false, eventsV1: false, cronJobV1: false, watchList: false },
  })
  try {
    old.create('endpointslices', {
      metadata: { namespace: 'shop', name: 's' },
      addressType: 'IPv4',
      endpoints: [{ addresses: ['10.0.0.1'], conditions: { ready: true }, nodeName: 'n1', zone: 'a' }],
    })
    assert.equal((await fetch(`${old.url}/apis/discovery.k8s.io/v1/endpointslices`)).status, 404)
    assert.equal((await fetch(`${old.url}/apis/events.k8s.io/v1`)).status, 404)
    const { body } = await getJson(`${old.url}/apis/discovery.k8s.io/v1beta1/endpointslices`)
    assert.deepEqual(body.items[0].endpoints[0].topology, {
      'kubernetes.io/hostname': 'n1',
      'topology.kubernetes.io/zone': 'a',
    })
    assert.equal((await getJson(`${old.url}/apis/batch/v1beta1/cronjobs`)).body.kind, 'CronJobList')
  } finally {
    await old.stop()
  }
})

test('events.k8s.io serves the events of core/v1 under its own field names', async () => {
  server.create('events', {
    metadata: { namespace: 'shop', name: 'a.1' },
    involvedObject: { kind: 'Pod', name: 'a', namespace: 'shop' },
    message: 'Back-off',
    count: 3,
    source: { component: 'kubelet', host: 'n1' },
    type: 'Warning',
    reason: 'BackOff',
  })
  const [event] = (await getJson(`${server.url}/apis/events.k8s.io/v1/events`)).body.items
  assert.deepEqual([event.note, event.regarding.name, event.deprecatedCount], ['Back-off', 'a', 3])
  assert.equal((await getJson(`${server.url}/api/v1/events`)).body.items[0].message, 'Back-off')
})

test('long lists are compressed for those who accept it', async () => {
  for (let index = 0; index < 300; index += 1) {
    server.create('services', { metadata: { namespace: 'shop', name: `s${index}` }, spec: { note: 'x'.repeat(1000) } })
  }
  const packed = await getJson(`${server.url}/api/v1/services`)
  assert.equal(packed.headers.get('content-encoding'), 'gzip')
  assert.equal(packed.body.items.length, 300)
  const plain = await getJson(`${server.url}/api/v1/services`, { headers: { 'accept-encoding': 'identity' } })
  assert.equal(plain.headers.get('content-encoding'), null)
  assert.equal(plain.body.items.length, 300)
})

test('users: 401 without a token, 403 in the words of RBAC', async () => {
  const guarded = await startDemoApiServer({
    world: 'empty',
    users: [
      { name: 'viewer', token: 'viewer-token', rules: [{ resources: ['pods'] }] },
      { name: 'team', token: 'team-token', rules: [{ resources: ['*'], namespaces: ['shop'] }] },
    ],
  })
  const as = (token: string, path: string) =>
    getJson(guarded.url + path, { headers: { authorization: `Bearer ${token}` } })
  try {
    const anonymous = await getJson(`${guarded.url}/api/v1/pods`)
    assert.deepEqual([anonymous.status, anonymous.body.message], [401, 'Unauthorized'])
    assert.equal((await as('viewer-token', '/api/v1/pods')).status, 200)
    const nodes = await as('viewer-token', '/api/v1/nodes')
    assert.equal(nodes.status, 403)
    assert.equal(
      nodes.body.message,
      'nodes is forbidden: User "viewer" cannot list resource "nodes" in API group "" at the cluster scope',
    )
    const deployments = await as('viewer-token', '/apis/apps/v1/namespaces/shop/deployments')
    assert.equal(
      deployments.body.message,
      'deployments.apps is forbidden: User "viewer" cannot list resource "deployments" in API group "apps" in the namespace "shop"',
    )
    assert.equal((await as('team-token', '/api/v1/namespaces/shop/pods')).status, 200)
    assert.equal((await as('team-token', '/api/v1/pods')).status, 403)
    assert.equal((await as('team-token', '/version')).status, 200)
    const viewer = guarded.users.find('viewer')
    assert.ok(viewer)
    viewer.token = 'rotated'
    assert.equal((await as('viewer-token', '/api/v1/pods')).status, 401)
    assert.equal((await as('rotated', '/api/v1/pods')).status, 200)
    assert.match(guarded.kubeconfig('viewer'), /token: "rotated"/)
  } finally {
    await guarded.stop()
  }
})

test('the log tells who asked what', async () => {
  server.requests.clear()
  await getJson(`${server.url}/api/v1/pods?limit=2`)
  const [entry] = server.requests.find({ verb: 'list', plural: 'pods' })
  assert.deepEqual([entry?.parameters.limit, entry?.status], ['2', 200])
  assert.equal(server.requests.count({ verb: 'list', plural: 'pods', page: 'first' }), 1)
  assert.equal(server.requests.count({ verb: 'watch' }), 0)
})
