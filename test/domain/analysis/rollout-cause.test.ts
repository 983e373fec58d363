import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RolloutCause } from '../../../domain/health/problem.ts'
import type { ClusterObject } from '../../../domain/model/cluster-object.ts'
import { modelObject, ownedBy } from '../../support/any-object.ts'
import { JudgedCluster } from '../../support/judged-cluster.ts'
import { ago, crashing, now, webPod } from './web-pods.ts'

function template(image: string, container: object = {}): object {
  return { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'app', image, ...container }] } }
}

const deployment = modelObject('Deployment', 'web', {
  metadata: { annotations: { 'deployment.kubernetes.io/revision': '3' } },
  spec: { replicas: 2, progressDeadlineSeconds: 300, template: template('web:3') },
  status: {
    conditions: [
      {
        type: 'Progressing',
        status: 'True',
        reason: 'ReplicaSetUpdated',
        lastTransitionTime: ago(9_000),
        lastUpdateTime: ago(100),
      },
    ],
  },
})

/** ReplicaSet web-<revision>. */
function set(revision: number, age: number, more: { container?: object; rolledBack?: boolean } = {}): ClusterObject {
  return modelObject('ReplicaSet', `web-${revision}`, {
    metadata: {
      creationTimestamp: ago(age),
      annotations: {
        'deployment.kubernetes.io/revision': String(revision),
        ...(more.rolledBack && { 'deployment.kubernetes.io/revision-history': '1' }),
      },
      ...ownedBy('Deployment', 'web'),
    },
    spec: { replicas: 1, template: template(`web:${revision}`, more.container) },
  })
}

const broken = (name: string, revision: number, created = 200) =>
  webPod(name, crashing(3), { owner: `web-${revision}`, created })
const well = (name: string, revision: number) => webPod(name, {}, { owner: `web-${revision}`, created: 9_000 })

interface Case {
  readonly objects: readonly ClusterObject[]
  /** "revision began-seconds-ago from → to, n of before" ; none where no rollout began it. */
  readonly said: string
}

const cases: Readonly<Record<string, Case>> = {
  'all that fail are of the new revision, the old one serves': {
    objects: [deployment, set(2, 9_000), set(3, 210), broken('a', 3), broken('b', 3), well('c', 2)],
    said: 'revision 3, 210 s ago, web:2 → web:3, 1 of 2',
  },
  'the old one serves, however long ago that was': {
    objects: [deployment, set(2, 90_000), set(3, 50_000), broken('a', 3, 40_000), well('c', 2)],
    said: 'revision 3, 50000 s ago, web:2 → web:3, 1 of 2',
  },
  'nothing of the old one is left, but it began with the new one': {
    objects: [deployment, set(2, 9_000), set(3, 210), broken('a', 3)],
    said: 'revision 3, 210 s ago, web:2 → web:3, 0 of 2',
  },
  'nothing is left, and the new one had run for hours': {
    objects: [deployment, set(2, 90_000), set(3, 50_000), broken('a', 3)],
    said: 'none',
  },
  'the old revision’s pods fail too': {
    objects: [deployment, set(2, 9_000), set(3, 210), broken('a', 3), broken('c', 2)],
    said: 'none',
  },
  'two bad revisions in a row: the first of them began it': {
    objects: [deployment, set(1, 90_000), set(2, 900), set(3, 210), broken('a', 3), broken('b', 2), well('c', 1)],
    said: 'revision 2, 900 s ago, web:1 → web:2, 1 of 1',
  },
  'the first revision of all': { objects: [deployment, set(3, 210), broken('a', 3)], said: 'none' },
  'rolled back to: its ReplicaSet is older than its turn': {
    objects: [deployment, set(2, 9_000), set(3, 90_000, { rolledBack: true }), broken('a', 3), well('c', 2)],
    said: 'revision 3, 200 s ago, web:2 → web:3, 1 of 2',
  },
  'a bare ReplicaSet': {
    objects: [modelObject('ReplicaSet', 'web-3', { spec: { template: template('web:3') } }), broken('a', 3)],
    said: 'none',
  },
}

function words(rollout: RolloutCause | null | undefined): string {
  if (!rollout) return 'none'
  const { revision, at, images, before } = rollout
  const image = images.map(({ from, to }) => `, ${from} → ${to}`).join('')
  return `revision ${revision}, ${(now - at) / 1_000} s ago${image}, ${before.readyPods} of ${before.revision}`
}

for (const [name, { objects, said }] of Object.entries(cases)) {
  test(name, () => {
    const cluster = new JudgedCluster().apply(...objects).settle(now)
    assert.equal(words([...cluster.analysis.worstGroups(1)][0]?.rollout), said)
  })
}

test('what else changed in the template is told, and the deadline of the rollout', () => {
  const probe = { livenessProbe: { httpGet: { path: '/', port: 80 } } }
  const before = set(2, 9_000, { container: { resources: { limits: { memory: '128Mi' } } } })
  const after = set(3, 210, { container: { resources: { limits: { memory: '64Mi' } }, ...probe } })
  const cluster = new JudgedCluster().apply(deployment, before, after, broken('a', 3), well('c', 2)).settle(now)
  const rollout = [...cluster.analysis.worstGroups(1)][0]?.rollout
  assert.deepEqual(rollout?.changes, [
    'liveness probe of container app is new',
    'memory limit of container app 128Mi → 64Mi',
  ])
  assert.equal(rollout?.deadlineAt, now + 200_000)
})

test('a group is told anew when the rollout goes on', () => {
  const cluster = new JudgedCluster().apply(deployment, set(2, 9_000), set(3, 210), broken('a', 3), well('c', 2))
  cluster.settle(now)
  assert.equal([...cluster.analysis.worstGroups(1)][0]?.rollout?.before.readyPods, 1)
  cluster.remove(well('c', 2)).settle(now)
  assert.equal([...cluster.analysis.worstGroups(1)][0]?.rollout?.before.readyPods, 0)
  assert.equal([...cluster.analysis.worstGroups(1)][0]?.affects.podsTotal, 1)
})

for (const kind of ['StatefulSet', 'DaemonSet'] as const) {
  test(`the pods of a ${kind} carry the hash of their revision`, () => {
    const pod = (name: string, hash: string, created: number, status: object = {}) =>
      modelObject('Pod', name, {
        metadata: {
          creationTimestamp: ago(created),
          labels: { app: 'db', 'controller-revision-hash': hash },
          ...ownedBy(kind, 'db'),
        },
        spec: { nodeName: 'node-1', containers: [{ name: 'app', image: `db:${hash}` }] },
        status: {
          phase: 'Running',
          conditions: [{ type: 'Ready', status: Object.keys(status).length > 0 ? 'False' : 'True' }],
          containerStatuses: [{ name: 'app', ready: true, state: { running: { startedAt: ago(created) } } }],
          ...status,
        },
      })
    const set = modelObject(kind, 'db', { spec: { replicas: 3 } })
    const cluster = new JudgedCluster()
      .apply(set, pod('db-2', 'new', 150, crashing(7)), pod('db-1', 'old', 9_000), pod('db-0', 'old', 9_000))
      .settle(now)
    assert.equal(
      words([...cluster.analysis.worstGroups(1)][0]?.rollout),
      'revision new, 150 s ago, db:old → db:new, 2 of old',
    )
    cluster.apply(pod('db-1', 'old', 9_000, crashing(7))).settle(now)
    assert.equal(words([...cluster.analysis.worstGroups(1)][0]?.rollout), 'none')
  })
}
