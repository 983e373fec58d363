import assert from 'node:assert/strict'
import { test } from 'node:test'
import { restartLoop, restartLoops } from '../../../domain/health/restart-loop.ts'
import type { ClusterEvent } from '../../../domain/model/cluster-event.ts'
import { ago, type MadePod, madeEvent, madePod, now, running, sidecar, terminated, waiting, well } from './made-pod.ts'

const killed = (probe: string, first: number, last = first) =>
  madeEvent('Killing', `Container m0 failed ${probe} probe, will be restarted`, first, last, { type: 'Normal' })

function loop(made: MadePod, events: readonly ClusterEvent[] = [], at = now) {
  return restartLoop(madePod(made), 'm0', events, at)
}

const crashing = (message = 'back-off 2m40s restarting failed container=m0 pod=pod-1_shop(uid-1)'): MadePod => ({
  main: [{ state: waiting('CrashLoopBackOff', message), restartCount: 5, lastState: terminated(3, 'Error', 100, 2) }],
})

test('CrashLoopBackOff is a loop, and says when the next attempt comes', () => {
  const found = loop(crashing())
  assert.ok(found)
  const { runCause, backOff, ...rest } = found
  assert.equal(runCause.words, 'exit code 3')
  assert.equal(backOff?.waitMs, 160_000)
  assert.deepEqual(rest, {
    container: 'm0',
    type: 'main',
    since: now - 102_000,
    restarts: 5,
    cause: 'exit code 3',
    causeType: 'exit',
    stage: 'back-off',
    nextAttemptAt: now + 60_000,
    overAt: null,
  })
})

test('without a readable back-off nobody knows the next attempt', () => {
  assert.equal(loop(crashing('back off a while'))?.nextAttemptAt, null)
  assert.equal(loop(crashing(''))?.nextAttemptAt, null)
})

test('the first restart is no loop, the second within ten minutes is', () => {
  const after = (restartCount: number) => ({
    main: [well({ state: running(20), restartCount, lastState: terminated(1, 'Error', 21, 30) })],
  })
  assert.equal(loop(after(1)), null)
  assert.equal(loop(after(2))?.restarts, 2)
})

test('a loop stays open until the container has run for ten minutes', () => {
  const runningFor = (seconds: number) => ({
    main: [well({ state: running(seconds), restartCount: 4, lastState: terminated(1, 'Error', seconds + 160, 30) })],
  })
  assert.equal(loop(runningFor(599))?.overAt, now + 1_000)
  assert.equal(loop(runningFor(600)), null)
  assert.notEqual(loop(runningFor(30), [], now), null)
  assert.equal(loop(runningFor(30), [], now + 570_000), null)
})

test('a run of ten minutes and more breaks the chain (the kubelet’s back-off starts anew too)', () => {
  assert.equal(
    loop({ main: [well({ state: running(5), restartCount: 9, lastState: terminated(1, 'Error', 6, 600) })] }),
    null,
  )
})

test('restarts of long ago are no loop', () => {
  assert.equal(
    loop({ main: [well({ state: running(60), restartCount: 2, lastState: terminated(1, 'Error', 5_000, 30) })] }),
    null,
  )
})

test('just ended and about to be restarted: still the loop; ended for good: not', () => {
  const ended = (exitCode: number, restartPolicy: string): MadePod => ({
    spec: { restartPolicy },
    main: [{ state: terminated(exitCode, 'Error', 1, 5), restartCount: 3 }],
  })
  assert.notEqual(loop(ended(1, 'Always')), null)
  assert.notEqual(loop(ended(0, 'Always')), null)
  assert.notEqual(loop(ended(1, 'OnFailure')), null)
  assert.equal(loop(ended(0, 'OnFailure')), null)
  assert.equal(loop(ended(1, 'Never')), null)
})

test('pods that have ended or are being deleted have no loops', () => {
  assert.equal(loop({ ...crashing(), status: { phase: 'Failed', containerStatuses: undefined } }), null)
  assert.equal(loop({ ...crashing(), metadata: { deletionTimestamp: ago(1) } }), null)
})

test('a restart that fails to start is part of the loop; an image that is gone is another trouble', () => {
  const waits = (reason: string): MadePod => ({
    main: [
      {
        state: waiting(reason),
        restartCount: 3,
        lastState: terminated(128, 'StartError', 20, 0, { startedAt: '1970-01-01T00:00:00Z' }),
      },
    ],
  })
  assert.equal(loop(waits('RunContainerError'))?.cause, 'can’t be started')
  assert.equal(loop(waits('ImagePullBackOff')), null)
})

test('init containers and sidecars loop as well, and each is named', () => {
  const pod = madePod({
    init: [
      sidecar({ state: waiting('CrashLoopBackOff'), restartCount: 2, lastState: terminated(137, 'OOMKilled', 5) }),
      { state: waiting('CrashLoopBackOff'), restartCount: 3, lastState: terminated(7, 'Error', 5) },
    ],
    main: [{ state: waiting('PodInitializing') }],
  })
  assert.deepEqual(
    restartLoops(pod, [], now).map(({ container, type, cause }) => [container, type, cause]),
    [
      ['i0', 'sidecar', 'out of memory'],
      ['i1', 'init', 'exit code 7'],
    ],
  )
})

const causes: readonly [name: string, last: Record<string, unknown>, events: readonly ClusterEvent[], cause: string][] =
  [
    ['OOM killed', terminated(137, 'OOMKilled', 100, 20), [], 'out of memory'],
    [
      'killed by the liveness probe',
      terminated(137, 'Error', 100, 40),
      [killed('liveness', 400, 103)],
      'liveness probe',
    ],
    [
      'ended by SIGTERM of the startup probe',
      terminated(143, 'Error', 100, 40),
      [killed('startup', 103)],
      'startup probe',
    ],
    [
      'ends well when the liveness probe kills it',
      terminated(0, 'Completed', 100, 40),
      [killed('liveness', 102)],
      'liveness probe',
    ],
    ['own exit code after the kill', terminated(3, 'Error', 100, 40), [killed('liveness', 102)], 'liveness probe'],
    [
      'the kill’s event is old, but it ends as then',
      terminated(137, 'Error', 100, 40),
      [killed('liveness', 3_000, 900)],
      'liveness probe, most likely',
    ],
    [
      'an old kill says nothing of an exit of its own',
      terminated(3, 'Error', 100, 40),
      [killed('liveness', 3_000, 900)],
      'exit code 3',
    ],
    [
      'only the failed probes were told of',
      terminated(137, 'Error', 100, 40),
      [madeEvent('Unhealthy', 'Startup probe failed: ', 110, 103)],
      'startup probe, most likely',
    ],
    [
      'readiness never restarts anything',
      terminated(137, 'Error', 100, 40),
      [madeEvent('Unhealthy', 'Readiness probe failed: HTTP probe failed with statuscode: 500', 110, 103)],
      'exit code 137 (SIGKILL)',
    ],
    [
      'another container’s kill',
      terminated(1, 'Error', 100, 40),
      [
        madeEvent('Killing', 'Container other failed liveness probe, will be restarted', 103, 103, {
          container: 'other',
        }),
      ],
      'exit code 1',
    ],
    ['ends by itself', terminated(0, 'Completed', 100, 40), [], 'ends by itself (exit code 0)'],
    ['segmentation fault', terminated(139, 'Error', 100, 40), [], 'exit code 139 (SIGSEGV)'],
    ['command not found', terminated(127, 'Error', 100, 40), [], 'exit code 127 (command not found)'],
    ['could not start', terminated(128, 'ContainerCannotRun', 100, 0), [], 'can’t be started'],
    ['lost by the kubelet', terminated(137, 'ContainerStatusUnknown', 100, 0), [], 'lost by the kubelet'],
  ]

for (const [name, lastState, events, cause] of causes) {
  test(`cause: ${name}`, () => {
    const made = { main: [{ state: waiting('CrashLoopBackOff'), restartCount: 4, lastState }] }
    assert.equal(loop(made, events)?.cause, cause)
  })
}

test('a memory limit is named with the cause', () => {
  const made: MadePod = {
    main: [
      {
        spec: { resources: { limits: { memory: '128Mi' } } },
        state: waiting('CrashLoopBackOff'),
        restartCount: 4,
        lastState: terminated(137, 'OOMKilled'),
      },
    ],
  }
  assert.equal(loop(made)?.cause, 'out of memory (limit 128Mi)')
})

test('since is the first event of the loop where one is known, never before the pod', () => {
  const backOff = madeEvent('BackOff', 'Back-off restarting failed container', 2_000, 10)
  assert.equal(loop(crashing(), [backOff])?.since, now - 2_000_000)
  assert.equal(loop({ ...crashing(), metadata: { creationTimestamp: ago(900) } }, [backOff])?.since, now - 900_000)
})
