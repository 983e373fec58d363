import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ClusterObject } from '../../../domain/model/cluster-object.ts'
import type { PodSpec } from '../../../domain/model/pod-spec.ts'
import { aTaint } from '../../support/a-node.ts'
import { aPod, aPodSpec, aSelector } from '../../support/a-pod.ts'
import { aRoomyNode, hostname } from '../../support/a-scheduling-view.ts'
import { modelObject, ownedBy } from '../../support/any-object.ts'
import { JudgedCluster } from '../../support/judged-cluster.ts'
import { seededRandom } from '../read/seeded-random.ts'

type Random = (below: number) => number

const away = {
  topologyKey: hostname,
  labelSelector: aSelector({ app: 'w0' }),
  namespaces: [],
  namespaceSelector: null,
  matchLabelKeys: [],
  mismatchLabelKeys: [],
}
/** Pods of one template share theirs. */
const specs: readonly PodSpec[] = [
  aPodSpec({}),
  aPodSpec({ podAntiAffinity: { required: [away], preferred: [] } }),
  aPodSpec({ nodeSelector: { disk: 'ssd' } }),
]

/** A node, a pod, or a ReplicaSet that may be of a Deployment, as it may be at some time. */
function someObject(random: Random): ClusterObject {
  switch (random(5)) {
    case 0: {
      const node = aRoomyNode(`n${random(5)}`, ['a', 'b', 'c'][random(3)] ?? 'a', {
        unschedulable: random(5) === 0,
        taints: random(4) === 0 ? [aTaint('gpu', 'NoSchedule')] : [],
      })
      return random(3) === 0 ? { ...node, labels: { ...node.labels, disk: 'ssd' } } : node
    }
    case 1: {
      const name = `w${random(3)}-${random(2)}`
      return modelObject('ReplicaSet', name, {
        metadata: random(3) === 0 ? {} : ownedBy('Deployment', name.slice(0, 2)),
        spec: { replicas: 2, selector: { matchLabels: { app: name.slice(0, 2), tier: `${random(2)}` } } },
      })
    }
    default: {
      const number = random(14)
      const set = `w${number % 3}-${number % 2}`
      const status = random(3) === 0 ? 'False' : 'True'
      return aPod({
        uid: `Pod-p${number}`,
        name: `p${number}`,
        namespace: 'shop',
        labels: { app: `w${random(3)}` },
        nodeName: `n${random(6)}`,
        phase: random(6) === 0 ? 'Succeeded' : 'Running',
        deletedAt: random(8) === 0 ? 1_000 : null,
        conditions: [{ type: 'Ready', status, reason: '', message: '', lastTransitionTime: 0 }],
        owner:
          number % 5 === 0 ? null : { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: set, uid: `ReplicaSet-${set}` },
        spec: specs[number % 3] ?? aPodSpec({}),
      })
    }
  }
}

for (const seed of [1, 2, 3, 4]) {
  test(`how workloads lie and how affinity holds after random changes is as from nothing, seed ${seed}`, () => {
    const random = seededRandom(seed)
    const cluster = new JudgedCluster()
    const kept = new Map<string, ClusterObject>()
    const shown = new Map<string, unknown>()
    let [risks, broken, now] = [0, 0, 1_000_000]
    for (let step = 0; step < 400; step += 1) {
      const object = someObject(random)
      if (kept.has(object.uid) && random(4) === 0) {
        cluster.remove(object)
        kept.delete(object.uid)
      } else {
        cluster.apply(object)
        kept.set(object.uid, object)
      }
      if (random(3) > 0) continue
      // Long enough for the pause between two audits of affinity.
      now += 60_000
      cluster.settle(now)
      const { audit } = cluster.analysis
      for (const id of cluster.analysis.takeChanges()?.placed ?? []) shown.set(id, audit.workloads.get(id))
      const fresh = new JudgedCluster().apply(...kept.values()).settle(now).analysis.audit
      assert.deepEqual(sorted(audit.workloads), sorted(fresh.workloads), `step ${step}`)
      assert.deepEqual(affinity(audit.affinity.values()), affinity(fresh.affinity.values()), `step ${step}`)
      for (const [id, record] of audit.workloads) assert.equal(shown.get(id), record, 'every change is told')
      for (const { risk } of audit.workloads.values()) if (risk) risks += 1
      for (const standing of audit.affinity.values()) if (standing.broken.length > 0) broken += 1
    }
    assert.ok(risks > 10 && broken > 10, `${risks} risks, ${broken} broken`)
  })
}

function sorted<T>(records: ReadonlyMap<string, T>): [string, T][] {
  return [...records].sort(([a], [b]) => (a < b ? -1 : 1))
}

/** Without the examples, which may be any of the pods. */
function affinity(standings: Iterable<{ readonly id: string; readonly broken: readonly object[] }>): unknown {
  return [...standings]
    .map(({ id, broken }) => ({ id, broken: broken.map((each) => JSON.stringify({ ...each, examples: [] })).sort() }))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
}
