import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ObjectStore } from '../../demo/api/object-store.ts'
import { manualClock } from '../../demo/clock.ts'
import type { Node, Pod, PodSpec } from '../../demo/cluster/pod-types.ts'
import { Random } from '../../demo/cluster/random.ts'
import { Scheduler } from '../../demo/cluster/scheduler.ts'
import { SimulatedCluster } from '../../demo/cluster/simulated-cluster.ts'
import { Simulation } from '../../demo/cluster/simulation.ts'
import { container, podSpec } from '../../demo/shop/pod-templates.ts'

const zoneKey = 'topology.kubernetes.io/zone'
const hostKey = 'kubernetes.io/hostname'

function world(nodes: readonly { name: string; zone?: string; taint?: string; unschedulable?: boolean }[]) {
  const clock = manualClock(0)
  const store = new ObjectStore({ clock, revision: 1, windowLimit: 100, windowMs: 1e9 })
  const cluster = new SimulatedCluster(store, new Simulation(0), new Random(1))
  for (const { name, zone, taint, unschedulable } of nodes) {
    const node: Node = {
      metadata: { name, labels: { [hostKey]: name, ...(zone && { [zoneKey]: zone }) } },
      spec: {
        ...(taint && { taints: [{ key: taint, effect: 'NoSchedule' }] }),
        ...(unschedulable && { unschedulable }),
      },
      status: { allocatable: { cpu: '4', memory: '8Gi', pods: '110' }, conditions: [] },
    }
    cluster.writeNode(node)
  }
  const scheduler = new Scheduler(cluster, () => {})
  let serial = 0
  const make = (spec: Partial<PodSpec>, more: { nodeName?: string; deleting?: boolean; cpu?: string } = {}): Pod => {
    serial += 1
    return {
      metadata: {
        name: `pod-${serial}`,
        namespace: 'test',
        uid: `uid-${serial}`,
        labels: { app: 'web' },
        ...(more.deleting && { deletionTimestamp: '1970-01-01T00:00:00Z' }),
      },
      spec: {
        ...podSpec({ containers: [container({ name: 'c', image: 'i', cpu: more.cpu ?? '10m' })], ...spec }),
        ...(more.nodeName && { nodeName: more.nodeName }),
      },
      status: { phase: more.nodeName ? 'Running' : 'Pending' },
    }
  }
  return {
    scheduler,
    placed: (nodeName: string, spec: Partial<PodSpec> = {}, deleting = false) =>
      cluster.writePod(make(spec, { nodeName, deleting })),
    place: (spec: Partial<PodSpec>, cpu = '10m') => {
      const found = scheduler.place(make(spec, { cpu }))
      return typeof found === 'string' ? found : found.metadata.name
    },
  }
}

const three = [
  { name: 'a', zone: 'za' },
  { name: 'b', zone: 'zb' },
  { name: 'c', zone: 'zc' },
]
const labelSelector = { matchLabels: { app: 'web' } }
const spread = (more: object = {}): Partial<PodSpec> => ({
  topologySpreadConstraints: [
    { maxSkew: 1, topologyKey: zoneKey, whenUnsatisfiable: 'DoNotSchedule', labelSelector, ...more },
  ],
})
const apart = (topologyKey: string): Partial<PodSpec> => ({
  affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey, labelSelector }] } },
})

test('hard spread: only the least zone is left (2, 2, 1)', () => {
  const { placed, place } = world(three)
  for (const node of ['a', 'a', 'b', 'b', 'c']) placed(node)
  assert.equal(place(spread()), 'c')
})

test('hard spread: a tainted zone still counts, unless taints are honoured', () => {
  const cut = [three[0], three[1], { name: 'c', zone: 'zc', taint: 'node.kubernetes.io/unreachable' }] as typeof three
  const { placed, place } = world(cut)
  placed('a')
  placed('b')
  assert.equal(
    place(spread()),
    "0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 node(s) didn't match pod topology spread constraints. no new claims to deallocate, preemption: 0/3 nodes are available: 1 Preemption is not helpful for scheduling, 2 No preemption victims found for incoming pod.",
  )
  assert.match(place(spread({ nodeTaintsPolicy: 'Honor' })), /^[ab]$/)
})

test('hard spread: minDomains that are not there make the minimum zero', () => {
  const { placed, place } = world(three.slice(0, 2))
  placed('a')
  placed('b')
  assert.match(
    place(spread({ minDomains: 3 })),
    /^0\/2 nodes are available: 2 node\(s\) didn't match pod topology spread constraints\./,
  )
  assert.match(place(spread({ minDomains: 2 })), /^[ab]$/)
})

test('hard spread: terminating pods do not count, nodes without the label are refused', () => {
  const { placed, place } = world([...three, { name: 'd' }])
  placed('a', {}, true)
  placed('a')
  placed('b')
  assert.equal(place(spread()), 'c')
  placed('c')
  placed('c')
  placed('a')
  assert.equal(place(spread()), 'b')
})

test('anti-affinity: one to a host and no more; terminating pods still block', () => {
  const { placed, place } = world(three)
  placed('a', apart(hostKey))
  placed('b', apart(hostKey))
  assert.equal(place(apart(hostKey)), 'c')
  placed('c', apart(hostKey), true)
  assert.equal(
    place(apart(hostKey)),
    "0/3 nodes are available: 3 node(s) didn't match pod anti-affinity rules. no new claims to deallocate, preemption: 0/3 nodes are available: 3 No preemption victims found for incoming pod.",
  )
  assert.match(place({}), /^0\/3 nodes are available: 3 node\(s\) didn't satisfy existing pods anti-affinity rules\./)
})

test('resources, cordons and selectors have their own words', () => {
  const { place } = world([...three, { name: 'd', zone: 'za', unschedulable: true }])
  assert.match(place({}, '5'), /^0\/4 nodes are available: 1 node\(s\) were unschedulable, 3 Insufficient cpu\./)
  assert.match(
    place({ nodeSelector: { pool: 'gpu' } }),
    /^0\/4 nodes are available: 1 node\(s\) were unschedulable, 3 node\(s\) didn't match Pod's node affinity\/selector\./,
  )
})
