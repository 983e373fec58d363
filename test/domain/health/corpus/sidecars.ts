import { ago, done, rawEvent, running, terminated, waiting, well } from '../made-pod.ts'
import type { CorpusCase } from './case.ts'
import { backingOff, ended, initialising, ready, servedPod, sidecarSpec, unready } from './served-pod.ts'

const next = { state: waiting('PodInitializing') }
const pending = { phase: 'Pending' }
const http = (path: string, more: object = {}) => ({ httpGet: { path, port: 15021 }, ...more })
const ofInit = (container: string) => ({
  involvedObject: {
    kind: 'Pod',
    namespace: 'shop',
    name: 'pod-1',
    uid: 'uid-1',
    fieldPath: `spec.initContainers{${container}}`,
  },
})

/** Native sidecars: init containers with restartPolicy Always. */
export const sidecars: readonly CorpusCase[] = [
  {
    name: 'sidecar ready, plain init container runs',
    kubernetes: '1.33',
    pod: servedPod({
      status: pending,
      conditions: initialising('i1', 'm0', 10),
      init: [well({ spec: sidecarSpec }), { state: running(5) }],
      main: [next],
    }),
    prints: '1/2 Init:1/2 0',
    init: ['started', 'running!'],
    problems: [],
    source: 'D10; KEP-753',
  },
  {
    name: 'the same object printed by 1.27, which knows no sidecars',
    kubernetes: '1.27',
    pod: servedPod({
      status: pending,
      conditions: initialising('i0 i1', 'm0', 10),
      init: [{ state: running(10) }, next],
      main: [next],
    }),
    prints: '0/1 Init:0/2 0',
    init: ['running!', 'waiting'],
    problems: [],
    source: 'k/k v1.27.3 drops restartPolicy of init containers: it waits for the end of a companion that never ends',
  },
  {
    name: 'sidecar runs, its startup probe hasn’t passed',
    kubernetes: '1.33',
    pod: servedPod({
      status: pending,
      conditions: initialising('i0', 'i0 m0', 10),
      init: [
        {
          state: running(8),
          started: false,
          spec: { ...sidecarSpec, startupProbe: http('/started', { failureThreshold: 30 }) },
        },
      ],
      main: [next],
    }),
    prints: '0/2 Init:0/1 0',
    init: ['running!'],
    probes: { 'i0 startup': 'not-started' },
    problems: [],
    source: 'D11; computeInitContainerActions: next container only after startup Success',
  },
  {
    name: 'sidecar’s startup probe fails, readiness and liveness are held back',
    kubernetes: '1.36',
    pod: servedPod({
      status: pending,
      conditions: initialising('i0', 'i0 m0', 100),
      init: [
        {
          state: running(95),
          started: false,
          spec: {
            ...sidecarSpec,
            startupProbe: http('/started', { failureThreshold: 30 }),
            readinessProbe: http('/ready'),
            livenessProbe: http('/live'),
          },
        },
      ],
      main: [next],
    }),
    events: [
      rawEvent('Unhealthy', 'Startup probe failed: HTTP probe failed with statuscode: 503', 90, 3, {
        ...ofInit('i0'),
        count: 9,
      }),
    ],
    prints: '0/2 Init:0/1 0',
    init: ['running!'],
    probes: { 'i0 startup': 'failing', 'i0 readiness': 'held-back', 'i0 liveness': 'held-back' },
    problems: [],
    source: 'k/k pkg/kubelet/prober/worker.go doProbe; KEP-753',
  },
  {
    name: 'sidecar and container ready',
    kubernetes: '1.29',
    pod: servedPod({ conditions: ready, init: [well({ spec: sidecarSpec })], main: [well()] }),
    prints: '2/2 Running 0',
    init: ['started'],
    problems: [],
    source: 'D12',
  },
  {
    name: 'sidecar started but not ready: the pod isn’t either',
    kubernetes: '1.36',
    pod: servedPod({
      conditions: unready('i0', 6_900),
      init: [{ state: running(), started: true, spec: { ...sidecarSpec, readinessProbe: http('/ready') } }],
      main: [well()],
    }),
    events: [
      rawEvent('Unhealthy', 'Readiness probe failed: HTTP probe failed with statuscode: 503', 3_500, 9, {
        ...ofInit('i0'),
        count: 37,
      }),
    ],
    prints: '1/2 Running 0',
    init: ['started'],
    probes: { 'i0 readiness': 'failing' },
    problems: ['probe-failing'],
    source: 'KEP-753: readiness of sidecars counts; generate.go GenerateContainersReadyCondition',
  },
  {
    name: 'sidecar crashes in an initialised pod',
    kubernetes: '1.33',
    pod: servedPod({
      conditions: unready('i0', 90),
      init: [
        {
          state: backingOff('1m20s', 'i0'),
          restartCount: 4,
          lastState: terminated(1, 'Error', 70),
          started: false,
          spec: sidecarSpec,
        },
      ],
      main: [well({ restartCount: 1, lastState: terminated(1, 'Error', 900) })],
    }),
    prints: '1/2 Init:CrashLoopBackOff 5 (70s ago)',
    causes: { i0: 'exit', m0: 'exit' },
    init: ['failed'],
    problems: ['restart-loop'],
    source: 'D13; printers.go printPod: the init reason stays when no main container has a reason',
  },
  {
    name: 'sidecar crashes before the container could start',
    kubernetes: '1.34',
    pod: servedPod({
      status: pending,
      conditions: initialising('i0', 'i0 m0', 200),
      init: [
        {
          state: backingOff('40s', 'i0'),
          restartCount: 3,
          lastState: terminated(2, 'Error', 12),
          started: false,
          spec: sidecarSpec,
        },
      ],
      main: [next],
    }),
    prints: '0/2 Init:CrashLoopBackOff 3 (12s ago)',
    causes: { i0: 'exit' },
    init: ['failed!'],
    problems: ['restart-loop'],
    source: 'KEP-753; printers.go printPod',
  },
  {
    name: 'sidecar has just ended, code 0: it is started again',
    kubernetes: '1.36',
    pod: servedPod({
      conditions: unready('i0', 1),
      init: [{ state: terminated(0, 'Completed', 1, 6_000), started: false, spec: sidecarSpec }],
      main: [well()],
    }),
    prints: '1/2 Running 0',
    causes: { i0: 'completed' },
    init: ['failed'],
    problems: [],
    source: 'computeInitContainerActions: a restartable init container that exited is always restarted',
  },
  {
    name: 'liveness probe kills a sidecar, in the words for init containers',
    kubernetes: '1.36',
    pod: servedPod({
      conditions: ready,
      init: [
        well({
          state: running(10),
          restartCount: 3,
          lastState: terminated(137, 'Error', 11, 300),
          spec: { ...sidecarSpec, livenessProbe: http('/live') },
        }),
      ],
      main: [well()],
    }),
    events: [
      rawEvent('Unhealthy', 'Liveness probe failed: HTTP probe failed with statuscode: 500', 1_000, 42, {
        ...ofInit('i0'),
        count: 9,
      }),
      rawEvent('Killing', 'Init container i0 failed liveness probe', 980, 41, {
        ...ofInit('i0'),
        type: 'Normal',
        count: 3,
      }),
    ],
    prints: '2/2 Running 3 (11s ago)',
    causes: { i0: 'liveness' },
    init: ['started'],
    probes: { 'i0 liveness': 'unknown' },
    problems: ['restart-loop'],
    source:
      'k/k pkg/kubelet/kuberuntime/kuberuntime_container.go computeInitContainerActions: message without "will be restarted"',
  },
  {
    name: 'startup probe kills a sidecar again and again',
    kubernetes: '1.31',
    pod: servedPod({
      status: pending,
      conditions: initialising('i0', 'i0 m0', 500),
      init: [
        {
          state: backingOff('20s', 'i0'),
          restartCount: 2,
          lastState: terminated(137, 'Error', 5, 31),
          started: false,
          spec: { ...sidecarSpec, startupProbe: http('/started', { periodSeconds: 10 }) },
        },
      ],
      main: [next],
    }),
    events: [
      rawEvent(
        'Unhealthy',
        'Startup probe failed: Get "http://10.1.0.4:15021/started": dial tcp 10.1.0.4:15021: connect: connection refused',
        100,
        6,
        { ...ofInit('i0'), count: 9 },
      ),
      rawEvent('Killing', 'Init container i0 failed startup probe', 80, 6, {
        ...ofInit('i0'),
        type: 'Normal',
        count: 3,
      }),
    ],
    prints: '0/2 Init:CrashLoopBackOff 2 (5s ago)',
    causes: { i0: 'startup' },
    init: ['failed!'],
    probes: { 'i0 startup': 'not-started' },
    problems: ['restart-loop'],
    source: 'k/k pkg/kubelet/kuberuntime/kuberuntime_container.go computeInitContainerActions',
  },
  {
    name: 'Job: the container is done, the sidecar still stops',
    kubernetes: '1.33',
    pod: servedPod({
      spec: { restartPolicy: 'Never' },
      conditions: unready('m0', 2),
      init: [well({ spec: sidecarSpec })],
      main: [{ state: terminated(0, 'Completed', 2, 60) }],
    }),
    events: [rawEvent('Killing', 'Stopping container i0', 1, 1, { ...ofInit('i0'), type: 'Normal' })],
    prints: '1/2 Completed 0',
    causes: { m0: 'completed' },
    init: ['started'],
    problems: [],
    source: 'KEP-753: sidecars end after the main containers',
  },
  {
    name: 'Job: all done, the sidecar’s SIGKILL doesn’t count',
    kubernetes: '1.33',
    pod: servedPod({
      spec: { restartPolicy: 'Never' },
      status: { phase: 'Succeeded' },
      conditions: ended('PodCompleted'),
      init: [
        {
          state: terminated(137, 'Error', 5, 60),
          restartCount: 3,
          lastState: terminated(1, 'Error', 10),
          started: false,
          spec: sidecarSpec,
        },
        { state: terminated(137, 'Error', 5, 60), started: false, spec: sidecarSpec },
      ],
      main: [{ state: done(), restartCount: 4, lastState: terminated(1, 'Error', 20) }],
    }),
    prints: '0/3 Completed 7 (10s ago)',
    causes: { i0: 'signal?', i1: 'signal?', m0: 'completed' },
    init: ['done', 'done'],
    problems: [],
    source:
      'printers_test.go TestPrintPodWithRestartableInitContainer test3; KEP-753: exit codes of sidecars are ignored',
  },
  {
    name: 'two sidecars, first not started',
    kubernetes: '1.36',
    pod: servedPod({
      status: pending,
      conditions: initialising('i0 i1', 'i0 i1 m0'),
      init: [
        {
          state: running(5),
          started: false,
          restartCount: 3,
          lastState: terminated(1, 'Error', 10),
          spec: { ...sidecarSpec, startupProbe: http('/s') },
        },
        { state: waiting(''), started: false, spec: sidecarSpec },
      ],
      main: [{ state: waiting('') }],
    }),
    prints: '0/3 Init:0/2 3 (10s ago)',
    causes: { i0: 'exit' },
    init: ['running!', 'waiting'],
    probes: { 'i0 startup': 'not-started' },
    problems: ['restart-loop'],
    source: 'printers_test.go TestPrintPodWithRestartableInitContainer, first case',
  },
  {
    name: 'two sidecars, second not started',
    kubernetes: '1.36',
    pod: servedPod({
      status: pending,
      conditions: initialising('i1', 'i0 i1 m0', 8),
      init: [
        {
          state: running(8),
          started: true,
          restartCount: 3,
          lastState: terminated(1, 'Error', 10),
          spec: { ...sidecarSpec, readinessProbe: http('/ready', { initialDelaySeconds: 30 }) },
        },
        { state: running(2), started: false, spec: { ...sidecarSpec, startupProbe: http('/s') } },
      ],
      main: [{ state: waiting('PodInitializing') }],
    }),
    prints: '0/3 Init:1/2 3 (10s ago)',
    causes: { i0: 'exit' },
    init: ['started', 'running!'],
    probes: { 'i0 readiness': 'held-back', 'i1 startup': 'not-started' },
    problems: ['restart-loop'],
    source:
      'printers_test.go TestPrintPodWithRestartableInitContainer, second case; worker.go: nothing before initialDelaySeconds',
  },
  {
    name: 'two sidecars started, restarts of both kinds add up',
    kubernetes: '1.36',
    pod: servedPod({
      conditions: unready('i0 i1'),
      init: [
        {
          state: running(5),
          started: true,
          restartCount: 3,
          lastState: terminated(1, 'Error', 10),
          spec: { ...sidecarSpec, readinessProbe: http('/ready', { initialDelaySeconds: 30 }) },
        },
        { state: running(), started: true, spec: { ...sidecarSpec, readinessProbe: http('/ready') } },
      ],
      main: [well({ restartCount: 4, lastState: terminated(1, 'Error', 20), state: running(15) })],
    }),
    prints: '1/3 Running 7 (10s ago)',
    causes: { i0: 'exit', m0: 'exit' },
    init: ['started', 'started'],
    probes: { 'i0 readiness': 'held-back', 'i1 readiness': 'failing' },
    problems: ['restart-loop', 'probe-failing', 'restart-loop'],
    source: 'printers_test.go TestPrintPodWithRestartableInitContainer test2',
  },
  {
    name: 'sidecar between two plain init containers',
    kubernetes: '1.36',
    pod: servedPod({
      status: pending,
      conditions: initialising('i2', 'm0', 50),
      init: [{ state: done(), ready: true }, well({ spec: sidecarSpec }), { state: running(30) }],
      main: [next],
    }),
    prints: '1/2 Init:2/3 0',
    causes: { i0: 'completed' },
    init: ['done', 'started', 'running!'],
    problems: [],
    source: 'KEP-753: sidecars start in the order of init containers',
  },
  {
    name: 'sidecar’s image can’t be pulled',
    kubernetes: '1.36',
    pod: servedPod({
      status: pending,
      conditions: initialising('i0', 'i0 m0'),
      init: [
        { state: waiting('ErrImagePull', 'failed to resolve image: not found'), started: false, spec: sidecarSpec },
      ],
      main: [next],
    }),
    prints: '0/2 Init:ErrImagePull 0',
    causes: { i0: 'image' },
    init: ['failed!'],
    problems: ['container-waiting'],
    source: 'k/k pkg/kubelet/images/types.go ErrImagePull',
  },
  {
    name: 'postStart hook of a sidecar hangs: not started',
    kubernetes: '1.34',
    pod: servedPod({
      status: pending,
      conditions: initialising('i0', 'i0 m0', 100),
      init: [
        {
          state: waiting('PodInitializing'),
          started: false,
          spec: { ...sidecarSpec, lifecycle: { postStart: { exec: { command: ['wait-ready'] } } } },
        },
      ],
      main: [next],
    }),
    prints: '0/2 Init:0/1 0',
    init: ['waiting!'],
    problems: [],
    source: 'docs: Container lifecycle hooks: the container isn’t Running until postStart is done; KEP-753',
  },
  {
    name: 'OnFailure pod: container failed, sidecar runs, back-off',
    kubernetes: '1.36',
    pod: servedPod({
      spec: { restartPolicy: 'OnFailure' },
      conditions: unready('m0', 20),
      init: [well({ spec: sidecarSpec })],
      main: [{ state: backingOff('20s'), restartCount: 2, lastState: terminated(3, 'Error', 6) }],
    }),
    prints: '1/2 CrashLoopBackOff 2 (6s ago)',
    causes: { m0: 'exit' },
    init: ['started'],
    problems: ['restart-loop'],
    source: 'KEP-753; k/k ShouldContainerBeRestarted',
  },
  {
    name: 'sidecar out of memory, back in service',
    kubernetes: '1.36',
    pod: servedPod({
      metadata: { creationTimestamp: ago(90_000) },
      conditions: ready,
      init: [
        well({
          state: running(3_600),
          restartCount: 1,
          lastState: terminated(137, 'OOMKilled', 3_601, 80_000),
          spec: { ...sidecarSpec, resources: { limits: { memory: '128Mi' } } },
        }),
      ],
      main: [well()],
    }),
    prints: '2/2 Running 1 (60m ago)',
    causes: { i0: 'oom' },
    init: ['started'],
    problems: [],
    source: 'printers.go: restarts of sidecars count once initialised; runtime reason OOMKilled',
  },
]
