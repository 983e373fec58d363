import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Pod } from '../../../domain/model/pod.ts'
import { readClusterObject } from '../../../domain/read/cluster-object.ts'
import { Interner } from '../../../domain/read/interner.ts'
import { ClusterState } from '../../../domain/state/cluster-state.ts'
import { keepTime, timeOf } from '../../../domain/state/kept-time.ts'
import { PackedPod } from '../../../domain/state/packed-pod.ts'
import { PodShapes } from '../../../domain/state/pod-shape.ts'
import { mutilate } from '../read/mutilate.ts'
import { realObjects } from '../read/real-objects.ts'
import { seededRandom } from '../read/seeded-random.ts'

const rawPods = realObjects().filter(({ kind }) => kind === 'Pod')
const read = (raw: unknown) => readClusterObject('Pod', raw, new Interner()) as Pod | null

test('every pod comes out as it went in, to the order of its fields', () => {
  const state = new ClusterState()
  for (const { name, raw } of rawPods) {
    const pod = read(raw)
    assert.ok(pod)
    state.apply(pod)
    assert.deepEqual(state.pod(pod.uid), pod, name)
    assert.equal(JSON.stringify(state.pod(pod.uid)), JSON.stringify(pod), name)
  }
})

test('thousands of damaged pods beside each other don’t lend each other anything', () => {
  const random = seededRandom(3)
  const shapes = new PodShapes()
  const kept: [PackedPod, Pod][] = []
  for (let round = 0; round < 1_500; round += 1) {
    const pod = read(mutilate(rawPods[round % rawPods.length]?.raw, random))
    if (pod) kept.push([new PackedPod(pod, shapes), pod])
  }
  assert.ok(kept.length > 1_000)
  for (const [packed, pod] of kept) assert.deepEqual(packed.unpack(), pod)
})

test('a field that the packing doesn’t know is part of the shape, and so never another pod’s', () => {
  const pod = read(rawPods[0]?.raw)
  assert.ok(pod)
  const withField = (value: number): Pod => ({
    ...pod,
    containerStatuses: pod.containerStatuses.map((status) => ({ ...status, stopSignal: value })),
    conditions: pod.conditions.map((condition) => ({ ...condition, observedGeneration: value })),
  })
  const shapes = new PodShapes()
  const packed = [1, 2, 1].map((value) => new PackedPod(withField(value), shapes))
  assert.deepEqual(
    packed.map((each) => each.unpack()),
    [1, 2, 1].map(withField),
  )
})

test('times are kept to the millisecond', () => {
  for (const time of [
    null,
    0,
    1,
    999,
    1_000,
    -3_600_000,
    -1,
    1_700_000_000_000,
    1_700_000_000_001,
    4_102_444_800_123,
  ]) {
    assert.equal(timeOf(keepTime(time)), time)
  }
})
