import assert from 'node:assert/strict'
import { test } from 'node:test'
import { groupRemembered, ProblemGroups } from '../../../domain/analysis/problem-groups.ts'
import type { Problem } from '../../../domain/health/problem.ts'
import { compareProblemGroups } from '../../../domain/health/problem-order.ts'
import { JudgedCluster } from '../../support/judged-cluster.ts'
import { ago, crashing, now, webPod } from './web-pods.ts'

test('forty replicas with one trouble are one problem', () => {
  const cluster = new JudgedCluster()
  for (let index = 0; index < 40; index += 1) cluster.apply(webPod(`web-${index}`, crashing(3)))
  cluster.apply(webPod('web-40')).settle(now)
  assert.deepEqual(cluster.groups(), ['restart-loop/shop/ReplicaSet/web/exit/3 40/41'])
  const [group] = cluster.analysis.worstGroups(1)
  assert.equal(group?.affects.subjects.length, 40)
  assert.equal(cluster.analysis.problemGroups.counts.get('error'), 1)
  assert.equal(cluster.analysis.problemCounts.get('restart-loop'), 40)
})

test('other causes, workloads and companions are other problems', () => {
  const cluster = new JudgedCluster().apply(
    webPod('web-0', crashing(3)),
    webPod('web-1', crashing(4)),
    webPod('web-2', {
      containerStatuses: [{ name: 'app', restartCount: 0, state: { waiting: { reason: 'ErrImagePull' } } }],
    }),
    webPod('bare', crashing(3), { owner: null }),
    webPod('other-0', crashing(3), { owner: 'other' }),
    webPod('web-3', {}, { sidecar: crashing(3) }),
  )
  assert.deepEqual(cluster.settle(now).groups().sort(), [
    'container-waiting/shop/ReplicaSet/web/image 1/4',
    'restart-loop/shop/Pod/bare/exit/3 1/1',
    'restart-loop/shop/ReplicaSet/other/exit/3 1/1',
    'restart-loop/shop/ReplicaSet/web/exit/3 1/4',
    'restart-loop/shop/ReplicaSet/web/exit/3/native-sidecar 1/4',
    'restart-loop/shop/ReplicaSet/web/exit/4 1/4',
  ])
})

test('replicas of which events tell different things stay one problem', () => {
  const killed = crashing(137)
  const probe = { livenessProbe: { httpGet: { path: '/', port: 80 } } }
  const cluster = new JudgedCluster().apply(
    webPod('web-0', killed, { spec: probe }),
    webPod('web-1', killed, { spec: probe, killedBy: 'liveness' }),
    webPod('web-2', killed, { spec: probe }),
  )
  cluster.apply(...webPod.events.splice(0)).settle(now)
  assert.deepEqual(cluster.groups(), ['restart-loop/shop/ReplicaSet/web/liveness 3/3'])
  const [group] = cluster.analysis.worstGroups(1)
  assert.equal(group?.title, 'Liveness probe restarts container app again and again')
})

test('a group is as old as its trouble, whichever of its pods recover', () => {
  const groups = new ProblemGroups()
  const [first, second] = [problem('a', 100), problem('b', 200)]
  groups.replace(null, first, '')
  groups.replace(null, second, '')
  groups.settle(1_000)
  assert.equal([...groups.order][0]?.since, 100)
  groups.replace(first, null, '')
  groups.settle(2_000)
  assert.equal([...groups.order][0]?.since, 100)
  // All are well for a moment: the same trouble that comes back is the old one.
  groups.replace(second, null, '')
  groups.settle(3_000)
  assert.equal(groups.order.length, 0)
  groups.replace(null, problem('a', 4_000), '')
  groups.settle(4_000)
  assert.equal([...groups.order][0]?.since, 100)
  groups.replace(problem('a', 4_000), null, '')
  groups.settle(5_000)
  const later = 5_000 + groupRemembered
  groups.replace(null, problem('a', later), '')
  groups.settle(later)
  assert.equal([...groups.order][0]?.since, later)
})

test('40,000 problems: counts are exact, a change touches its own group, the worst come first', () => {
  const groups = new ProblemGroups()
  const all: Problem[] = []
  for (let index = 0; index < 40_000; index += 1) {
    const made = problem(`pod-${index}`, index, `w${index % 1_000}`, index % 3 === 0 ? 'warning' : 'error')
    all.push(made)
    groups.replace(null, made, '')
  }
  assert.equal(groups.settle(1_000_000).size, 1_000)
  assert.equal(groups.order.length, 1_000)
  const order = [...groups.order]
  assert.deepEqual([...order].sort(compareProblemGroups), order)
  assert.equal(groups.counts.get('error') + groups.counts.get('warning'), 1_000)
  assert.equal(
    order.reduce((sum, { pods }) => sum + pods, 0),
    40_000,
  )
  const [one] = all
  assert.ok(one)
  groups.replace(one, null, '')
  assert.deepEqual([...groups.settle(1_000_001)], ['restart-loop/shop/Deployment/w0/exit/1'])
  assert.equal(groups.get('restart-loop/shop/Deployment/w0/exit/1')?.pods, 39)
  for (const each of all.slice(1)) groups.replace(each, null, '')
  groups.settle(1_000_002)
  assert.equal(groups.order.length, 0)
  assert.deepEqual(groups.counts.entries(), [])
})

test('evidence, what comes next and advice are those of the mechanism', () => {
  const cluster = new JudgedCluster().apply(webPod('web-0', crashing(3)), webPod('web-1', crashing(3, 100))).settle(now)
  const [group] = cluster.analysis.worstGroups(1)
  assert.ok(group)
  // web-1's back-off of 160 s began 100 s ago, web-0's 30 s ago: the next restart is web-1's.
  assert.deepEqual(group.next, {
    text: 'The kubelet starts container app again when its back-off is over',
    at: Date.parse(ago(100)) + 160_000,
  })
  assert.deepEqual(
    group.evidence.map(({ source, path, at }) => [source, path, at === null ? null : (now - at) / 1_000]),
    [
      ['status', 'Pod web-0: status.containerStatuses[app].lastState.terminated', 30],
      ['status', 'Pod web-0: status.containerStatuses[app].state.waiting', null],
      ['status', 'Pod web-0: status.containerStatuses[app].restartCount', null],
    ],
  )
  assert.equal(group.advice[0]?.command, 'kubectl logs web-0 -n shop -c app --previous --tail=100')
  assert.equal(group.docs, 'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#container-restarts')
})

function problem(uid: string, since: number, workload = 'web', severity: Problem['severity'] = 'error'): Problem {
  return {
    id: `restart-loop/${uid}/app`,
    kind: 'restart-loop',
    severity,
    subject: { kind: 'Pod', namespace: 'shop', name: uid, uid },
    container: 'app',
    role: 'main',
    workload: { kind: 'Deployment', name: workload },
    cause: 'exit/1',
    since,
    lastSeenAt: since,
    title: 'It crashes',
    detail: '',
  }
}
