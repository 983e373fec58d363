import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PodSource } from '../../../domain/live/pod-source.ts'
import { ProblemsSource } from '../../../domain/live/problems-source.ts'
import type { RoomSource } from '../../../domain/live/room-source.ts'
import { WorkloadSource } from '../../../domain/live/workload-source.ts'
import type { ClusterObject } from '../../../domain/model/cluster-object.ts'
import { modelObject, ownedBy } from '../../support/any-object.ts'
import { JudgedCluster } from '../../support/judged-cluster.ts'
import { seededRandom } from '../read/seeded-random.ts'
import { ago, crashing, now, webPod } from './web-pods.ts'

const rounds = 12
const steps = 300

type Random = (below: number) => number

/** Some object of a small shop, as it may be at some time. */
function someObject(random: Random): ClusterObject {
  const app = `w${random(3)}`
  switch (random(8)) {
    case 0:
      return modelObject('Service', `s${random(4)}`, {
        metadata: { creationTimestamp: ago(7_200) },
        spec: {
          selector: random(5) === 0 ? null : { app },
          type: random(6) === 0 ? 'ExternalName' : 'ClusterIP',
          publishNotReadyAddresses: random(5) === 0,
        },
      })
    case 1:
      return modelObject('EndpointSlice', `slice-${random(5)}`, {
        metadata: { labels: { 'kubernetes.io/service-name': `s${random(4)}` } },
        endpoints: Array.from({ length: random(3) }, () => {
          const name = `p${random(12)}`
          const [ready, terminating] = [random(3) > 0, random(4) === 0]
          return {
            addresses: ['10.0.0.1'],
            conditions: { ready, terminating },
            targetRef: { kind: 'Pod', name, uid: `Pod-${name}` },
          }
        }),
      })
    case 2: {
      const revision = String(1 + random(3))
      return modelObject('ReplicaSet', `${app}-${revision}`, {
        metadata: {
          creationTimestamp: ago(100 * (1 + random(3))),
          annotations: { 'deployment.kubernetes.io/revision': revision },
          ...(random(6) === 0 ? {} : ownedBy('Deployment', app)),
        },
        spec: { replicas: 2, template: { spec: { containers: [{ name: 'app', image: `web:${random(2)}` }] } } },
      })
    }
    case 3:
      return modelObject('Deployment', app, {
        metadata: { annotations: { 'deployment.kubernetes.io/revision': String(1 + random(3)) } },
        spec: { replicas: 1 + random(3) },
      })
    case 4: {
      const index = random(20)
      const name = `p${index % 12}`
      return modelObject('Event', `e${index}`, {
        involvedObject: { kind: 'Pod', name, uid: `Pod-${name}`, fieldPath: 'spec.containers{app}' },
        type: 'Normal',
        reason: 'Killing',
        message: 'Container app failed liveness probe, will be restarted',
        firstTimestamp: ago(35),
        lastTimestamp: ago(30 + random(10)),
        count: 1 + random(3),
      })
    }
    default: {
      const name = `p${random(12)}`
      const statuses = [
        {},
        {},
        crashing(3),
        crashing(137),
        crashing(1 + random(2)),
        { phase: 'Succeeded' },
        imageTrouble,
      ]
      return webPod(name, statuses[random(statuses.length)], {
        // A pod keeps its owner for life.
        owner:
          Number(name.slice(1)) % 4 === 0 ? null : `w${Number(name.slice(1)) % 3}-${1 + (Number(name.slice(1)) % 2)}`,
        labels: { app: `w${random(3)}` },
        spec: random(2) === 0 ? { livenessProbe: { tcpSocket: { port: 80 } } } : {},
        ip: random(4) === 0 ? '' : '10.0.0.1',
      })
    }
  }
}

const imageTrouble = {
  containerStatuses: [{ name: 'app', restartCount: 0, state: { waiting: { reason: 'ImagePullBackOff' } } }],
}

/** What may rest on the order of what was seen: how long a group or an outage has lasted. */
function withoutAges(told: unknown): unknown {
  return JSON.parse(JSON.stringify(told), (key, value: unknown) =>
    key === 'since' || key === 'lastSeenAt' ? undefined : value,
  )
}

function conclusions({ state, analysis }: JudgedCluster): unknown {
  const byId = <T extends { readonly id: string }>(items: Iterable<T>) =>
    [...items].sort((a, b) => (a.id < b.id ? -1 : 1))
  return withoutAges({
    problems: byId(analysis.problems()),
    groups: byId([...analysis.problemGroups.order].flatMap(({ id }) => analysis.problemGroup(id) ?? [])),
    counts: analysis.problemGroups.counts.entries(),
    services: [...state.uids('Service')].sort().map((uid) => {
      const known = analysis.services.get(uid)
      return {
        uid,
        outage: known?.outage,
        endpoints: known?.endpoints,
        pods: [...analysis.services.podsOf(uid)].sort(),
      }
    }),
    workloads: analysis.byWorkload.entries(),
  })
}

/** A room as a browser has it: the first records, then what the updates make of them. */
class Follower {
  readonly records: Map<string, unknown>
  readonly #source: RoomSource

  constructor(source: RoomSource) {
    this.#source = source
    this.records = new Map(source.records())
  }

  update(changes: NonNullable<ReturnType<JudgedCluster['analysis']['takeChanges']>>): void {
    for (const [key, record] of this.#source.update(changes)) {
      if (record) this.records.set(key, record)
      else this.records.delete(key)
    }
  }
}

test(`groups, Services, rollouts and rooms after ${rounds} × ${steps} random changes are those of an analysis from nothing`, () => {
  const random = seededRandom(17)
  let outages = 0
  let rollouts = 0
  for (let round = 0; round < rounds; round += 1) {
    const cluster = new JudgedCluster()
    const { state, analysis } = cluster
    const rooms = (of: JudgedCluster) => [
      new ProblemsSource(of.analysis),
      new WorkloadSource(of.state, of.analysis, 'shop', 'Deployment', 'w1'),
      new PodSource(of.state, of.analysis, 'shop', 'p1'),
      new PodSource(of.state, of.analysis, 'shop', 'p2'),
    ]
    const followers = rooms(cluster).map((source) => new Follower(source))
    const kept = new Map<string, ClusterObject>()
    for (let step = 0; step < steps; step += 1) {
      const object = someObject(random)
      if (kept.has(object.uid) && random(4) === 0) {
        cluster.remove(object)
        kept.delete(object.uid)
      } else {
        cluster.apply(object)
        kept.set(object.uid, object)
      }
      if (random(3) > 0) continue
      analysis.settle(now, 1 + random(4))
      // Somebody looks: what is told is kept until something in it changes.
      if (random(2) === 0) for (const { id } of analysis.problemGroups.order) analysis.problemGroup(id)
      const changes = random(2) === 0 ? analysis.takeChanges() : null
      if (changes) for (const follower of followers) follower.update(changes)
    }
    cluster.settle(now)
    const last = analysis.takeChanges()
    if (last) for (const follower of followers) follower.update(last)
    const fresh = new JudgedCluster().apply(...kept.values()).settle(now)
    assert.deepEqual(conclusions(cluster), conclusions(fresh), `round ${round}`)
    for (const [index, source] of rooms(fresh).entries()) {
      const expected = Object.fromEntries(source.records())
      assert.deepEqual(
        withoutAges(Object.fromEntries([...(followers[index]?.records ?? [])].sort())),
        withoutAges(Object.fromEntries(Object.entries(expected).sort())),
        `room ${index} of round ${round}`,
      )
    }
    for (const { kind, rollout } of analysis.worstGroups(1_000)) {
      if (kind === 'service-down') outages += 1
      if (rollout) rollouts += 1
    }
    assert.equal(analysis.faults, 0)
    assert.equal(state.size('Pod'), fresh.state.size('Pod'))
  }
  // A test in which nothing goes wrong would show nothing.
  assert.ok(outages > 3 && rollouts > 3, `${outages} outages, ${rollouts} rollouts`)
})
