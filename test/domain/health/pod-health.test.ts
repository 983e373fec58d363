import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PodContext } from '../../../domain/health/pod-context.ts'
import { podHealth } from '../../../domain/health/pod-health.ts'
import {
  ago,
  context,
  done,
  type MadeContainer,
  type MadePod,
  madeEvent,
  madeNode,
  madePod,
  now,
  running,
  sidecar,
  terminated,
  waiting,
  well,
} from './made-pod.ts'

const ready = ['Initialized', 'Ready', 'ContainersReady', 'PodScheduled']
const notReady = (seconds: number): NonNullable<MadePod['conditions']> => [
  'Initialized',
  ['Ready', 'False', seconds, 'ContainersNotReady', 'containers with unready status: [m0]'],
  ['ContainersReady', 'False', seconds, 'ContainersNotReady', 'containers with unready status: [m0]'],
  'PodScheduled',
]
const http = { httpGet: { path: '/ready', port: 8080 } }
const withReadiness = (more: MadeContainer): MadeContainer => ({
  spec: { readinessProbe: http },
  started: true,
  ...more,
})
const pending = (seconds: number, reason = 'Unschedulable', message = '0/3 nodes are available.'): MadePod => ({
  metadata: { creationTimestamp: ago(seconds) },
  spec: { nodeName: '' },
  status: { phase: 'Pending', startTime: null },
  conditions: [['PodScheduled', 'False', seconds, reason, message]],
})
const crashLoop: MadeContainer = {
  state: waiting('CrashLoopBackOff', 'back-off 40s restarting failed container=m0'),
  restartCount: 3,
  lastState: terminated(1, 'Error', 10),
}
const young = (seconds: number) => ({
  metadata: { creationTimestamp: ago(seconds) },
  status: { startTime: ago(seconds) },
})
const wait = { state: waiting('PodInitializing') }

interface Case {
  readonly pod: MadePod
  readonly context?: Partial<PodContext>
  readonly severity: string
  /** "kind severity container since-in-seconds-ago" of each problem. */
  readonly problems?: readonly string[]
  /** Seconds from now. */
  readonly recheck?: number | null
}

const cases: Readonly<Record<string, Case>> = {
  'running and ready': { pod: { main: [well()], conditions: ready }, severity: 'ok', recheck: null },
  'a finished Job pod': {
    pod: { status: { phase: 'Succeeded', containerStatuses: [{ name: 'm0', state: done(), restartCount: 0 }] } },
    severity: 'ok',
  },
  'a young pod whose container is being created': {
    pod: {
      ...young(20),
      status: { phase: 'Pending', startTime: ago(20) },
      main: [{ state: waiting('ContainerCreating') }],
      conditions: [['PodScheduled', 'True', 20]],
    },
    severity: 'progress',
    recheck: 280,
  },
  'being created for six minutes': {
    pod: {
      main: [{ state: waiting('ContainerCreating') }, { state: waiting('ContainerCreating') }],
      conditions: [['PodScheduled', 'True', 360]],
    },
    severity: 'warning',
    problems: ['container-waiting warning m0 360'],
  },
  'a mount fails for two minutes': {
    pod: { main: [{ state: waiting('ContainerCreating') }], conditions: [['PodScheduled', 'True', 120]] },
    context: {
      events: [madeEvent('FailedMount', 'MountVolume.SetUp failed: secret "x" not found', 110, 5, { container: null })],
    },
    severity: 'warning',
    problems: ['container-waiting warning m0 120'],
  },
  'the kubelet has said nothing for six minutes': {
    pod: { status: { phase: 'Pending', startTime: null }, conditions: [['PodScheduled', 'True', 360]] },
    severity: 'warning',
    problems: ['container-waiting warning m0 360'],
  },
  'crash loop: one problem, and not also "not ready"': {
    pod: { main: [withReadiness(crashLoop)], conditions: notReady(3_000) },
    severity: 'error',
    problems: ['restart-loop error m0 15'],
  },
  'a loop in which the container runs and is ready at the moment': {
    pod: {
      main: [well({ state: running(60), restartCount: 3, lastState: terminated(1, 'Error', 70) })],
      conditions: ready,
    },
    severity: 'error',
    problems: ['restart-loop error m0 75'],
    recheck: 540,
  },
  'two containers fail: two problems': {
    pod: {
      main: [crashLoop, { state: waiting('ImagePullBackOff', 'Back-off pulling image "x"') }],
      conditions: notReady(300),
    },
    severity: 'error',
    problems: ['restart-loop error m0 15', 'container-waiting error m1 7000'],
  },
  'one crash only': {
    pod: {
      main: [well({ state: running(10), restartCount: 1, lastState: terminated(1, 'Error', 11) })],
      conditions: ready,
    },
    severity: 'ok',
  },
  'configuration missing': {
    pod: {
      main: [{ state: waiting('CreateContainerConfigError', 'configmap "not-there" not found') }],
      conditions: notReady(90),
    },
    severity: 'error',
    problems: ['container-waiting error m0 7000'],
  },
  'readiness lost a moment ago': {
    pod: { main: [withReadiness({ state: running(3_000) })], conditions: notReady(40) },
    severity: 'warning',
    problems: ['probe-failing warning m0 40'],
    recheck: 260,
  },
  'readiness lost for long': {
    pod: { main: [withReadiness({ state: running(3_000) })], conditions: notReady(400) },
    severity: 'error',
    problems: ['probe-failing error m0 400'],
  },
  'never ready, but it has just started': {
    pod: { main: [withReadiness({ state: running(10) })], conditions: notReady(12) },
    severity: 'progress',
    recheck: 21,
  },
  'never ready for a minute': {
    pod: { main: [withReadiness({ state: running(60) })], conditions: notReady(62) },
    severity: 'warning',
    problems: ['probe-failing warning m0 60'],
  },
  'startup probe within its budget': {
    pod: {
      main: [
        {
          spec: { startupProbe: { ...http, failureThreshold: 30 }, readinessProbe: http },
          state: running(200),
          started: false,
        },
      ],
      conditions: notReady(200),
    },
    context: { events: [madeEvent('Unhealthy', 'Startup probe failed: connection refused', 190, 5)] },
    severity: 'progress',
  },
  'liveness fails but has not killed yet': {
    pod: { main: [{ ...well(), spec: { livenessProbe: http } }], conditions: ready },
    context: { events: [madeEvent('Unhealthy', 'Liveness probe failed: 500', 7, 4)] },
    severity: 'warning',
    problems: ['probe-failing warning m0 7'],
    recheck: 17,
  },
  'liveness failed in the past': {
    pod: { main: [{ ...well(), spec: { livenessProbe: http } }], conditions: ready },
    context: { events: [madeEvent('Unhealthy', 'Liveness probe failed: 500', 70, 60)] },
    severity: 'ok',
  },
  'init container runs': {
    pod: {
      ...young(30),
      status: { phase: 'Pending', startTime: ago(30) },
      init: [{ state: running(20) }],
      main: [wait],
    },
    severity: 'progress',
    recheck: 280,
  },
  'init container runs for ten minutes': {
    pod: { status: { phase: 'Pending' }, init: [{ state: done() }, { state: running(600) }], main: [wait] },
    severity: 'warning',
    problems: ['init-stuck warning i1 600'],
  },
  'init container failed once': {
    pod: { status: { phase: 'Pending' }, init: [{ state: terminated(7, 'Error', 2) }], main: [wait] },
    severity: 'warning',
    problems: ['init-failing warning i0 2'],
  },
  'init container fails again and again': {
    pod: {
      status: { phase: 'Pending' },
      init: [
        { state: done() },
        { state: waiting('CrashLoopBackOff'), restartCount: 4, lastState: terminated(7, 'Error', 30) },
        wait,
      ],
      main: [wait],
    },
    severity: 'error',
    problems: ['init-failing error i1 35'],
  },
  'init container’s image is missing': {
    pod: { status: { phase: 'Pending' }, init: [{ state: waiting('ErrImagePull', 'not found') }], main: [wait] },
    severity: 'error',
    problems: ['init-failing error i0 7200'],
  },
  'sidecar crashes in an initialised pod, and so does a container': {
    pod: { init: [sidecar(crashLoop)], main: [crashLoop], conditions: notReady(90) },
    severity: 'error',
    problems: ['restart-loop error i0 15', 'restart-loop error m0 15'],
  },
  unschedulable: { pod: pending(20), severity: 'warning', problems: ['pod-pending warning - 20'], recheck: 280 },
  'unschedulable for long': { pod: pending(400), severity: 'error', problems: ['pod-pending error - 400'] },
  'no scheduler looks at it': {
    pod: { ...pending(90), conditions: [] },
    severity: 'warning',
    problems: ['pod-pending warning - 90'],
    recheck: 210,
  },
  'just made': { pod: { ...pending(3), conditions: [] }, severity: 'progress', recheck: 57 },
  'scheduling gates': {
    pod: pending(4_000, 'SchedulingGated', 'Scheduling is blocked'),
    severity: 'progress',
    recheck: null,
  },
  evicted: {
    pod: {
      status: { phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource: memory.' },
      conditions: [['DisruptionTarget', 'True', 50, 'TerminationByKubelet']],
    },
    severity: 'error',
    problems: ['pod-failed error - 50'],
  },
  'failed pod of a Job': {
    pod: {
      metadata: {
        ownerReferences: [{ apiVersion: 'batch/v1', kind: 'Job', name: 'import', uid: 'uid-job', controller: true }],
      },
      status: {
        phase: 'Failed',
        containerStatuses: [{ name: 'm0', state: terminated(2, 'Error', 600), restartCount: 0 }],
      },
    },
    context: { workload: { kind: 'Job', name: 'import' } },
    severity: 'warning',
    problems: ['pod-failed warning - 600'],
  },
  'being deleted': {
    pod: { metadata: { deletionTimestamp: ago(-20) }, main: [crashLoop] },
    severity: 'progress',
    recheck: 50,
  },
  'deleted but still there': {
    pod: { metadata: { deletionTimestamp: ago(31) }, main: [well()], conditions: ready },
    severity: 'warning',
    problems: ['pod-terminating-stuck warning - 31'],
  },
  'a finalizer holds a pod that has ended': {
    pod: { metadata: { deletionTimestamp: ago(100) }, status: { phase: 'Succeeded' } },
    severity: 'warning',
    problems: ['pod-terminating-stuck warning - 100'],
  },
  'node not heard: only that is told': {
    pod: { main: [crashLoop], conditions: notReady(60) },
    context: {
      node: madeNode({
        conditions: [
          {
            type: 'Ready',
            status: 'Unknown',
            reason: 'NodeStatusUnknown',
            message: 'Kubelet stopped posting node status.',
            lastTransitionTime: ago(60),
          },
        ],
      }),
    },
    severity: 'warning',
    problems: ['pod-not-ready warning - 60'],
  },
  'node not ready, but its kubelet reports: the container’s failure is told': {
    pod: { main: [crashLoop], conditions: notReady(60) },
    context: { node: madeNode({ conditions: [{ type: 'Ready', status: 'False', lastTransitionTime: ago(60) }] }) },
    severity: 'error',
    problems: ['restart-loop error m0 15'],
  },
  'node not ready under a pod that is well': {
    pod: { main: [well()], conditions: notReady(60) },
    context: {
      node: madeNode({
        conditions: [{ type: 'Ready', status: 'False', reason: 'KubeletNotReady', lastTransitionTime: ago(65) }],
      }),
    },
    severity: 'warning',
    problems: ['pod-not-ready warning - 65'],
  },
  'a pod on a node that is just starting': {
    pod: { ...young(10), conditions: [['PodScheduled', 'True', 10]] },
    context: {
      node: madeNode(
        { conditions: [{ type: 'Ready', status: 'False', reason: 'KubeletNotReady', lastTransitionTime: ago(20) }] },
        { metadata: { uid: 'uid-node', name: 'node-1', creationTimestamp: ago(20) } },
      ),
    },
    severity: 'progress',
    recheck: 40,
  },
  'node lost': {
    pod: {
      status: { reason: 'NodeLost', message: 'Node node-1 which was running pod pod-1 is unresponsive' },
      conditions: [['Ready', 'False', 400]],
    },
    context: { node: null },
    severity: 'warning',
    problems: ['pod-not-ready warning - 400'],
  },
  'readiness gates': {
    pod: {
      main: [well()],
      conditions: [
        'ContainersReady',
        [
          'Ready',
          'False',
          90,
          'ReadinessGatesNotReady',
          'corresponding condition of pod readiness gate "x" does not exist.',
        ],
      ],
    },
    severity: 'warning',
    problems: ['pod-not-ready warning - 90'],
  },
  'readiness gates, just started': {
    pod: { main: [well()], conditions: ['ContainersReady', ['Ready', 'False', 20, 'ReadinessGatesNotReady']] },
    severity: 'progress',
    recheck: 40,
  },
  'a container of a Job has done its work, another runs': {
    pod: { spec: { restartPolicy: 'OnFailure' }, main: [{ state: done() }, well()], conditions: notReady(6_000) },
    severity: 'progress',
  },
  'a container failed for good while another runs': {
    pod: {
      spec: { restartPolicy: 'Never' },
      main: [{ state: terminated(1, 'Error', 60) }, well()],
      conditions: notReady(60),
    },
    severity: 'warning',
    problems: ['pod-not-ready warning m0 60'],
  },
}

for (const [name, { pod, context: more, severity, problems = [], recheck }] of Object.entries(cases)) {
  test(`${name}: ${severity}`, () => {
    const health = podHealth(madePod(pod), context(more), now)
    assert.deepEqual(
      health.problems.map(
        (each) => `${each.kind} ${each.severity} ${each.container ?? '-'} ${(now - each.since) / 1_000}`,
      ),
      problems,
    )
    assert.equal(health.severity, severity)
    if (recheck !== undefined) assert.equal(health.recheckAt, recheck === null ? null : now + recheck * 1_000)
    for (const each of health.problems) {
      assert.match(each.title, /\S/)
      assert.match(each.detail, /[.!?…]$/, each.detail)
    }
  })
}

test('at the instant of the recheck the answer is another, and not a millisecond before', () => {
  const changing = Object.entries(cases).filter(([, { recheck }]) => recheck)
  assert.ok(changing.length > 8)
  for (const [name, { pod, context: more, recheck = 0 }] of changing) {
    const answer = (at: number) => {
      const { recheckAt: _, ...health } = podHealth(madePod(pod), context(more), at)
      return JSON.stringify(health)
    }
    const at = now + (recheck ?? 0) * 1_000
    assert.equal(answer(at - 1), answer(now), name)
    assert.notEqual(answer(at), answer(now), name)
  }
})

test('titles and details speak in Kubernetes’ own words', () => {
  const told = (pod: MadePod, more?: Partial<PodContext>) => {
    const [problem] = podHealth(madePod(pod), context(more), now).problems
    return [problem?.title, problem?.detail]
  }
  assert.deepEqual(told(pending(20, 'Unschedulable', '0/3 nodes are available: 3 Insufficient cpu.')), [
    'No node can take this pod',
    '0/3 nodes are available: 3 Insufficient cpu.',
  ])
  assert.deepEqual(
    told(
      { main: [{ ...crashLoop, lastState: terminated(137, 'Error', 10, 30) }] },
      { events: [madeEvent('Killing', 'Container m0 failed liveness probe, will be restarted', 12)] },
    ),
    [
      'Liveness probe restarts container m0 again and again',
      '3 restarts. The last run ended with exit code 137 (SIGKILL). back-off 40s restarting failed container=m0.',
    ],
  )
  assert.deepEqual(
    told(
      { main: [{ state: waiting('ImagePullBackOff', 'Back-off pulling image "localhost/no:404"') }] },
      { events: [madeEvent('Failed', 'Failed to pull image "localhost/no:404": not found', 60, 30)] },
    ),
    ['Container m0 can’t start: its image can’t be pulled', 'Failed to pull image "localhost/no:404": not found.'],
  )
})
