import assert from 'node:assert/strict'
import { test } from 'node:test'
import { skewProblem } from '../../../domain/placement/skew-problem.ts'
import type { SpreadGroupResult } from '../../../domain/placement/spread-group.ts'

const zone = 'topology.kubernetes.io/zone'

function result(counts: Record<string, number>, parts: Partial<SpreadGroupResult> = {}): SpreadGroupResult {
  const domains = Object.entries(counts).map(([value, count]) => ({ value, count }))
  const numbers = Object.values(counts)
  const globalMinimum = parts.globalMinimum ?? Math.min(...numbers)
  const skew = Math.max(...numbers) - globalMinimum
  const maxSkew = parts.maxSkew ?? 1
  return {
    id: 'shop/Deployment/web/zone/1',
    namespace: 'shop',
    workload: { kind: 'Deployment', name: 'web' },
    topologyKey: zone,
    maxSkew,
    minDomains: null,
    whenUnsatisfiable: 'DoNotSchedule',
    domains,
    globalMinimum,
    skew,
    violated: skew > maxSkew,
    revision: '',
    pods: 4,
    ...parts,
  }
}

test('a constraint that is kept is no problem', () => {
  assert.equal(skewProblem(result({ a: 2, b: 1 }), 1), null)
})

test('a broken hard constraint is a warning that names the domain and the counts', () => {
  assert.deepEqual(skewProblem(result({ a: 0, b: 4, c: 0 }), 1_000), {
    id: 'skew/shop/Deployment/web/zone/1',
    kind: 'skew-violated',
    severity: 'warning',
    subject: { kind: 'Deployment', namespace: 'shop', name: 'web', uid: '' },
    container: null,
    role: null,
    cause: 'spread/shop/Deployment/web/zone/1',
    lastSeenAt: 1000,
    workload: { kind: 'Deployment', name: 'web' },
    since: 1_000,
    title: `Skew 4 over ${zone} where 1 is allowed: too many pods in b`,
    detail: 'DoNotSchedule, pods per domain: b 4, a 0, c 0. The scheduler never moves pods that run.',
  })
})

test('a broken soft one is only uneven', () => {
  const problem = skewProblem(result({ a: 3, b: 2, c: 0 }, { whenUnsatisfiable: 'ScheduleAnyway' }), 1)
  assert.equal(problem?.kind, 'skew-uneven')
  assert.equal(problem.title, `Skew 3 over ${zone} where 1 is allowed: too many pods in a and 1 more`)
})

test('a minimum that minDomains makes 0 is explained', () => {
  const problem = skewProblem(result({ a: 2, b: 1 }, { minDomains: 3, globalMinimum: 0 }), 1)
  assert.match(
    problem?.detail ?? '',
    /There are 2 eligible domains where minDomains wants 3, so the minimum is taken as 0\./,
  )
})

test('a revision is named', () => {
  assert.match(
    skewProblem(result({ a: 2, b: 0 }, { revision: '5d9' }), 1)?.detail ?? '',
    /Only pods of revision 5d9 count\./,
  )
})

test('of thousands of domains both ends are shown', () => {
  const counts: Record<string, number> = {}
  for (let index = 0; index < 5_000; index += 1) counts[`node-${index}`] = 1 + (index % 3)
  counts['node-77'] = 9
  counts['node-88'] = 0
  const problem = skewProblem(result(counts), 1)
  assert.match(
    problem?.detail ?? '',
    /fullest of 5000 domains: node-77 9, node-2 3, node-5 3; emptiest: node-88 0, node-0 1, node-3 1\./,
  )
})
