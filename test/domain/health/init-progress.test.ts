import assert from 'node:assert/strict'
import { test } from 'node:test'
import { initProgress } from '../../../domain/health/init-progress.ts'
import { done, type MadePod, madePod, running, sidecar, terminated, waiting, well } from './made-pod.ts'

const waits = { state: waiting('PodInitializing') }

const cases: readonly [name: string, pod: MadePod, expected: ReturnType<typeof initProgress>][] = [
  ['no init containers', { main: [waits] }, null],
  ['the kubelet has not reported yet', { init: [{}, {}] }, null],
  [
    'first runs',
    { init: [{ state: running(5) }, waits], main: [waits] },
    { done: 0, total: 2, current: 'i0', state: 'running' },
  ],
  [
    'second waits',
    { init: [{ state: done() }, waits], main: [waits] },
    { done: 1, total: 2, current: 'i1', state: 'waiting' },
  ],
  [
    'failed',
    { init: [{ state: terminated(1, 'Error') }], main: [waits] },
    { done: 0, total: 1, current: 'i0', state: 'failing' },
  ],
  [
    'backs off',
    { init: [{ state: done() }, { state: waiting('CrashLoopBackOff') }, waits], main: [waits] },
    { done: 1, total: 3, current: 'i1', state: 'failing' },
  ],
  ['done', { init: [{ state: done() }], main: [waits] }, null],
  [
    'a sidecar is a step that is done once it has started',
    { init: [sidecar({ state: running(), started: true }), { state: running(5) }], main: [waits] },
    { done: 1, total: 2, current: 'i1', state: 'running' },
  ],
  [
    'a sidecar that has not started holds up the rest',
    { init: [{ state: done() }, sidecar({ state: running(), started: false }), waits], main: [waits] },
    { done: 1, total: 3, current: 'i1', state: 'running' },
  ],
  [
    'a sidecar that fails after initialisation does not undo it',
    { conditions: ['Initialized'], init: [sidecar({ state: waiting('CrashLoopBackOff') })], main: [well()] },
    null,
  ],
  [
    'a new sandbox initialises anew',
    { conditions: ['Initialized'], init: [{ state: running(5) }, waits], main: [waits] },
    { done: 0, total: 2, current: 'i0', state: 'running' },
  ],
  ['ended', { status: { phase: 'Failed' }, init: [{ state: terminated(1, 'Error') }] }, null],
]

for (const [name, made, expected] of cases) {
  test(`init: ${name}`, () => assert.deepEqual(initProgress(madePod(made)), expected))
}

test('init: a failed pod has nothing left to initialise', () => {
  const raw = madePod({
    init: [{ state: terminated(1, 'Error') }],
    status: { phase: 'Failed', initContainerStatuses: [{ name: 'i0', state: terminated(1, 'Error') }] },
  })
  assert.equal(initProgress(raw), null)
})
