import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type DemoApiServer, startDemoApiServer } from '../../../demo/api-server.ts'
import {
  initStepsResponseSchema,
  podHistoryResponseSchema,
  podResponseSchema,
  podsResponseSchema,
  problemsResponseSchema,
  skewHistoryResponseSchema,
  workloadResponseSchema,
} from '../../../server/api/api-schemas.ts'
import {
  affinityResponseSchema,
  pendingResponseSchema,
  placementResponseSchema,
  risksResponseSchema,
  whatIfResponseSchema,
} from '../../../server/api/placement-schemas.ts'
import { pause } from '../../support/pause.ts'
import { PlumblineProcess } from '../../support/plumbline-process.ts'
import { rawNode, rawPod } from '../../support/raw-pod.ts'

const token = 'a-token-of-some-length'
const begun = Date.now()
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
  makeShop()
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

/** A Deployment whose second revision crashes while one pod of the first still serves, with its Service. */
function makeShop(): void {
  const at = (seconds: number) => new Date(Date.now() - seconds * 1_000).toISOString().replace(/\.\d+Z$/, 'Z')
  const metadata = { namespace: 'shop', labels: { app: 'till' } }
  const owned = (kind: string, name: string, uid: string) => ({
    ownerReferences: [{ apiVersion: 'apps/v1', kind, name, uid, controller: true }],
  })
  const template = (image: string) => ({
    metadata: { labels: { app: 'till' } },
    spec: {
      containers: [
        {
          name: 'app',
          image,
          args: ['--password=CANARY'],
          livenessProbe: { httpGet: { path: '/alive', port: 8080 } },
          readinessProbe: { tcpSocket: { port: 8080 } },
        },
      ],
    },
  })
  server.create('deployments', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      ...metadata,
      name: 'till',
      uid: 'till-uid',
      creationTimestamp: at(90_000),
      annotations: { 'deployment.kubernetes.io/revision': '2' },
    },
    spec: { replicas: 2, selector: { matchLabels: { app: 'till' } }, template: template('till:2') },
    status: { replicas: 3, readyReplicas: 1, updatedReplicas: 2, availableReplicas: 1 },
  })
  for (const [revision, replicas, age] of [
    ['1', 1, 80_000],
    ['2', 2, 300],
  ] as const) {
    server.create('replicasets', {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: {
        ...metadata,
        ...owned('Deployment', 'till', 'till-uid'),
        name: `till-${revision}`,
        uid: `till-${revision}-uid`,
        creationTimestamp: at(age),
        annotations: { 'deployment.kubernetes.io/revision': revision },
      },
      spec: { replicas, template: template(`till:${revision}`) },
      status: { replicas, readyReplicas: revision === '1' ? 1 : 0 },
    })
  }
  const crashed = {
    name: 'app',
    image: 'till:2',
    ready: false,
    restartCount: 5,
    state: {
      waiting: { reason: 'CrashLoopBackOff', message: 'back-off 2m40s restarting failed container=app pod=till' },
    },
    lastState: { terminated: { exitCode: 3, reason: 'Error', startedAt: at(42), finishedAt: at(40) } },
  }
  for (const name of ['till-2-a', 'till-2-b', 'till-1-a']) {
    const old = name.startsWith('till-1')
    server.create(
      'pods',
      rawPod(name, {
        metadata: {
          ...metadata,
          ...owned('ReplicaSet', name.slice(0, 6), `${name.slice(0, 6)}-uid`),
          name,
          creationTimestamp: at(old ? 80_000 : 300),
        },
        spec: { nodeName: 'node-2', ...template(old ? 'till:1' : 'till:2').spec },
        ...(old
          ? {}
          : {
              status: {
                containerStatuses: [crashed],
                conditions: [{ type: 'Ready', status: 'False', lastTransitionTime: at(290) }],
              },
            }),
      }),
    )
  }
  server.create('services', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { ...metadata, name: 'till', creationTimestamp: at(90_000) },
    spec: { selector: { app: 'till' }, type: 'ClusterIP', clusterIP: '10.0.0.9', ports: [{ port: 80 }] },
  })
}

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
  assert.equal(pods.items.length, 6)
  const placement = placementResponseSchema.parse(await open.json('/api/v1/placement'))
  assert.deepEqual(
    placement.items.map(({ skew, violated, domains, nextPodDomains, surplus }) => ({
      skew,
      violated,
      domains,
      nextPodDomains,
      surplus,
    })),
    [
      {
        skew: 3,
        violated: true,
        domains: [
          { value: 'a', count: 3, eligible: true },
          { value: 'b', count: 0, eligible: true },
        ],
        nextPodDomains: ['b'],
        surplus: [{ value: 'a', pods: 2 }],
      },
    ],
  )
  const answered = await open.json('/api/v1/problems')
  const problems = problemsResponseSchema.parse(answered)
  // What the schema doesn't name parsing drops: nothing may be answered that OpenAPI doesn't tell of.
  assert.deepEqual(problems, answered)
  assert.ok(problems.items.some(({ kind }) => kind === 'skew-violated'))
  const history = podHistoryResponseSchema.parse(await open.json(`/api/v1/history/pods/${pods.items[0]?.uid}`))
  assert.equal(history.runs.length, 1)
  const steps = await open.json('/api/v1/history/init-steps?namespace=shop&kind=Pod&workload=nobody')
  assert.deepEqual(initStepsResponseSchema.parse(steps).items, [])
  const skew = await open.json('/api/v1/history/skew?namespace=shop&kind=ReplicaSet&name=web')
  assert.deepEqual(skewHistoryResponseSchema.parse(skew), skew)
  assert.deepEqual(
    skewHistoryResponseSchema
      .parse(skew)
      .series.map(({ maxSkew, points }) => [maxSkew, points.map(({ skew }) => skew)]),
    [[1, [3]]],
  )
  const openapi = (await open.json('/api/v1/openapi.json')) as { openapi: string; paths: Record<string, unknown> }
  assert.equal(openapi.openapi, '3.1.0')
  for (const path of [
    '/api/v1/pods',
    '/api/v1/pods/{namespace}/{name}',
    '/api/v1/workloads/{namespace}/{kind}/{name}',
    '/api/v1/placement',
    '/api/v1/problems',
    '/api/v1/history/init-steps',
    '/api/v1/history/skew',
    '/healthz',
    '/readyz',
    '/metrics',
  ]) {
    assert.ok(path in openapi.paths, path)
  }
})

test('a problem is told once for its workload, with its revision, evidence and what comes next', async () => {
  const { items } = problemsResponseSchema.parse(await open.json('/api/v1/problems'))
  const loops = items.filter(({ kind }) => kind === 'restart-loop')
  assert.equal(loops.length, 1)
  const [loop] = loops
  assert.equal(loop?.id, 'restart-loop/shop/Deployment/till/exit/3')
  assert.deepEqual([loop?.affects.pods, loop?.affects.podsTotal, loop?.affects.services], [2, 3, ['till']])
  assert.deepEqual(loop?.rollout?.images, [{ container: 'app', from: 'till:1', to: 'till:2' }])
  assert.deepEqual(loop?.rollout?.before, { revision: '1', readyPods: 1 })
  // The fixture's run ended 40 s before it was made, and its kubelet waits 2m40s.
  assert.ok(loop?.next?.at && Math.abs(loop.next.at - (begun + 120_000)) < 30_000)
  assert.match(loop?.advice[0]?.command ?? '', /^kubectl logs till-2-[ab] -n shop -c app --previous/)
  assert.ok(loop?.evidence.some(({ path }) => path.includes('containerStatuses[app].lastState.terminated')))
})

test('one pod and one workload, whole', async () => {
  const answered = await open.json('/api/v1/pods/shop/till-2-a')
  const { pod } = podResponseSchema.parse(answered)
  assert.deepEqual(podResponseSchema.parse(answered), answered)
  // With its spread constraints, of which other pods tell.
  const spread = await open.json('/api/v1/pods/shop/web-0')
  assert.deepEqual(podResponseSchema.parse(spread), spread)
  assert.equal(podResponseSchema.parse(spread).pod.spread.length, 1)
  assert.equal(pod.row.status, 'CrashLoopBackOff')
  assert.deepEqual(
    pod.services.map(({ name, ready, readyAddresses, outage }) => ({ name, ready, readyAddresses, outage })),
    [{ name: 'till', ready: null, readyAddresses: 0, outage: true }],
  )
  assert.equal(pod.rollout?.revision, '2')
  assert.equal(pod.problems[0]?.cause, 'exit/3')
  const whole = await open.json('/api/v1/workloads/shop/Deployment/till')
  const { workload } = workloadResponseSchema.parse(whole)
  assert.deepEqual(workloadResponseSchema.parse(whole), whole)
  assert.deepEqual(
    workload.revisions.map(({ revision, current, readyReplicas }) => [revision, current, readyReplicas]),
    [
      ['2', true, 0],
      ['1', false, 1],
    ],
  )
  assert.deepEqual(
    workload.pods.map(({ name }) => name),
    ['till-2-a', 'till-2-b', 'till-1-a'],
  )
  assert.equal(workload.problems[0]?.kind, 'restart-loop')
  assert.match(workload.containers[0]?.probes[0]?.sentence ?? '', /3 failures in a row/)
})

test('pending pods, affinity and risks have the shape that OpenAPI promises', async () => {
  const constraint = { maxSkew: 1, topologyKey: 'rack', whenUnsatisfiable: 'DoNotSchedule', labelSelector: {} }
  const pending = rawPod('stuck', {
    metadata: { namespace: 'shop', name: 'stuck' },
    spec: { nodeName: '', containers: [{ name: 'app', image: 'a' }], topologySpreadConstraints: [constraint] },
    status: { phase: 'Pending', conditions: [], containerStatuses: [] },
  })
  server.create('pods', pending)
  for (let tries = 0; ; tries += 1) {
    const { items } = pendingResponseSchema.parse(await open.json('/api/v1/placement/pending'))
    if (items[0]?.explanation?.changes || tries === 100) {
      assert.deepEqual(
        items[0]?.explanation?.reasons.map(({ nodes, kind }) => [nodes, kind]),
        [[2, 'spread']],
      )
      assert.equal(items[0]?.explanation?.changes?.[0]?.nodes, 2)
      break
    }
    await pause(100)
  }
  affinityResponseSchema.parse(await open.json('/api/v1/placement/affinity'))
  const { items } = risksResponseSchema.parse(await open.json('/api/v1/placement/risks'))
  const web = items.find(({ workload }) => workload.name === 'web')
  assert.deepEqual(web?.zoneLoss, { domain: 'a', ready: 3, fraction: 1 })
})

function askWhatIf(body: string, headers: Record<string, string> = { 'content-type': 'application/json' }) {
  return fetch(`${open.url}/api/v1/placement/what-if`, { method: 'POST', body, headers })
}

test('what-if: computed for who asks properly', async () => {
  const lose = JSON.stringify({ changes: [{ type: 'lose', zones: ['a'] }] })
  const response = await askWhatIf(lose)
  assert.equal(response.status, 200)
  const result = whatIfResponseSchema.parse(await response.json())
  assert.deepEqual(result.lost, { nodes: 1, pods: 3, notReplaced: 0 })
  assert.equal(result.workloads[0]?.placed, 3)
  assert.deepEqual(result.budgets, [])
})

test('what-if: wrong questions are told what is wrong, other pages and forms are refused', async () => {
  const error = async (response: Response) => ((await response.json()) as { error: string }).error
  const unknown = await askWhatIf(JSON.stringify({ changes: [{ type: 'lose', nodes: ['node-9'] }] }))
  assert.equal(unknown.status, 400)
  assert.match(await error(unknown), /there is no node node-9/)
  const invalid = await askWhatIf(JSON.stringify({ changes: [{ type: 'scale', replicas: -1 }] }))
  assert.equal(invalid.status, 400)
  assert.match(await error(invalid), /replicas|namespace/)
  const form = await askWhatIf('{}', { 'content-type': 'text/plain' })
  assert.equal(form.status, 415)
  const foreign = await askWhatIf('{}', { 'content-type': 'application/json', origin: 'https://evil.example' })
  assert.equal(foreign.status, 403)
  const large = await askWhatIf(JSON.stringify({ changes: 'x'.repeat(600_000) }))
  assert.equal(large.status, 413)
  const unproved = await fetch(`${closed.url}/api/v1/placement/what-if`, { method: 'POST' })
  assert.equal(unproved.status, 401)
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
  for (const path of [
    '/api/v1/nothing',
    '/api/v1/history/pods/no-such-uid',
    '/api/v1/pods/shop/nobody',
    '/api/v1/workloads/shop/Deployment/nobody',
  ]) {
    const response = await fetch(open.url + path)
    assert.equal(response.status, 404, path)
    assert.ok(((await response.json()) as { error: string }).error.length > 10)
  }
})

test('no way of asking gives a secret', async () => {
  for (const path of [
    '/api/v1/pods',
    '/api/v1/pods/shop/till-2-a',
    '/api/v1/workloads/shop/Deployment/till',
    '/api/v1/placement',
    '/api/v1/problems',
    '/metrics',
  ]) {
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
    'plumbline_pods{severity="ok"} 4',
    'plumbline_problem_groups{kind="restart-loop",severity="error"} 1',
    'plumbline_problems{kind="restart-loop"} 2',
    'plumbline_kind_live{kind="Pod"} 1',
    'plumbline_topology_spread_skew{',
    'plumbline_api_requests_total{kind="Pod",verb="list",reason="start"} 1',
    'plumbline_analysis_faults 0',
  ]) {
    assert.ok(text.includes(name), name)
  }
})
