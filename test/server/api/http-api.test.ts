import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type DemoApiServer, startDemoApiServer } from '../../../demo/api-server.ts'
import {
  initStepsResponseSchema,
  placementResponseSchema,
  podHistoryResponseSchema,
  podsResponseSchema,
  problemsResponseSchema,
} from '../../../server/api/api-schemas.ts'
import { pause } from '../../support/pause.ts'
import { PlumblineProcess } from '../../support/plumbline-process.ts'
import { rawNode, rawPod } from '../../support/raw-pod.ts'

const token = 'a-token-of-some-length'
let server: DemoApiServer
let open: PlumblineProcess
let closed: PlumblineProcess
let folder: string

before(async () => {
  server = await startDemoApiServer({ world: 'empty' })
  server.create('nodes', rawNode('node-1', 'a'))
  server.create('nodes', rawNode('node-2', 'b'))
  const constraint = {
    maxSkew: 1,
    topologyKey: 'topology.kubernetes.io/zone',
    whenUnsatisfiable: 'DoNotSchedule',
    labelSelector: { matchLabels: { app: 'web' } },
  }
  for (let index = 0; index < 3; index += 1) {
    server.create(
      'pods',
      rawPod(`web-${index}`, {
        metadata: {
          namespace: 'shop',
          name: `web-${index}`,
          labels: { app: 'web' },
          ownerReferences: [
            { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', uid: 'web-uid', controller: true },
          ],
          annotations: { 'kubectl.kubernetes.io/last-applied-configuration': 'CANARY' },
        },
        spec: {
          nodeName: 'node-1',
          containers: [
            { name: 'app', image: 'web:1', args: ['--password=CANARY'], env: [{ name: 'PASSWORD', value: 'CANARY' }] },
          ],
          topologySpreadConstraints: [constraint],
        },
      }),
    )
  }
  folder = mkdtempSync(join(tmpdir(), 'plumbline-api-'))
  const kubeconfig = join(folder, 'kubeconfig')
  writeFileSync(kubeconfig, server.kubeconfig())
  open = await (await PlumblineProcess.start(['--kubeconfig', kubeconfig])).ready()
  closed = await (await PlumblineProcess.start(['--kubeconfig', kubeconfig, '--token', token])).ready()
  await pause(800)
})

after(async () => {
  await open?.stop()
  await closed?.stop()
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** fetch sets Host itself; this doesn't. */
function getAs(
  url: string,
  headers: Record<string, string>,
): Promise<{ status: number; headers: NodeJS.Dict<string | string[]> }> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { headers }, (response) => {
      response.resume()
      resolve({ status: response.statusCode ?? 0, headers: response.headers })
    })
    asked.on('error', reject)
    asked.end()
  })
}

test('every answer has the shape that OpenAPI promises', async () => {
  const pods = podsResponseSchema.parse(await open.json('/api/v1/pods'))
  assert.equal(pods.items.length, 3)
  const placement = placementResponseSchema.parse(await open.json('/api/v1/placement'))
  assert.deepEqual(
    placement.items.map(({ skew, violated, domains }) => ({ skew, violated, domains })),
    [
      {
        skew: 3,
        violated: true,
        domains: [
          { value: 'a', count: 3 },
          { value: 'b', count: 0 },
        ],
      },
    ],
  )
  const problems = problemsResponseSchema.parse(await open.json('/api/v1/problems'))
  assert.ok(problems.items.some(({ kind }) => kind === 'skew-violated'))
  const history = podHistoryResponseSchema.parse(await open.json(`/api/v1/history/pods/${pods.items[0]?.uid}`))
  assert.equal(history.runs.length, 1)
  const steps = await open.json('/api/v1/history/init-steps?namespace=shop&kind=Pod&workload=nobody')
  assert.deepEqual(initStepsResponseSchema.parse(steps).items, [])
  const openapi = (await open.json('/api/v1/openapi.json')) as { openapi: string; paths: Record<string, unknown> }
  assert.equal(openapi.openapi, '3.1.0')
  for (const path of [
    '/api/v1/pods',
    '/api/v1/placement',
    '/api/v1/problems',
    '/api/v1/history/init-steps',
    '/healthz',
    '/readyz',
    '/metrics',
  ]) {
    assert.ok(path in openapi.paths, path)
  }
})

test('filters narrow, wrong ones are named', async () => {
  const { items } = podsResponseSchema.parse(await open.json('/api/v1/pods?text=web-1'))
  assert.deepEqual(
    items.map(({ name }) => name),
    ['web-1'],
  )
  const response = await fetch(`${open.url}/api/v1/pods?severity=purple`)
  assert.equal(response.status, 400)
  assert.match(((await response.json()) as { error: string }).error, /severity/)
})

test('what is not there is a 404 with a sentence', async () => {
  for (const path of ['/api/v1/nothing', '/api/v1/history/pods/no-such-uid']) {
    const response = await fetch(open.url + path)
    assert.equal(response.status, 404, path)
    assert.ok(((await response.json()) as { error: string }).error.length > 10)
  }
})

test('no way of asking gives a secret', async () => {
  for (const path of ['/api/v1/pods', '/api/v1/placement', '/api/v1/problems', '/metrics']) {
    const text = await (await fetch(open.url + path)).text()
    assert.ok(!text.includes('CANARY'), path)
  }
})

test('nothing can be written', async () => {
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
    const response = await fetch(`${open.url}/api/v1/pods`, { method })
    assert.equal(response.status, 404, method)
  }
})

test('a name that is rebound to loopback is refused', async () => {
  const response = await getAs(`${open.url}/api/v1/pods`, { host: 'evil.example:3000' })
  assert.equal(response.status, 421)
})

test('every answer carries the security headers', async () => {
  const { headers } = await getAs(`${open.url}/api/v1/pods`, { host: 'localhost' })
  assert.match(String(headers['content-security-policy']), /default-src 'none'/)
  assert.equal(headers['x-content-type-options'], 'nosniff')
  assert.equal(headers['referrer-policy'], 'no-referrer')
  assert.equal(headers['access-control-allow-origin'], undefined)
})

test('with a token nothing but health is told without it', async () => {
  for (const path of ['/api/v1/pods', '/metrics', '/api/v1/openapi.json', '/']) {
    assert.equal((await fetch(closed.url + path, { redirect: 'manual' })).status, 401, path)
  }
  for (const path of ['/healthz', '/readyz']) assert.equal((await fetch(closed.url + path)).status, 200, path)
  const wrong = await fetch(`${closed.url}/api/v1/pods`, {
    headers: { authorization: 'Bearer another-token-of-length' },
  })
  assert.equal(wrong.status, 401)
  const right = await fetch(`${closed.url}/api/v1/pods`, { headers: { authorization: `Bearer ${token}` } })
  assert.equal(right.status, 200)
})

test('a browser gets in by the form, which leaves a cookie that scripts can’t read', async () => {
  const asked = await fetch(`${closed.url}/`, { headers: { accept: 'text/html' }, redirect: 'manual' })
  assert.equal(asked.headers.get('location'), '/login')
  const refused = await fetch(`${closed.url}/login`, { method: 'POST', body: new URLSearchParams({ token: 'wrong' }) })
  assert.equal(refused.status, 401)
  const entered = await fetch(`${closed.url}/login`, {
    method: 'POST',
    body: new URLSearchParams({ token }),
    redirect: 'manual',
  })
  assert.equal(entered.status, 303)
  const cookie = entered.headers.get('set-cookie') ?? ''
  assert.match(cookie, /HttpOnly; SameSite=Strict/)
  const inside = await fetch(`${closed.url}/api/v1/pods`, { headers: { cookie: cookie.split(';')[0] ?? '' } })
  assert.equal(inside.status, 200)
})

test('metrics tell of the cluster and of the service', async () => {
  const text = await (await fetch(`${open.url}/metrics`)).text()
  for (const name of [
    'plumbline_pods{severity="ok"} 3',
    'plumbline_kind_live{kind="Pod"} 1',
    'plumbline_topology_spread_skew{',
    'plumbline_api_requests_total{kind="Pod",verb="list",reason="start"} 1',
    'plumbline_analysis_faults 0',
  ]) {
    assert.ok(text.includes(name), name)
  }
})
