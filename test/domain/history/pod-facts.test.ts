import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ContainerRunFact, Fact } from '../../../domain/history/fact.ts'
import { podFacts } from '../../../domain/history/pod-facts.ts'
import { container, instant, noon, podWith, running, terminated, waiting } from './crashing-pod.ts'

const at = noon + 1_000_000

function runs(facts: readonly Fact[]): ContainerRunFact[] {
  return facts.filter((fact) => fact.type === 'container-run')
}

/** "c1#0 0-5 exit 1" for a run of container c1 with restart count 0 that ended in second 5. */
function told(facts: readonly Fact[]): string[] {
  return runs(facts).map(({ identity, attempt, startedAt, end }) => {
    const second = (time: number | null) => (time === null ? '?' : String((time - noon) / 1_000))
    const outcome = end?.outcome ? ` exit ${end.outcome.exitCode}` : ''
    return `${identity}#${attempt} ${second(startedAt)}-${end ? (end.approximate ? '<' : '') + second(end.at) : ''}${outcome}`
  })
}

test('a first run, its end and the next run, one update at a time', () => {
  const starting = podWith([container({ state: waiting('ContainerCreating') })])
  const first = podWith([container({ containerID: 'c0', state: running(0) })])
  const ended = podWith([container({ containerID: 'c0', state: terminated('c0', 0, 5) })])
  const backOff = podWith([
    container({ containerID: 'c0', state: waiting('CrashLoopBackOff'), lastState: terminated('c0', 0, 5) }),
  ])
  const second = podWith([
    container({ containerID: 'c1', restartCount: 1, state: running(15), lastState: terminated('c0', 0, 5) }),
  ])
  assert.deepEqual(told(podFacts(null, starting, at)), [])
  assert.deepEqual(told(podFacts(starting, first, at)), ['c0#0 0-'])
  assert.deepEqual(told(podFacts(first, ended, at)), ['c0#0 0-5 exit 1'])
  assert.deepEqual(told(podFacts(ended, backOff, at)), [])
  assert.deepEqual(told(podFacts(backOff, second, at)), ['c1#1 15-'])
})

test('a run that began and ended between two updates is told whole', () => {
  const before = podWith([
    container({ containerID: 'c1', restartCount: 1, state: running(15), lastState: terminated('c0', 0, 5) }),
  ])
  const after = podWith([
    container({
      containerID: 'c2',
      restartCount: 2,
      state: waiting('CrashLoopBackOff'),
      lastState: terminated('c2', 40, 41),
    }),
  ])
  // c1 ended too, at some instant before c2 began.
  assert.deepEqual(told(podFacts(before, after, at)), ['c2#2 40-41 exit 1', 'c1#1 15-<40'])
})

test('restart counts tell of the runs that nobody saw', () => {
  const before = podWith([
    container({ containerID: 'c1', restartCount: 1, state: running(15), lastState: terminated('c0', 0, 5) }),
  ])
  const after = podWith([
    container({ containerID: 'c7', restartCount: 7, state: running(900), lastState: terminated('c6', 500, 600) }),
  ])
  assert.deepEqual(told(podFacts(before, after, at)), ['c7#7 900-', 'c6#6 500-600 exit 1', 'c1#1 15-<500'])
})

test('a fresh list tells everything that the status still holds, the same each time', () => {
  const pod = podWith([
    container({ containerID: 'c7', restartCount: 7, state: running(900), lastState: terminated('c6', 500, 600) }),
  ])
  assert.deepEqual(told(podFacts(null, pod, at)), ['c7#7 900-', 'c6#6 500-600 exit 1'])
  const again = runs(podFacts(null, pod, at + 5_000)).map((fact) => ({ ...fact, at }))
  assert.deepEqual(again, runs(podFacts(null, pod, at)))
})

test('a container that kubelet lost ends the run that went on, whatever it is called', () => {
  const before = podWith([container({ containerID: 'c0', state: running(0) })])
  const lost = { terminated: { exitCode: 137, reason: 'ContainerStatusUnknown', startedAt: null, finishedAt: null } }
  const after = podWith([container({ restartCount: 1, state: waiting('ContainerCreating'), lastState: lost })])
  const [run] = runs(podFacts(before, after, at))
  assert.equal(run?.identity, 'c0')
  assert.equal(run?.attempt, 0)
  assert.deepEqual(run?.end, {
    at,
    approximate: true,
    outcome: { exitCode: 137, signal: 0, reason: 'ContainerStatusUnknown', message: '' },
  })
  // Seen for the first time so, it can only be named by its restart count.
  assert.deepEqual(told(podFacts(null, after, at)), ['attempt/0#0 ?-<1000 exit 137'])
})

test('a container that never started has no start: the epoch is no instant', () => {
  const pod = podWith([
    container({
      containerID: 'c0',
      state: {
        terminated: {
          containerID: 'c0',
          exitCode: 128,
          reason: 'StartError',
          startedAt: '1970-01-01T00:00:00Z',
          finishedAt: instant(3),
        },
      },
    }),
  ])
  assert.deepEqual(told(podFacts(null, pod, at)), ['c0#0 ?-3 exit 128'])
})

test('a status without container IDs is told apart by its starts', () => {
  const pod = podWith([container({ restartCount: 3, state: running(60), lastState: terminated('', 10, 20) })])
  assert.deepEqual(told(podFacts(null, pod, at)), [
    `started/${noon + 60_000}#3 60-`,
    `started/${noon + 10_000}#2 10-20 exit 1`,
  ])
})

test('a status that vanishes says nothing; a pod that is deleted ends what ran', () => {
  const before = podWith([container({ containerID: 'c0', state: running(0) })])
  assert.deepEqual(told(podFacts(before, podWith([]), at)), [])
  const facts = podFacts(before, null, at)
  assert.deepEqual(told(facts), ['c0#0 0-<1000'])
  assert.deepEqual(facts.at(-1), { type: 'pod-gone', at, pod: { uid: 'pod-uid', namespace: 'default', name: 'web-0' } })
  assert.deepEqual(podFacts(null, null, at), [])
})

test('init containers, sidecars and main containers are told apart', () => {
  const spec = {
    initContainers: [{ name: 'migrate' }, { name: 'proxy', restartPolicy: 'Always' }],
    containers: [{ name: 'app' }],
  }
  const done = terminated('i0', 0, 4, { exitCode: 0, reason: 'Completed' })
  const pod = podWith([container({ containerID: 'c0', ready: true, state: running(9) })], {
    spec,
    status: {
      initContainerStatuses: [
        container({ name: 'migrate', ready: true, containerID: 'i0', state: done }),
        container({ name: 'proxy', ready: true, containerID: 's0', state: running(5) }),
      ],
    },
  })
  const facts = podFacts(null, pod, at)
  assert.deepEqual(
    runs(facts).map(({ container, containerType }) => `${container} ${containerType}`),
    ['migrate init', 'proxy sidecar', 'app main'],
  )
  // An init container is "ready" once it is done, which is no readiness.
  const ready = facts.flatMap((fact) => (fact.type === 'readiness' ? [fact.container] : []))
  assert.deepEqual(ready, ['proxy', 'app'])
})

test('the condition Ready has its own time; a container is ready when it was seen to be', () => {
  const condition = (status: string, second: number) => ({
    conditions: [
      {
        type: 'Ready',
        status,
        lastTransitionTime: instant(second),
        reason: status === 'True' ? '' : 'ContainersNotReady',
      },
    ],
  })
  const before = podWith([container({ containerID: 'c0', state: running(0) })], { status: condition('False', 0) })
  const after = podWith([container({ containerID: 'c0', ready: true, state: running(0) })], {
    status: condition('True', 8),
  })
  const readiness = (facts: readonly Fact[]) =>
    facts.flatMap((fact) =>
      fact.type === 'readiness'
        ? [
            `${fact.container ?? 'pod'} ${fact.ready} ${(fact.changedAt - noon) / 1_000}${fact.approximate ? ' or before' : ''}`,
          ]
        : [],
    )
  assert.deepEqual(readiness(podFacts(before, after, at)), ['pod true 8', 'app true 1000'])
  assert.deepEqual(readiness(podFacts(after, after, at)), [])
  assert.deepEqual(readiness(podFacts(null, after, at)), ['pod true 8', 'app true 1000 or before'])
  // The same status with a later time: it flipped twice in between.
  const flipped = podWith([container({ containerID: 'c0', ready: true, state: running(0) })], {
    status: condition('True', 30),
  })
  assert.deepEqual(readiness(podFacts(after, flipped, at)), ['pod true 30'])
})

test('a pod is told when it is first seen, bound, deleted and finished, and not in between', () => {
  const scheduled = { conditions: [{ type: 'PodScheduled', status: 'True', lastTransitionTime: instant(2) }] }
  const metadata = {
    ownerReferences: [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web', uid: 'o', controller: true }],
  }
  const pending = podWith([], { metadata, status: { phase: 'Pending' } })
  const bound = podWith([], { metadata, spec: { nodeName: 'node-1' }, status: { phase: 'Pending', ...scheduled } })
  const alive = podWith([], { metadata, spec: { nodeName: 'node-1' }, status: { phase: 'Running', ...scheduled } })
  const deleted = podWith([], {
    metadata: { ...metadata, deletionTimestamp: instant(90) },
    spec: { nodeName: 'node-1' },
    status: scheduled,
  })
  const evicted = podWith([], {
    metadata,
    spec: { nodeName: 'node-1' },
    status: { phase: 'Failed', reason: 'Evicted', message: 'low on memory\0' },
  })
  const pods = (facts: readonly Fact[]) => facts.filter((fact) => fact.type === 'pod')
  assert.deepEqual(pods(podFacts(null, pending, at)), [
    {
      type: 'pod',
      at,
      pod: { uid: 'pod-uid', namespace: 'default', name: 'web-0' },
      createdAt: noon - 10_000,
      owner: { kind: 'StatefulSet', name: 'web' },
      node: '',
      boundAt: null,
      deletedAt: null,
      final: null,
      staticUid: '',
    },
  ])
  const [binding] = pods(podFacts(pending, bound, at))
  assert.equal(binding?.node, 'node-1')
  assert.equal(binding?.boundAt, noon + 2_000)
  assert.deepEqual(podFacts(bound, alive, at), [])
  assert.equal(pods(podFacts(alive, deleted, at))[0]?.deletedAt, noon + 90_000)
  const [final] = pods(podFacts(alive, evicted, at))
  assert.equal(final?.final?.reason, 'Evicted')
  assert.equal(final?.final?.message.includes('\0'), false)
})

test('the mirror of a static pod keeps the uid under which its events come', () => {
  const mirror = podWith([], { metadata: { annotations: { 'kubernetes.io/config.mirror': 'a1b2' } } })
  const [fact] = podFacts(null, mirror, at)
  assert.equal(fact?.type === 'pod' && fact.staticUid, 'a1b2')
})
