import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ClusterObject } from '../../../domain/model/cluster-object.ts'
import type { Pod } from '../../../domain/model/pod.ts'
import { modelObject } from '../../support/any-object.ts'
import { JudgedCluster } from '../../support/judged-cluster.ts'
import { ago, crashing, now, webPod } from './web-pods.ts'

function service(name = 'web', spec: object = {}): ClusterObject {
  return modelObject('Service', name, {
    metadata: { creationTimestamp: ago(7_200) },
    spec: { type: 'ClusterIP', clusterIP: '10.96.0.1', selector: { app: 'web' }, ports: [{ port: 80 }], ...spec },
  })
}

type Endpoint = readonly [pod: string, ready: boolean, serving?: boolean, terminating?: boolean]

function slice(endpoints: readonly Endpoint[], name = 'web-1', of = 'web'): ClusterObject {
  return modelObject('EndpointSlice', name, {
    metadata: { labels: { 'kubernetes.io/service-name': of } },
    addressType: 'IPv4',
    endpoints: endpoints.map(([pod, ready, serving = ready, terminating = false]) => ({
      addresses: [`10.0.0.${pod.length}`],
      conditions: { ready, serving, terminating },
      targetRef: { kind: 'Pod', namespace: 'shop', name: pod, uid: `Pod-${pod}` },
    })),
  })
}

const notReady = { containerStatuses: [{ name: 'app', ready: false, state: { running: { startedAt: ago(3_000) } } }] }
const deleting = (pod: ClusterObject): ClusterObject => ({ ...(pod as Pod), deletedAt: now + 20_000 })

interface Case {
  readonly objects: readonly ClusterObject[]
  /** "ready/addresses", and "outage since-in-seconds-ago" where it is one. */
  readonly said: string
  readonly version?: string
}

/** What is said of Service web, by the endpoints controller's rules (k/k staging/src/k8s.io/endpointslice). */
const cases: Readonly<Record<string, Case>> = {
  'one of two addresses is ready': {
    objects: [
      service(),
      webPod('a'),
      webPod('b', notReady),
      slice([
        ['a', true],
        ['b', false],
      ]),
    ],
    said: '1/2',
  },
  'no address is ready: since the last pod’s transition': {
    objects: [service(), webPod('a', notReady), slice([['a', false]])],
    said: '0/1 outage 60',
  },
  'no pod has an address yet': {
    objects: [service(), webPod('a', notReady, { ip: '' }), slice([])],
    said: '0/0 outage 60',
  },
  'scaled to nothing: as somebody wants it': { objects: [service(), slice([])], said: '0/0' },
  'only pods that have ended': {
    objects: [service(), webPod('a', { phase: 'Succeeded' }), slice([])],
    said: '0/0',
  },
  'only a pod that is being deleted and doesn’t answer': {
    objects: [service(), deleting(webPod('a', notReady)), slice([['a', false, false, true]])],
    said: '0/1',
  },
  'a terminating pod still answers: kube-proxy falls back to it': {
    objects: [
      service(),
      webPod('a', notReady),
      deleting(webPod('b')),
      slice([
        ['a', false],
        ['b', false, true, true],
      ]),
    ],
    said: '0/2',
  },
  'before 1.26 it doesn’t': {
    objects: [
      service(),
      webPod('a', notReady),
      deleting(webPod('b')),
      slice([
        ['a', false],
        ['b', false, true, true],
      ]),
    ],
    said: '0/2 outage 60',
    version: 'v1.25.3',
  },
  'one pod in two slices counts once': {
    objects: [service(), webPod('a'), slice([['a', true]]), slice([['a', false]], 'web-2')],
    said: '1/1',
  },
  'a headless Service is judged like any other': {
    objects: [service('web', { clusterIP: 'None' }), webPod('a', notReady), slice([['a', false]])],
    said: '0/1 outage 60',
  },
  'publishNotReadyAddresses: its addresses count as ready': {
    objects: [service('web', { publishNotReadyAddresses: true }), webPod('a', notReady), slice([['a', true]])],
    said: '1/1',
  },
  'the same without slices': {
    objects: [service('web', { publishNotReadyAddresses: true }), webPod('a', notReady)],
    said: '1/1',
  },
  'without a selector somebody else makes the endpoints': {
    objects: [service('web', { selector: null }), webPod('a', notReady), slice([['a', false]])],
    said: '0/1',
  },
  ExternalName: {
    objects: [service('web', { type: 'ExternalName', externalName: 'example.com' }), webPod('a', notReady)],
    said: '0/0',
  },
  'slices can’t be read: told from the pods': {
    objects: [service(), webPod('a'), webPod('b', notReady), webPod('c', notReady, { ip: '' })],
    said: '1/2',
  },
  'pods of another namespace or with other labels are none of its': {
    objects: [
      service(),
      modelObject('Pod', 'far', {
        metadata: { namespace: 'far', labels: { app: 'web' } },
        status: { phase: 'Running' },
      }),
      webPod('a', notReady, { labels: { app: 'other' } }),
    ],
    said: '0/0',
  },
  'its first pods have a minute to start': {
    objects: [service(), webPod('a', notReady, { created: 40 }), slice([['a', false]])],
    said: '0/1',
  },
}

function said(cluster: JudgedCluster, uid = 'Service-web'): string {
  const state = cluster.analysis.services.get(uid)
  if (!state) return 'nothing'
  const { readyAddresses, addresses } = state.endpoints
  const outage = state.outage ? ` outage ${(now - state.outage.since) / 1_000}` : ''
  return `${readyAddresses}/${addresses}${outage}`
}

for (const [name, { objects, said: expected, version }] of Object.entries(cases)) {
  test(name, () => {
    // In whichever order they come.
    for (const order of [objects, [...objects].reverse()]) {
      const cluster = new JudgedCluster(version).apply(...order).settle(now)
      assert.equal(said(cluster), expected)
    }
  })
}

test('an outage is told with what explains it, and pods with the Services that miss them', () => {
  const cluster = new JudgedCluster()
    .apply(service(), webPod('a', crashing(3)), webPod('b', crashing(3)), slice([]))
    .settle(now)
  const [outage, loop] = [...cluster.analysis.worstGroups(10)]
  assert.equal(outage?.kind, 'service-down')
  assert.deepEqual(outage?.explainedBy, [loop?.id])
  assert.deepEqual(loop?.affects.services, ['web'])
  assert.deepEqual([outage?.affects.pods, outage?.title], [2, 'Service web has no ready address'])
  assert.match(
    outage?.advice[0]?.command ?? '',
    /^kubectl get endpointslices -n shop -l kubernetes\.io\/service-name=web$/,
  )
})

test('an outage begins with the change that made it, lasts as long as it lasts, and ends', () => {
  const cluster = new JudgedCluster().apply(service(), webPod('a'), slice([['a', true]])).settle(now)
  cluster.analysis.takeChanges()
  assert.equal(said(cluster), '1/1')
  // The slice tells before the pod does: at once, not after the minute of a start.
  cluster.apply(slice([['a', false]])).settle(now)
  assert.deepEqual([...(cluster.analysis.takeChanges()?.services ?? [])], ['shop/web'])
  assert.equal(said(cluster), '0/1 outage 0')
  cluster.apply(webPod('a', notReady)).settle(now + 5_000)
  assert.equal(said(cluster), '0/1 outage 0')
  cluster.apply(webPod('a'), slice([['a', true]])).settle(now + 9_000)
  assert.equal(said(cluster), '1/1')
  assert.deepEqual(cluster.groups(), [])
})

test('the minute of a start ends by itself', () => {
  const cluster = new JudgedCluster().apply(service(), webPod('a', notReady, { created: 40 }), slice([['a', false]]))
  assert.equal(said(cluster.settle(now)), '0/1')
  assert.equal(said(cluster.settle(now + 19_000)), '0/1')
  assert.match(said(cluster.settle(now + 20_000)), /outage/)
})

test('a change touches its own Services and no others', () => {
  const others = Array.from({ length: 200 }, (_, index) =>
    service(`other-${index}`, { selector: { app: `o${index}` } }),
  )
  const cluster = new JudgedCluster().apply(service(), ...others, webPod('a')).settle(now)
  cluster.analysis.takeChanges()
  cluster.apply(webPod('a', notReady)).settle(now)
  assert.deepEqual([...(cluster.analysis.takeChanges()?.services ?? [])], ['shop/web'])
  cluster.apply(service('web', { selector: { app: 'nobody' } })).settle(now)
  assert.deepEqual([...(cluster.analysis.takeChanges()?.services ?? [])], ['shop/web'])
  assert.equal(said(cluster), '0/0')
  cluster.remove(service()).settle(now)
  assert.equal(said(cluster), 'nothing')
})
