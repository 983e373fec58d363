import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Node } from '../../../domain/model/node.ts'
import type { NodeSelectorTerm, PodSpec, Toleration } from '../../../domain/model/pod-spec.ts'
import { SpreadGroups } from '../../../domain/placement/spread-groups.ts'
import { aNode, aTaint } from '../../support/a-node.ts'
import { aConstraint, aPod, aPodSpec, aSelector, labelsOf } from '../../support/a-pod.ts'
import { type NaiveResult, naiveSpread, type PlacedPod } from '../../support/naive-spread.ts'
import { Random } from '../../support/random.ts'

const zone = 'topology.kubernetes.io/zone'
const hostname = 'kubernetes.io/hostname'
const hash = 'pod-template-hash'
const toleration: Toleration = { key: 'gpu', operator: 'Exists', value: '', effect: '', tolerationSeconds: null }

function required(...terms: Partial<NodeSelectorTerm>[]): Pick<PodSpec, 'nodeAffinity'> {
  const all = terms.map((term) => ({ matchExpressions: [], matchFields: [], ...term }))
  return { nodeAffinity: { required: all, preferred: [] } }
}

/** Templates in whose counting something is peculiar. */
const templates: readonly PodSpec[] = [
  {},
  { topologySpreadConstraints: [aConstraint()] },
  { topologySpreadConstraints: [aConstraint(), aConstraint({ topologyKey: hostname })] },
  { topologySpreadConstraints: [aConstraint({ topologyKey: 'rack', minDomains: 3 }), aConstraint()] },
  {
    topologySpreadConstraints: [
      aConstraint({ topologyKey: 'rack', whenUnsatisfiable: 'ScheduleAnyway', maxSkew: 2 }),
      aConstraint({ nodeTaintsPolicy: 'Honor' }),
    ],
  },
  { topologySpreadConstraints: [aConstraint({ nodeTaintsPolicy: 'Honor' })], tolerations: [toleration] },
  { topologySpreadConstraints: [aConstraint()], nodeSelector: labelsOf({ pool: 'x' }) },
  {
    topologySpreadConstraints: [aConstraint({ nodeAffinityPolicy: 'Ignore' }), aConstraint({ topologyKey: hostname })],
    nodeSelector: labelsOf({ pool: 'x' }),
  },
  {
    topologySpreadConstraints: [aConstraint()],
    ...required(
      { matchExpressions: [{ key: 'cores', operator: 'Gt', values: ['8'] }] },
      { matchFields: [{ key: 'metadata.name', operator: 'In', values: ['n1'] }] },
    ),
  },
  {
    topologySpreadConstraints: [aConstraint({ matchLabelKeys: [hash, 'track'] })],
    ...required({
      matchExpressions: [{ key: 'pool', operator: 'NotIn', values: ['y'] }],
      matchFields: [{ key: 'metadata.name', operator: 'NotIn', values: ['n3'] }],
    }),
  },
  { topologySpreadConstraints: [aConstraint({ labelSelector: aSelector() })] },
  { topologySpreadConstraints: [aConstraint({ labelSelector: aSelector(), matchLabelKeys: ['track'] })] },
  { topologySpreadConstraints: [aConstraint({ labelSelector: null })] },
  { topologySpreadConstraints: [aConstraint({ labelSelector: aSelector({}, ['app', 'In', 'web', 'db']) })] },
  { topologySpreadConstraints: [aConstraint({ labelSelector: aSelector({}, ['track', 'DoesNotExist']) })] },
  { topologySpreadConstraints: [aConstraint({ labelSelector: aSelector({ app: 'web' }, ['track', 'NotIn', 'b']) })] },
  { topologySpreadConstraints: [aConstraint({ labelSelector: aSelector({}, ['app', 'Exists']) })] },
].map((parts) => aPodSpec(parts))

function randomNode(random: Random, name: string): Node {
  const labels: Record<string, string> = {}
  if (!random.oneIn(6)) labels[zone] = random.pick(['a', 'b', 'c'])
  if (random.oneIn(2)) labels.rack = random.pick(['r1', 'r2', 'r3', 'r4'])
  if (random.oneIn(2)) labels.pool = random.pick(['x', 'y'])
  if (random.oneIn(2)) labels.cores = random.pick(['4', '8', '16', '32'])
  const taints = random.oneIn(3) ? [aTaint('gpu', random.pick(['NoSchedule', 'NoExecute', 'PreferNoSchedule']))] : []
  return aNode(name, { labels, taints })
}

function randomPod(random: Random, uid: string): PlacedPod {
  const labels: Record<string, string> = { [hash]: random.pick(['old', 'new']) }
  if (!random.oneIn(8)) labels.app = random.pick(['web', 'db'])
  if (random.oneIn(3)) labels.track = random.pick(['a', 'b'])
  const pod = aPod({
    uid,
    name: uid,
    namespace: random.pick(['shop', 'shop', 'bank']),
    labels,
    spec: random.pick(templates),
    nodeName: random.oneIn(5) ? '' : `n${random.below(9)}`,
    phase: random.pick(['Running', 'Running', 'Running', 'Pending', 'Succeeded', 'Failed']),
    deletedAt: random.oneIn(8) ? 1 : null,
  })
  return { pod, workload: { kind: 'Deployment', name: random.pick(['one', 'two']) } }
}

function results(groups: SpreadGroups): NaiveResult[] {
  return [...groups.ids()].map((id) => {
    const result = groups.result(id)
    assert.ok(result)
    const summary = groups.summary(id)
    assert.deepEqual([summary?.skew, summary?.violated], [result.skew, result.violated])
    const { id: _, ...rest } = result
    return rest
  })
}

/** Groups have no order, and the naive count knows no ids. */
function comparable(all: readonly NaiveResult[]): string[] {
  return all.map((result) => JSON.stringify(Object.entries(result).sort())).sort()
}

const seeds = Array.from({ length: 16 }, (_, index) => index + 1)

test('random changes, one at a time, give at every step what a naive count gives', () => {
  for (const seed of seeds) {
    const random = new Random(seed)
    const rules = { emptySelectorMatches: random.oneIn(2), countsExcludedNodes: random.oneIn(2) }
    const groups = new SpreadGroups(rules)
    const nodes = new Map<string, Node>()
    const pods = new Map<string, PlacedPod>()
    const told = new Map<string, string>()
    for (let step = 0; step < 120; step += 1) {
      if (random.oneIn(3)) {
        const name = `n${random.below(8)}`
        const known = nodes.get(name) ?? null
        const next = known && random.oneIn(3) ? null : randomNode(random, name)
        groups.applyNode(known, next && known ? { ...next, uid: known.uid } : next)
        if (next) nodes.set(name, known ? { ...next, uid: known.uid } : next)
        else nodes.delete(name)
      } else {
        const uid = `pod-${random.below(30)}`
        const known = pods.get(uid)
        if (known && random.oneIn(4)) {
          groups.applyPod(known.pod, null, known.workload)
          pods.delete(uid)
        } else {
          const fresh = randomPod(random, uid)
          // A pod stays in its namespace; half of the changes are small ones.
          const kept = known && { ...fresh.pod, namespace: known.pod.namespace }
          const pod = known && random.oneIn(2) ? { ...known.pod, nodeName: fresh.pod.nodeName } : (kept ?? fresh.pod)
          groups.applyPod(known?.pod ?? null, pod, fresh.workload)
          pods.set(uid, { pod, workload: fresh.workload })
        }
      }
      const naive = naiveSpread([...nodes.values()], [...pods.values()], rules)
      assert.deepEqual(comparable(results(groups)), comparable(naive), `seed ${seed}, step ${step}`)
      // Whatever differs from what was told before must be among the changed.
      const changed = groups.takeChanged()
      for (const id of new Set([...told.keys(), ...groups.ids()])) {
        const now = JSON.stringify(groups.result(id))
        if (told.get(id) !== now) assert.ok(changed.has(id), `seed ${seed}, step ${step}: ${id} isn't told of`)
        if (now === 'null') told.delete(id)
        else told.set(id, now)
      }
    }
  }
})

test('in whatever order objects come, the answer is the same', () => {
  for (const seed of seeds) {
    const random = new Random(seed)
    const nodes = Array.from({ length: 8 }, (_, index) => randomNode(random, `n${index}`))
    const pods = Array.from({ length: 40 }, (_, index) => randomPod(random, `pod-${index}`))
    const rules = { emptySelectorMatches: random.oneIn(2), countsExcludedNodes: random.oneIn(2) }
    const naive = comparable(naiveSpread(nodes, pods, rules))
    for (let round = 0; round < 4; round += 1) {
      const groups = new SpreadGroups(rules)
      for (const object of random.shuffled([...nodes, ...pods])) {
        if ('pod' in object) groups.applyPod(null, object.pod, object.workload)
        else groups.applyNode(null, object)
      }
      assert.deepEqual(comparable(results(groups)), naive, `seed ${seed}`)
      for (const object of random.shuffled([...nodes, ...pods])) {
        if ('pod' in object) groups.applyPod(object.pod, null, object.workload)
        else groups.applyNode(object, null)
      }
      assert.equal(groups.size, 0)
    }
  }
})
