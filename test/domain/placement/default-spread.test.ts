import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defaultSelector, parseDefaultSpread, withSelector } from '../../../domain/placement/default-spread.ts'
import { evaluateFit } from '../../../domain/placement/fit-evaluation.ts'
import { parseSelector } from '../../../domain/placement/label-selector.ts'
import { aPod, aSelector, labelsOf } from '../../support/a-pod.ts'
import { aRoomyNode, aSchedulingView, newest, zone } from '../../support/a-scheduling-view.ts'

test('the option: system, none, a list as in the scheduler’s configuration', () => {
  assert.deepEqual(
    parseDefaultSpread('system').constraints.map(({ maxSkew, whenUnsatisfiable }) => [maxSkew, whenUnsatisfiable]),
    [
      [3, 'ScheduleAnyway'],
      [5, 'ScheduleAnyway'],
    ],
  )
  assert.deepEqual(parseDefaultSpread('none').constraints, [])
  const list = [{ maxSkew: 1, topologyKey: zone, whenUnsatisfiable: 'DoNotSchedule' }]
  assert.deepEqual(parseDefaultSpread(JSON.stringify(list)), { source: 'list', constraints: list })
  assert.throws(() => parseDefaultSpread('all'), /neither system nor none/)
  assert.throws(
    () => parseDefaultSpread('[{"maxSkew":0,"topologyKey":"x","whenUnsatisfiable":"DoNotSchedule"}]'),
    /maxSkew/,
  )
  assert.throws(() =>
    parseDefaultSpread('[{"maxSkew":1,"topologyKey":"x","whenUnsatisfiable":"DoNotSchedule","labelSelector":{}}]'),
  )
})

test('which pods count: those of every Service that picks the pod, and of its owner (helper/spread.go DefaultSelector)', () => {
  const labels = labelsOf({ app: 'web', tier: 'front' })
  const counts = (selector: ReturnType<typeof defaultSelector>, other: Record<string, string>) =>
    parseSelector(selector)(labelsOf(other))
  const both = defaultSelector(
    labels,
    [labelsOf({ app: 'web' }), labelsOf({ app: 'x' }), null],
    aSelector({ tier: 'front' }),
  )
  assert.equal(counts(both, { app: 'web', tier: 'front' }), true)
  assert.equal(counts(both, { app: 'web' }), false)
  assert.equal(defaultSelector(labels, [labelsOf({ app: 'x' }), labelsOf()], null), null)
})

test('a hard default binds pods without constraints, and no others', () => {
  const defaults = parseDefaultSpread(`[{"maxSkew":1,"topologyKey":"${zone}","whenUnsatisfiable":"DoNotSchedule"}]`)
  const running = aPod({ labels: { app: 'web' }, nodeName: 'n1' })
  const view = aSchedulingView([aRoomyNode('n1', 'a'), aRoomyNode('n2', 'b'), running], newest, () =>
    withSelector(defaults, aSelector({ app: 'web' })),
  )
  assert.deepEqual(evaluateFit(aPod({ labels: { app: 'web' } }), view, newest).feasible, ['n2'])
})
