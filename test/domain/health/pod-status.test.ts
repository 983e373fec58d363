import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type KubectlDialect, kubectlDialect } from '../../../domain/health/kubectl-dialect.ts'
import { podStatus, restartsText } from '../../../domain/health/pod-status.ts'
import {
  ago,
  done,
  type MadePod,
  madePod,
  newest,
  now,
  oldest,
  running,
  sidecar,
  terminated,
  waiting,
  well,
} from './made-pod.ts'

function printed(made: MadePod, dialect: KubectlDialect): string {
  const status = podStatus(madePod(made), dialect)
  return `${status.ready}/${status.total} ${status.status} ${restartsText(status, dialect, now)}`
}

/** D1 to D27 of the semantics reference, after printPod and its tests in k/k pkg/printers/internalversion. */
const cases: readonly [name: string, pod: MadePod, printed: string, printedBy20?: string][] = [
  ['D1 two containers, running and ready', { main: [well(), well()] }, '2/2 Running 0'],
  ['D2 unscheduled', { spec: { nodeName: '' }, status: { phase: 'Pending' } }, '0/1 Pending 0'],
  [
    'D3 scheduling gates',
    { status: { phase: 'Pending' }, conditions: [['PodScheduled', 'False', 9, 'SchedulingGated']] },
    '0/1 SchedulingGated 0',
    '0/1 Pending 0',
  ],
  [
    'D4 container being created',
    { status: { phase: 'Pending' }, main: [{ state: waiting('ContainerCreating') }] },
    '0/1 ContainerCreating 0',
  ],
  [
    'D5 first of two init containers runs',
    {
      status: { phase: 'Pending' },
      init: [{ state: running(5) }, { state: waiting('PodInitializing') }],
      main: [{ state: waiting('PodInitializing') }],
    },
    '0/1 Init:0/2 0',
  ],
  [
    'D6 second of two init containers waits',
    {
      status: { phase: 'Pending' },
      init: [{ state: done() }, { state: waiting('PodInitializing') }],
      main: [{ state: waiting('PodInitializing') }],
    },
    '0/1 Init:1/2 0',
  ],
  [
    'D7 init container in CrashLoopBackOff',
    {
      init: [{ state: waiting('CrashLoopBackOff'), restartCount: 3, lastState: terminated(1, 'Error', 20) }],
      main: [{ state: waiting('PodInitializing') }],
    },
    '0/1 Init:CrashLoopBackOff 3 (20s ago)',
    '0/1 Init:CrashLoopBackOff 3',
  ],
  ['D8 init container failed', { init: [{ state: terminated(1, 'Error') }] }, '0/1 Init:Error 0'],
  ['D8 init container killed', { init: [{ state: terminated(0x89, '', 5, 5, { signal: 9 }) }] }, '0/1 Init:Signal:9 0'],
  ['D8 init container failed without a reason', { init: [{ state: terminated(3, '') }] }, '0/1 Init:ExitCode:3 0'],
  [
    'D9 init done, container not yet created',
    { init: [{ state: done() }], main: [{ state: waiting('PodInitializing') }] },
    '0/1 PodInitializing 0',
  ],
  [
    'D10 sidecar ready, init container runs',
    {
      init: [sidecar({ state: running(), started: true, ready: true }), { state: running(5) }],
      main: [{ state: waiting('PodInitializing') }],
    },
    '1/2 Init:1/2 0',
    '0/1 Init:0/2 0',
  ],
  [
    'D11 sidecar whose startup probe has not passed',
    { init: [sidecar({ state: running(), started: false })], main: [{ state: waiting('PodInitializing') }] },
    '0/2 Init:0/1 0',
    '0/1 Init:0/1 0',
  ],
  [
    'D12 sidecar and container ready',
    { init: [sidecar({ state: running(), started: true, ready: true })], main: [well()] },
    '2/2 Running 0',
    '0/1 Init:0/1 0',
  ],
  [
    'D13 sidecar crashes in an initialised pod',
    {
      conditions: ['Initialized'],
      init: [sidecar({ state: waiting('CrashLoopBackOff'), restartCount: 4, lastState: terminated(1, 'Error', 90) })],
      main: [well({ restartCount: 1, lastState: terminated(1, 'Error', 900) })],
    },
    '1/2 Init:CrashLoopBackOff 5 (90s ago)',
    '0/1 Init:CrashLoopBackOff 4',
  ],
  ['D14 finished Job pod', { status: { phase: 'Succeeded' }, main: [{ state: done() }] }, '0/1 Completed 0'],
  [
    'D15 first container completed, second runs, pod not ready',
    { main: [{ state: done() }, well()], conditions: [['Ready', 'False', 60]] },
    '1/2 NotReady 0',
  ],
  ['D15b as D15, but the pod is ready', { main: [{ state: done() }, well()], conditions: ['Ready'] }, '1/2 Running 0'],
  [
    'D16 first container completed, second failed (kubernetes#124766)',
    { status: { phase: 'Failed' }, main: [{ state: done() }, { state: terminated(1, 'Error') }] },
    '0/2 Error 0',
    '0/2 Completed 0',
  ],
  [
    'D16b first container failed, second completed',
    { status: { phase: 'Failed' }, main: [{ state: terminated(1, 'Error') }, { state: done() }] },
    '0/2 Error 0',
  ],
  ['D17 being deleted', { metadata: { deletionTimestamp: ago(5) }, main: [well()] }, '1/1 Terminating 0'],
  [
    'D18 being deleted on a lost node',
    { metadata: { deletionTimestamp: ago(5) }, status: { reason: 'NodeLost' }, main: [well()] },
    '1/1 Unknown 0',
  ],
  [
    'D19 ended and held by a finalizer (kubernetes#122038)',
    { metadata: { deletionTimestamp: ago(5) }, status: { phase: 'Succeeded' }, main: [{ state: done() }] },
    '0/1 Completed 0',
    '0/1 Terminating 0',
  ],
  ['D20 evicted', { status: { phase: 'Failed', reason: 'Evicted' } }, '0/1 Evicted 0'],
  [
    'D21 evicted, with a container left over',
    { status: { phase: 'Failed', reason: 'Evicted' }, main: [{ state: terminated(137, 'ContainerStatusUnknown') }] },
    '0/1 ContainerStatusUnknown 0',
  ],
  [
    'D22 the first container’s reason wins',
    { main: [{ state: waiting('CrashLoopBackOff') }, { state: waiting('ImagePullBackOff') }] },
    '0/2 CrashLoopBackOff 0',
  ],
  ['D23 readiness fails', { main: [{ state: running() }] }, '0/1 Running 0'],
  ['D24 ended by a signal', { main: [{ state: terminated(143, '', 5, 5, { signal: 15 }) }] }, '0/1 Signal:15 0'],
  ['D24 ended without reason or signal', { main: [{ state: terminated(137, '') }] }, '0/1 ExitCode:137 0'],
  ['D25 out of memory just now', { main: [{ state: terminated(137, 'OOMKilled') }] }, '0/1 OOMKilled 0'],
  [
    'D25 out of memory, backing off',
    { main: [{ state: waiting('CrashLoopBackOff'), restartCount: 2, lastState: terminated(137, 'OOMKilled', 300) }] },
    '0/1 CrashLoopBackOff 2 (5m ago)',
    '0/1 CrashLoopBackOff 2',
  ],
  [
    'D26 node dead: containers as last heard',
    { main: [well()], conditions: [['Ready', 'False', 60]] },
    '1/1 Running 0',
  ],
  [
    'D27 restarts of init containers are forgotten once initialised',
    {
      init: [{ state: done(), restartCount: 5, lastState: terminated(1, 'Error', 6_950) }],
      main: [well({ restartCount: 2, lastState: terminated(1, 'Error', 12_000) })],
    },
    '1/1 Running 2 (3h20m ago)',
    '1/1 Running 2',
  ],
  [
    'ephemeral containers count nowhere',
    {
      main: [well()],
      status: {
        ephemeralContainerStatuses: [{ name: 'debug', restartCount: 3, state: {}, ready: true }],
        containerStatuses: [{ name: 'm0', ready: true, restartCount: 0, state: running() }],
      },
    },
    '1/1 Running 0',
  ],
  ['no status at all', { status: { phase: undefined, containerStatuses: null } }, '0/1  0'],
]

for (const [name, made, modern, old] of cases) {
  test(`${name}: newest server`, () => assert.equal(printed(made, newest), modern))
  test(`${name}: server 1.20`, () => assert.equal(printed(made, oldest), old ?? modern))
}

test('1.22 to 1.27 print the age of an init container’s restart too, even beside 0', () => {
  const made: MadePod = {
    init: [{ state: done(), restartCount: 1, lastState: terminated(1, 'Error', 6_950) }],
    main: [well()],
  }
  assert.equal(printed(made, kubectlDialect('v1.25.4')), '1/1 Running 0 (115m ago)')
  assert.equal(printed(made, kubectlDialect('v1.28.0')), '1/1 Running 0')
})

test('a version is read from any distribution’s text, and what can’t be read is the newest', () => {
  assert.deepEqual(kubectlDialect('v1.29.3+k3s1'), kubectlDialect('1.29'))
  assert.deepEqual(kubectlDialect('v1.27.11-eks-b9c9ed7'), kubectlDialect('v1.27.0'))
  assert.deepEqual(kubectlDialect('nonsense'), kubectlDialect('v1.99.0'))
  assert.deepEqual(Object.values(kubectlDialect('v1.20.2')), [false, false, false, false, false, false])
  assert.equal(kubectlDialect('v1.30.9').endedIsNotTerminating, false)
  assert.equal(kubectlDialect('v1.31.0').endedIsNotTerminating, true)
  assert.equal(kubectlDialect('v1.34.1').errorOverCompleted, false)
  assert.equal(kubectlDialect('v1.35.0').errorOverCompleted, true)
})
