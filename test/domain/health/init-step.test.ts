import assert from 'node:assert/strict'
import { test } from 'node:test'
import { containerDetails } from '../../../domain/live/container-detail.ts'
import type { InitStepDetail } from '../../../domain/live/protocol.ts'
import { done, type MadePod, madePod, now, running, sidecar, terminated, waiting, well } from './made-pod.ts'

const waits = { state: waiting('PodInitializing') }

/** State, tries and "blocks" of each step, in their order. */
function track(made: MadePod): readonly string[] {
  const details = containerDetails(madePod(made), { node: null, events: [], counters: () => null }, now)
  return details.flatMap(({ name, init }) => (init ? [text(name, init)] : []))
}

const text = (name: string, { state, tries, blocks }: InitStepDetail) =>
  `${name} ${state} ${tries}${blocks ? ' blocks' : ''}`

const cases: readonly [name: string, pod: MadePod, track: readonly string[]][] = [
  ['no init containers', { main: [well()] }, []],
  ['nothing reported yet', { init: [{}, {}] }, ['i0 waiting 0', 'i1 waiting 0']],
  ['the first runs', { init: [{ state: running(5) }, waits], main: [waits] }, ['i0 running 1 blocks', 'i1 waiting 0']],
  [
    'the second runs',
    { init: [{ state: done() }, { state: running(5) }], main: [waits] },
    ['i0 done 1', 'i1 running 1 blocks'],
  ],
  [
    'the second has failed twice and waits',
    {
      init: [
        { state: done() },
        { state: waiting('CrashLoopBackOff'), lastState: terminated(7, 'Error'), restartCount: 1 },
        waits,
      ],
      main: [waits],
    },
    ['i0 done 1', 'i1 failed 2 blocks', 'i2 waiting 0'],
  ],
  [
    'tried again after a failure',
    { init: [{ state: running(5), lastState: terminated(7, 'Error'), restartCount: 3 }], main: [waits] },
    ['i0 running 4 blocks'],
  ],
  [
    'its image can’t be pulled',
    { init: [{ state: waiting('ImagePullBackOff') }], main: [waits] },
    ['i0 failed 0 blocks'],
  ],
  [
    'all done',
    { conditions: ['Initialized'], init: [{ state: done() }, { state: done() }], main: [well()] },
    ['i0 done 1', 'i1 done 1'],
  ],
  [
    'a sidecar that runs along',
    {
      conditions: ['Initialized'],
      init: [sidecar({ state: running(), started: true, ready: true }), { state: done() }],
      main: [well()],
    },
    ['i0 started 1', 'i1 done 1'],
  ],
  [
    'a sidecar that hasn’t started holds up what follows',
    { init: [sidecar({ state: running(5), started: false }), waits], main: [waits] },
    ['i0 running 1 blocks', 'i1 waiting 0'],
  ],
  [
    'a sidecar that has started lets the next go on',
    { init: [sidecar({ state: running(50), started: true }), { state: running(5) }], main: [waits] },
    ['i0 started 1', 'i1 running 1 blocks'],
  ],
  [
    'a sidecar that fails later blocks nothing',
    {
      conditions: ['Initialized'],
      init: [sidecar({ state: waiting('CrashLoopBackOff'), lastState: terminated(1, 'Error'), restartCount: 4 })],
      main: [well()],
    },
    ['i0 failed 5'],
  ],
  [
    'a sidecar whose pod has ended has ended as it should',
    {
      status: { phase: 'Succeeded' },
      init: [sidecar({ state: terminated(137, 'Error', 60, 900) })],
      main: [{ state: terminated(0, 'Completed', 70, 900) }],
    },
    ['i0 done 1'],
  ],
  [
    'failed for good',
    { spec: { restartPolicy: 'Never' }, status: { phase: 'Failed' }, init: [{ state: terminated(1, 'Error') }, waits] },
    ['i0 failed 1', 'i1 waiting 0'],
  ],
]

for (const [name, made, expected] of cases) {
  test(`init track: ${name}`, () => assert.deepEqual(track(made), expected))
}

test('a step’s times are those of its present run, else of its last one', () => {
  const steps = containerDetails(
    madePod({
      init: [
        { state: terminated(0, 'Completed', 60, 20) },
        { state: running(5), lastState: terminated(1, 'Error', 20, 30), restartCount: 1 },
      ],
      main: [waits],
    }),
    { node: null, events: [], counters: () => null },
    now,
  )
  assert.deepEqual(
    steps.slice(0, 2).map(({ init }) => init && [init.startedAt, init.finishedAt]),
    [
      [now - 80_000, now - 60_000],
      [now - 5_000, null],
    ],
  )
})
