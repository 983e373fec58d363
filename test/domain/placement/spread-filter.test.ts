import assert from 'node:assert/strict'
import { test } from 'node:test'
import { schedulerRules } from '../../../domain/placement/scheduler-rules.ts'
import { SpreadFilter } from '../../../domain/placement/spread-filter.ts'
import { SpreadGroups } from '../../../domain/placement/spread-groups.ts'
import { spreadHealing } from '../../../domain/placement/spread-healing.ts'
import { aTaint } from '../../support/a-node.ts'
import { aConstraint, aPod, aPodSpec, aSelector, labelsOf } from '../../support/a-pod.ts'
import { aRoomyNode, aSchedulingView, hostname, zone } from '../../support/a-scheduling-view.ts'
import { Random } from '../../support/random.ts'

const workload = { kind: 'Deployment', name: 'web' }

test('a pod’s constraints counted from nothing agree with the groups that are kept up to date', () => {
  for (let seed = 1; seed <= 150; seed += 1) {
    const random = new Random(seed)
    const rules = schedulerRules(random.pick(['v1.20.2', 'v1.30.0', 'v1.38.0']))
    const nodes = Array.from({ length: 2 + random.below(6) }, (_, index) =>
      aRoomyNode(`n${index}`, random.oneIn(8) ? undefined : random.pick(['a', 'b', 'c']), {
        labels: random.oneIn(2) ? { pool: 'x' } : {},
        taints: random.oneIn(4) ? [aTaint('t', 'NoSchedule')] : [],
      }),
    )
    const selectors = [aSelector({ app: 'web' }), aSelector(), aSelector({}, ['app', 'Exists']), null]
    const spec = aPodSpec({
      nodeSelector: labelsOf(random.oneIn(3) ? { pool: 'x' } : {}),
      topologySpreadConstraints: [zone, hostname].slice(0, 1 + random.below(2)).map((topologyKey) =>
        aConstraint({
          topologyKey,
          maxSkew: 1 + random.below(2),
          minDomains: random.oneIn(4) ? 3 : null,
          labelSelector: random.pick(selectors),
          nodeTaintsPolicy: random.oneIn(3) ? 'Honor' : null,
          nodeAffinityPolicy: random.oneIn(4) ? 'Ignore' : null,
        }),
      ),
    })
    const pods = Array.from({ length: random.below(12) }, () =>
      aPod({
        labels: random.pick([{ app: 'web' }, { app: 'db' }, {}]),
        nodeName: random.pick(nodes).name,
        deletedAt: random.oneIn(6) ? 1 : null,
      }),
    )
    const next = aPod({ labels: { app: 'web' }, spec })
    const groups = new SpreadGroups(rules)
    for (const node of nodes) groups.applyNode(null, node)
    for (const pod of [...pods, next]) groups.applyPod(null, pod, workload)
    const filter = new SpreadFilter(next, aSchedulingView([...nodes, ...pods], rules), rules)
    const kept = groups.groupsOfPod(next.uid).flatMap((id) => groups.result(id) ?? [])
    assert.equal(kept.length, filter.constraints.length)
    for (const counted of filter.constraints) {
      const group = kept.find(({ topologyKey }) => topologyKey === counted.constraint.topologyKey)
      const domains = [...counted.counts].map(([value, count]) => ({ value, count }))
      domains.sort((a, b) => (a.value < b.value ? -1 : 1))
      const accepting = domains.filter(({ value }) => counted.accepts(value)).map(({ value }) => value)
      assert.deepEqual(
        [group?.domains, group?.globalMinimum, group?.nextPodDomains],
        [domains, counted.globalMinimum, accepting],
        `seed ${seed}`,
      )
    }
  }
})

test('whether a violation mends itself, and what helps', () => {
  const groups = new SpreadGroups(schedulerRules('v1.34.0'))
  for (const name of ['a', 'b']) groups.applyNode(null, aRoomyNode(name, name))
  const spec = aPodSpec({ topologySpreadConstraints: [aConstraint()] })
  for (let pod = 0; pod < 3; pod += 1) {
    groups.applyPod(null, aPod({ labels: { app: 'web' }, nodeName: 'a', spec }), workload)
  }
  const [group] = [...groups.ids()].flatMap((id) => groups.result(id) ?? [])
  assert.ok(group)
  assert.deepEqual(group.surplus, [{ value: 'a', pods: 2 }])
  const still = spreadHealing(group, { rollout: false, terminating: 0, pending: 0 })
  assert.equal(still.transient, false)
  assert.ok(still.actions.includes('Place all of its pods anew: kubectl rollout restart deployment/web -n default'))
  assert.equal(spreadHealing(group, { rollout: true, terminating: 0, pending: 0 }).transient, true)
  assert.equal(spreadHealing(group, { rollout: false, terminating: 2, pending: 0 }).transient, true)
})
