import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Pod } from '../../../domain/model/pod.ts'
import { readClusterObject } from '../../../domain/read/cluster-object.ts'
import { GenerationalMap } from '../../../domain/read/generational-map.ts'
import { Interner } from '../../../domain/read/interner.ts'
import { realPod } from './real-objects.ts'

type Json = Record<string, unknown>

/** A pod of one ReplicaSet: a copy of a real one with what differs between pods. */
function sibling(index: number, change: (spec: Json, labels: Json) => void = () => {}): Json {
  const pod = structuredClone(realPod('my-distributed-app')) as { metadata: Json; spec: Json }
  pod.metadata.uid = `uid-${index}`
  pod.metadata.name = `my-distributed-app-${index}`
  const name = `kube-api-access-${String(index).padStart(5, 'x')}`
  pod.spec.volumes = [{ name, projected: {} }]
  pod.spec.nodeName = `node-${index}`
  change(pod.spec, pod.metadata.labels as Json)
  return JSON.parse(JSON.stringify(pod))
}

const containers = (spec: Json) => spec.containers as Json[]

function firstContainer(spec: Json): Json {
  const [first] = containers(spec)
  assert.ok(first)
  return first
}

const read = (raw: Json, interner: Interner) => readClusterObject('Pod', raw, interner) as Pod

test('pods of one template share spec, labels and owner', () => {
  const interner = new Interner()
  const [a, b] = [read(sibling(1), interner), read(sibling(2), interner)]
  assert.equal(a.spec, b.spec)
  assert.equal(a.labels, b.labels)
  assert.equal(a.owner, b.owner)
  assert.notEqual(a.nodeName, b.nodeName)
})

test('what differs is never shared, what is equal beside it is', () => {
  const interner = new Interner()
  const a = read(sibling(1), interner)
  const b = read(
    sibling(2, (spec, labels) => {
      spec.priority = 7
      labels.extra = 'yes'
    }),
    interner,
  )
  assert.notEqual(a.spec, b.spec)
  assert.deepEqual([a.spec.priority, b.spec.priority], [0, 7])
  assert.equal(a.spec.containers, b.spec.containers)
  assert.deepEqual([a.labels.extra, b.labels.extra], [undefined, 'yes'])
  assert.equal(read(sibling(3), interner).spec, a.spec)
  assert.equal(
    read(
      sibling(4, (spec) => {
        spec.priority = 7
      }),
      interner,
    ).spec,
    b.spec,
  )
})

test('reading against an earlier spec gives exactly what reading alone gives', () => {
  const changes: ((spec: Json) => void)[] = [
    (spec) => delete spec.tolerations,
    (spec) => delete spec.topologySpreadConstraints,
    (spec) => {
      firstContainer(spec).image = 'other'
    },
    (spec) => {
      containers(spec).push({ name: 'second' })
    },
    (spec) => {
      spec.containers = []
    },
    (spec) => {
      firstContainer(spec).livenessProbe = { exec: { command: ['a', 'b'] } }
    },
    (spec) => {
      firstContainer(spec).livenessProbe = { exec: { command: ['a'] } }
    },
    (spec) => {
      firstContainer(spec).resources = { requests: { cpu: '1' } }
    },
    (spec) => {
      firstContainer(spec).resources = { requests: { cpu: '1', memory: '1Gi' } }
    },
    (spec) => {
      spec.nodeSelector = { a: 'b' }
    },
    (spec) => {
      spec.volumes = [
        { name: 'x', emptyDir: {} },
        { name: 'y', emptyDir: {} },
      ]
    },
    (spec) => {
      spec.schedulingGates = [{ name: 'g' }]
    },
    (spec) => {
      spec.affinity = {
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            { topologyKey: 'z', labelSelector: { matchLabels: { a: 'b' } } },
          ],
        },
      }
    },
    (spec) => {
      spec.affinity = {
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            { topologyKey: 'z', labelSelector: { matchLabels: { a: 'c' } } },
          ],
        },
      }
    },
    () => {},
  ]
  const interner = new Interner()
  for (let round = 0; round < 3; round += 1) {
    for (const [index, change] of changes.entries()) {
      const raw = sibling(index, change)
      assert.deepEqual(read(raw, interner), read(raw, new Interner()))
    }
  }
})

test('DaemonSet pods of one node share what ties them to it', () => {
  const interner = new Interner()
  const pinned = (uid: string, node: string) => {
    const term = { matchFields: [{ key: 'metadata.name', operator: 'In', values: [node] }] }
    const affinity = { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [term] } } }
    const ownerReferences = [{ apiVersion: 'apps/v1', kind: 'DaemonSet', name: uid, uid, controller: true }]
    return read(
      {
        metadata: { uid: `${uid}-${node}`, name: 'p', ownerReferences },
        spec: { affinity, containers: [{ name: 'a' }] },
      },
      interner,
    )
  }
  const [a, b, c] = [pinned('ds1', 'node-1'), pinned('ds1', 'node-2'), pinned('ds2', 'node-1')]
  assert.equal(a.spec.nodeAffinity, c.spec.nodeAffinity)
  assert.equal(b.spec.nodeAffinity?.required?.[0]?.matchFields[0]?.values[0], 'node-2')
  assert.equal(a.spec.containers, b.spec.containers)
})

test('it never holds more than twice its limits, whatever comes', () => {
  const map = new GenerationalMap<number, string>(100)
  for (let key = 0; key < 10_000; key += 1) {
    map.set(key, 'x')
    assert.equal(map.get(0), 'x')
    assert.ok(map.size <= 201)
  }
  assert.equal(map.get(5), undefined)
  assert.equal(map.get(9_999), 'x')
})

test('forgetting costs sharing only, not content', () => {
  const interner = new Interner({ texts: 1, families: 1 })
  for (let index = 0; index < 20; index += 1) {
    const raw = sibling(index)
    assert.deepEqual(read(raw, interner), read(raw, new Interner()))
  }
})
