import { ago, done, rawEvent, running, terminated, waiting, well } from '../made-pod.ts'
import type { CorpusCase } from './case.ts'
import { backingOff, ready, servedPod, unready } from './served-pod.ts'

/** Odd ones: missing fields, huge counts, companions, mirror pods, Windows. */
export const odd: readonly CorpusCase[] = [
  {
    name: 'no status at all',
    kubernetes: '1.36',
    pod: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'bare', namespace: 'shop', uid: 'uid-1', creationTimestamp: ago(5) },
      spec: { containers: [{ name: 'm0', image: 'busybox:1' }] },
    },
    prints: '0/1  0',
    problems: [],
    source: 'printers.go printPod: an empty phase prints as nothing',
  },
  {
    name: 'containers without a state',
    kubernetes: '1.36',
    pod: servedPod({
      status: {
        containerStatuses: [
          { name: 'm0', ready: true, restartCount: 3 },
          { name: 'm1', ready: false, restartCount: 3 },
        ],
      },
      main: [{}, {}],
    }),
    prints: '0/2 Running 6',
    problems: ['container-waiting'],
    source: 'printers_test.go TestPrintPod test4: the ready flag alone doesn’t count',
  },
  {
    name: 'one container has no status yet',
    kubernetes: '1.36',
    pod: servedPod({
      conditions: [
        'PodScheduled',
        'Initialized',
        ['ContainersReady', 'False', 5, 'ContainersNotReady', 'containers with unknown status: [m1]'],
        ['Ready', 'False', 5, 'ContainersNotReady', 'containers with unknown status: [m1]'],
      ],
      main: [well({ restartCount: 3 }), {}],
    }),
    prints: '1/2 Running 3',
    problems: ['container-waiting'],
    source: 'printers_test.go TestPrintPod test1',
  },
  {
    name: 'status.reason that isn’t known',
    kubernetes: '1.36',
    pod: servedPod({
      status: { reason: 'podReason' },
      conditions: unready('m1', 7_000),
      main: [well({ restartCount: 3 }), {}],
    }),
    prints: '1/2 podReason 3',
    problems: ['container-waiting'],
    source: 'printers_test.go TestPrintPod test5',
  },
  {
    name: 'restart count at its largest, restarts of three years',
    kubernetes: '1.36',
    pod: servedPod({
      metadata: { creationTimestamp: '2020-01-01T00:00:00Z' },
      conditions: ready,
      main: [
        well({
          state: running(94_608_000),
          restartCount: 2_147_483_647,
          lastState: terminated(1, 'Error', 94_608_000),
        }),
      ],
    }),
    prints: '1/1 Running 2147483647 (3y ago)',
    causes: { m0: 'exit' },
    problems: [],
    source: 'core/v1 restartCount is an int32; apimachinery pkg/util/duration HumanDuration',
  },
  {
    name: 'age of a restart: two days and three hours',
    kubernetes: '1.36',
    pod: servedPod({
      metadata: { creationTimestamp: ago(999_999) },
      conditions: ready,
      main: [well({ state: running(183_600), restartCount: 1, lastState: terminated(0, 'Completed', 183_600) })],
    }),
    prints: '1/1 Running 1 (2d3h ago)',
    causes: { m0: 'completed' },
    problems: [],
    source: 'apimachinery pkg/util/duration HumanDuration',
  },
  {
    name: 'age of a restart: in the future by a skewed clock',
    kubernetes: '1.36',
    pod: servedPod({
      conditions: ready,
      main: [well({ state: running(0), restartCount: 1, lastState: terminated(1, 'Error', -30, 600) })],
    }),
    prints: '1/1 Running 1 (<invalid> ago)',
    causes: { m0: 'exit' },
    problems: [],
    source: 'apimachinery pkg/util/duration HumanDuration: more than two seconds ahead is <invalid>',
  },
  {
    name: 'last run without times',
    kubernetes: '1.33',
    pod: servedPod({
      conditions: ready,
      main: [
        well({
          restartCount: 2,
          lastState: { terminated: { exitCode: 1, reason: 'Error', startedAt: null, finishedAt: null } },
        }),
      ],
    }),
    prints: '1/1 Running 2',
    causes: { m0: 'exit' },
    problems: [],
    source: 'printers.go: no age without a finishedAt',
  },
  {
    name: 'ephemeral container counts nowhere',
    kubernetes: '1.25',
    pod: servedPod({
      spec: { ephemeralContainers: [{ name: 'debugger', image: 'busybox:1' }] },
      status: {
        ephemeralContainerStatuses: [
          { name: 'debugger', image: 'busybox:1', ready: false, restartCount: 0, state: terminated(137, 'Error') },
        ],
        containerStatuses: [
          { name: 'm0', image: 'busybox:1', ready: true, started: true, restartCount: 0, state: running() },
        ],
      },
      conditions: ready,
    }),
    prints: '1/1 Running 0',
    problems: [],
    source: 'printers.go printPod; docs: Ephemeral containers',
  },
  {
    name: 'ephemeral container can’t pull its image',
    kubernetes: '1.36',
    pod: servedPod({
      spec: { ephemeralContainers: [{ name: 'debugger', image: 'nope:1' }] },
      status: {
        ephemeralContainerStatuses: [
          { name: 'debugger', image: 'nope:1', ready: false, restartCount: 0, state: waiting('ErrImagePull') },
        ],
        containerStatuses: [
          { name: 'm0', image: 'busybox:1', ready: true, started: true, restartCount: 0, state: running() },
        ],
      },
      conditions: ready,
    }),
    prints: '1/1 Running 0',
    problems: [],
    source: 'printers.go printPod; docs: Ephemeral containers',
  },
  {
    name: 'mirror pod of a static pod',
    kubernetes: '1.36',
    pod: servedPod({
      metadata: {
        name: 'etcd-node-1',
        annotations: {
          'kubernetes.io/config.mirror': 'abc',
          'kubernetes.io/config.source': 'file',
          'kubernetes.io/config.hash': 'abc',
        },
        ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name: 'node-1', uid: 'uid-node', controller: true }],
      },
      spec: {
        hostNetwork: true,
        priorityClassName: 'system-node-critical',
        tolerations: [{ operator: 'Exists', effect: 'NoExecute' }],
      },
      conditions: ready,
      main: [
        well({
          restartCount: 1,
          lastState: terminated(255, 'Unknown', 5_000, 900_000),
          spec: {
            livenessProbe: {
              httpGet: { host: '127.0.0.1', port: 2381, path: '/health' },
              failureThreshold: 8,
              initialDelaySeconds: 10,
              timeoutSeconds: 15,
            },
          },
        }),
      ],
    }),
    prints: '1/1 Running 1 (83m ago)',
    causes: { m0: 'lost' },
    probes: { 'm0 liveness': 'passing' },
    problems: [],
    source: 'docs: Static Pods; containerd internal/cri: exit code 255, reason Unknown after a reboot',
  },
  {
    name: 'Windows pod, named port and user',
    kubernetes: '1.34',
    pod: servedPod({
      spec: {
        os: { name: 'windows' },
        nodeSelector: { 'kubernetes.io/os': 'windows' },
        securityContext: { windowsOptions: { runAsUserName: 'ContainerUser' } },
      },
      conditions: ready,
      main: [
        well({ spec: { ports: [{ name: 'http', containerPort: 80 }], readinessProbe: { httpGet: { port: 'http' } } } }),
      ],
    }),
    prints: '1/1 Running 0',
    probes: { 'm0 readiness': 'passing' },
    problems: [],
    source: 'docs: Windows containers in Kubernetes',
  },
  {
    name: 'host process container on Windows crashed with an NTSTATUS',
    kubernetes: '1.36',
    pod: servedPod({
      spec: { os: { name: 'windows' }, hostNetwork: true },
      conditions: unready('m0', 100),
      main: [{ state: backingOff('40s'), restartCount: 3, lastState: terminated(-1073740791, 'Error', 20) }],
    }),
    prints: '0/1 CrashLoopBackOff 3 (20s ago)',
    causes: { m0: 'exit' },
    problems: ['restart-loop'],
    source: 'NTSTATUS 0xC0000409 as int32',
  },
  {
    name: 'waiting without a reason (a runtime that says UNKNOWN)',
    kubernetes: '1.31',
    pod: servedPod({ conditions: unready('m0', 5), main: [{ state: { waiting: {} }, restartCount: 1 }] }),
    prints: '0/1 Running 1',
    problems: [],
    source: 'kubelet_pods.go convertContainerStatus: default is waiting with an empty reason',
  },
  {
    name: 'five containers in five states',
    kubernetes: '1.36',
    pod: servedPod({
      conditions: unready('m0 m2 m3 m4', 500),
      main: [
        { state: running(), started: true, spec: { readinessProbe: { httpGet: { port: 80 } } } },
        well(),
        { state: backingOff('5m0s', 'm2'), restartCount: 30, lastState: terminated(1, 'Error', 100) },
        { state: waiting('ImagePullBackOff', 'Back-off pulling image "x"') },
        { state: terminated(0, 'Completed', 2) },
      ],
    }),
    events: [
      rawEvent('Unhealthy', 'Readiness probe failed: HTTP probe failed with statuscode: 500', 400, 6, { count: 30 }),
    ],
    prints: '1/5 CrashLoopBackOff 30 (100s ago)',
    causes: { m2: 'exit', m3: 'image', m4: 'completed' },
    probes: { 'm0 readiness': 'failing' },
    problems: ['probe-failing', 'restart-loop', 'container-waiting'],
    source: 'D22; printers.go printPod',
  },
  {
    name: 'service mesh: injected proxy not ready, application is',
    kubernetes: '1.36',
    pod: servedPod({
      metadata: {
        annotations: { 'sidecar.istio.io/status': '{"initContainers":["istio-init"],"containers":["istio-proxy"]}' },
      },
      conditions: unready('istio-proxy', 600),
      init: [{ name: 'istio-init', state: done(), ready: true }],
      main: [
        well({ name: 'app' }),
        {
          name: 'istio-proxy',
          state: running(),
          started: true,
          spec: {
            image: 'docker.io/istio/proxyv2:1.20.0',
            readinessProbe: {
              httpGet: { path: '/healthz/ready', port: 15021 },
              initialDelaySeconds: 1,
              periodSeconds: 2,
              failureThreshold: 30,
            },
          },
        },
      ],
    }),
    events: [
      rawEvent('Unhealthy', 'Readiness probe failed: HTTP probe failed with statuscode: 503', 600, 3, {
        count: 30,
        container: 'istio-proxy',
      }),
    ],
    prints: '1/2 Running 0',
    causes: { 'istio-init': 'completed' },
    init: ['done'],
    probes: { 'istio-proxy readiness': 'failing' },
    problems: ['probe-failing'],
    source: 'istio.io docs: pilot-agent readiness; event fieldPath',
  },
  {
    name: 'service mesh with a native sidecar in a finished Job',
    kubernetes: '1.34',
    pod: servedPod({
      metadata: { annotations: { 'sidecar.istio.io/status': '{"initContainers":["istio-proxy"]}' } },
      spec: { restartPolicy: 'Never' },
      status: { phase: 'Succeeded' },
      conditions: [
        'PodScheduled',
        ['Initialized', 'True', 7_000, 'PodCompleted'],
        ['ContainersReady', 'False', 50, 'PodCompleted'],
        ['Ready', 'False', 50, 'PodCompleted'],
      ],
      init: [
        {
          name: 'istio-proxy',
          state: terminated(0, 'Completed', 50, 900),
          started: false,
          spec: { restartPolicy: 'Always' },
        },
      ],
      main: [{ name: 'job', state: terminated(0, 'Completed', 55, 900) }],
    }),
    prints: '0/2 Completed 0',
    causes: { 'istio-proxy': 'completed', job: 'completed' },
    init: ['done'],
    problems: [],
    source: 'KEP-753: sidecars don’t keep a Job from its end',
  },
  {
    name: 'log shipper beside a web server, both well',
    kubernetes: '1.22',
    pod: servedPod({
      spec: { volumes: [{ name: 'logs', emptyDir: {} }] },
      conditions: ready,
      main: [
        well({ name: 'web', spec: { volumeMounts: [{ name: 'logs', mountPath: '/var/log/nginx' }] } }),
        well({ name: 'shipper', spec: { volumeMounts: [{ name: 'logs', mountPath: '/logs', readOnly: true }] } }),
      ],
    }),
    prints: '2/2 Running 0',
    problems: [],
    source: 'docs: Logging architecture, sidecar; captured web-with-sidecar',
  },
  {
    name: 'ambassador crashes, the application runs on',
    kubernetes: '1.28',
    pod: servedPod({
      conditions: unready('cloud-sql-proxy', 100),
      main: [
        well({ name: 'app' }),
        {
          name: 'cloud-sql-proxy',
          state: backingOff('40s', 'cloud-sql-proxy'),
          restartCount: 3,
          lastState: terminated(1, 'Error', 10),
          spec: { image: 'gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.8.0' },
        },
      ],
    }),
    prints: '1/2 CrashLoopBackOff 3 (10s ago)',
    causes: { 'cloud-sql-proxy': 'exit' },
    problems: ['restart-loop'],
    source: 'printers.go printPod',
  },
  {
    name: 'terminated at zero time, reason empty',
    kubernetes: '1.36',
    pod: servedPod({
      conditions: unready('m0', 5),
      main: [{ state: { terminated: { exitCode: 137, startedAt: null, finishedAt: null } } }],
    }),
    prints: '0/1 ExitCode:137 0',
    causes: { m0: 'signal?' },
    problems: [],
    source: 'D24; printers.go printPod',
  },
  {
    name: 'ended by a signal without a reason',
    kubernetes: '1.36',
    pod: servedPod({ conditions: unready('m0', 5), main: [{ state: terminated(143, '', 5, 5, { signal: 15 }) }] }),
    prints: '0/1 Signal:15 0',
    causes: { m0: 'signal?' },
    problems: [],
    source: 'D24; printers.go printPod',
  },
  {
    name: 'completed and running, the pod is ready all the same',
    kubernetes: '1.36',
    pod: servedPod({ conditions: ready, main: [{ state: done() }, well()] }),
    prints: '1/2 Running 0',
    causes: { m0: 'completed' },
    problems: [],
    source: 'D15b; printers_test.go TestPrintPod test6, second case',
  },
]
