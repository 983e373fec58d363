import { ago, done, rawEvent, running, terminated, waiting, well } from '../made-pod.ts'
import type { CorpusCase } from './case.ts'
import { backingOff, ended, ready, servedPod, unready } from './served-pod.ts'

/** Crashed and backing off after one such run. */
function crashed(exitCode: number, reason: string, more: Record<string, unknown> = {}) {
  return servedPod({
    conditions: unready('m0', 7_000),
    main: [{ state: backingOff('2m40s'), restartCount: 5, lastState: terminated(exitCode, reason, 60, 5, more) }],
  })
}

const backedOff = '0/1 CrashLoopBackOff 5 (60s ago)'
const loop = 'restart-loop' as const
const codes = 'docs: Pod lifecycle; exit status of wait(2): 128 + n is a signal'

const start = (message: string) => crashed(128, 'StartError', { message, startedAt: '1970-01-01T00:00:00Z' })

/** Why runs end: exit codes, signals, memory, start failures, restart policies. */
export const ends: readonly CorpusCase[] = [
  {
    name: 'exit code 1',
    kubernetes: '1.36',
    pod: crashed(1, 'Error'),
    prints: backedOff,
    causes: { m0: 'exit' },
    problems: [loop],
    source: codes,
  },
  {
    name: 'exit code 2 (Go panic, shell misuse)',
    kubernetes: '1.34',
    pod: crashed(2, 'Error'),
    prints: backedOff,
    causes: { m0: 'exit' },
    problems: [loop],
    source: codes,
  },
  {
    name: 'exit code 3',
    kubernetes: '1.22',
    pod: crashed(3, 'Error'),
    prints: backedOff,
    causes: { m0: 'exit' },
    problems: [loop],
    source: 'captured crasher',
  },
  {
    name: 'exit code 126',
    kubernetes: '1.36',
    pod: crashed(126, 'Error'),
    prints: backedOff,
    causes: { m0: 'executable?' },
    problems: [loop],
    source: 'POSIX sh 2.8.2: found but not executable; a program may exit so by itself',
  },
  {
    name: 'exit code 127',
    kubernetes: '1.36',
    pod: crashed(127, 'Error'),
    prints: backedOff,
    causes: { m0: 'executable?' },
    problems: [loop],
    source: 'POSIX sh 2.8.2: command not found; captured sh-127',
  },
  {
    name: 'exit code 255',
    kubernetes: '1.36',
    pod: crashed(255, 'Error'),
    prints: backedOff,
    causes: { m0: 'exit' },
    problems: [loop],
    source: 'captured exit-255: out of range, no signal',
  },
  {
    name: 'exit code 134, SIGABRT',
    kubernetes: '1.36',
    pod: crashed(134, 'Error'),
    prints: backedOff,
    causes: { m0: 'signal' },
    problems: [loop],
    source: 'signal(7): ABRT is what a program does to itself',
  },
  {
    name: 'exit code 139, SIGSEGV',
    kubernetes: '1.36',
    pod: crashed(139, 'Error'),
    prints: backedOff,
    causes: { m0: 'signal' },
    problems: [loop],
    source: 'signal(7): SEGV is what a program does to itself',
  },
  {
    name: 'exit code 130, SIGINT',
    kubernetes: '1.36',
    pod: crashed(130, 'Error'),
    prints: backedOff,
    causes: { m0: 'signal?' },
    problems: [loop],
    source: 'signal(7): somebody sent it',
  },
  {
    name: 'exit code 137 with no more to go by',
    kubernetes: '1.36',
    pod: crashed(137, 'Error'),
    prints: backedOff,
    causes: { m0: 'signal?' },
    problems: [loop],
    source: 'SIGKILL; only the reason OOMKilled is out of memory (semantics reference F.2)',
  },
  {
    name: 'exit code 143 with no more to go by',
    kubernetes: '1.23',
    pod: crashed(143, 'Error'),
    prints: backedOff,
    causes: { m0: 'signal?' },
    problems: [loop],
    source: 'SIGTERM',
  },
  {
    name: 'exit code 0 under Always',
    kubernetes: '1.36',
    pod: crashed(0, 'Completed'),
    prints: backedOff,
    causes: { m0: 'completed' },
    problems: [loop],
    source: 'kuberuntime_manager.go doBackOff: any exit backs off; captured exit-0-always',
  },
  {
    name: 'signal told beside the exit code',
    kubernetes: '1.20',
    pod: crashed(143, '', { signal: 15 }),
    prints: '0/1 CrashLoopBackOff 5',
    causes: { m0: 'signal?' },
    problems: [loop],
    source: 'core/v1 ContainerStateTerminated.signal (dockershim)',
  },
  {
    name: 'exit code of Windows: access violation',
    kubernetes: '1.33',
    pod: crashed(-1073741819, 'Error'),
    prints: backedOff,
    causes: { m0: 'exit' },
    problems: [loop],
    source: 'NTSTATUS 0xC0000005 as int32: exitCode is an int32 and may be negative',
  },
  {
    name: 'exit code of Windows: large and positive',
    kubernetes: '1.33',
    pod: crashed(1073807364, 'Error'),
    prints: backedOff,
    causes: { m0: 'exit' },
    problems: [loop],
    source: 'DBG_TERMINATE_PROCESS 0x40010004: what Windows containers give when they are stopped',
  },
  {
    name: 'out of memory, backing off',
    kubernetes: '1.36',
    pod: servedPod({
      conditions: unready('m0', 7_000),
      main: [
        {
          state: backingOff('20s'),
          restartCount: 2,
          lastState: terminated(137, 'OOMKilled', 8, 100),
          spec: { resources: { limits: { memory: '64Mi' } } },
        },
      ],
    }),
    prints: '0/1 CrashLoopBackOff 2 (8s ago)',
    causes: { m0: 'oom' },
    problems: [loop],
    source: 'D25; docs: Assign memory resources',
  },
  {
    name: 'out of memory just now',
    kubernetes: '1.31',
    pod: servedPod({ conditions: unready('m0', 1), main: [{ state: terminated(137, 'OOMKilled', 1, 7_000) }] }),
    prints: '0/1 OOMKilled 0',
    causes: { m0: 'oom' },
    problems: [],
    source: 'D25',
  },
  {
    name: 'out of memory beats the liveness probe that failed meanwhile',
    kubernetes: '1.36',
    pod: servedPod({
      conditions: unready('m0', 7_000),
      main: [
        {
          state: backingOff('20s'),
          restartCount: 2,
          lastState: terminated(137, 'OOMKilled', 8, 100),
          spec: { livenessProbe: { httpGet: { port: 80 } } },
        },
      ],
    }),
    events: [
      rawEvent('Unhealthy', 'Liveness probe failed: Get "http://10.1.0.9:80/": context deadline exceeded', 300, 9, {
        count: 4,
      }),
    ],
    prints: '0/1 CrashLoopBackOff 2 (8s ago)',
    causes: { m0: 'oom' },
    probes: { 'm0 liveness': 'not-started' },
    problems: [loop],
    source: 'the runtime’s reason OOMKilled is a fact; failures below the threshold kill nobody (worker.go)',
  },
  {
    name: 'out of memory, exit code 1 (a child was killed)',
    kubernetes: '1.28',
    pod: crashed(1, 'OOMKilled'),
    prints: backedOff,
    causes: { m0: 'oom' },
    problems: [loop],
    source:
      'containerd internal/cri: an OOM event of the container is its reason, whatever the exit code; kubernetes#78973 (child processes)',
  },
  {
    name: 'command not found in $PATH',
    kubernetes: '1.36',
    pod: start(
      'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: exec: "server": executable file not found in $PATH: unknown',
    ),
    prints: backedOff,
    causes: { m0: 'executable' },
    problems: [loop],
    source: 'runc; captured no-command-path',
  },
  {
    name: 'command’s path doesn’t exist',
    kubernetes: '1.33',
    pod: start(
      'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "/no/such/program": stat /no/such/program: no such file or directory: unknown',
    ),
    prints: backedOff,
    causes: { m0: 'executable' },
    problems: [loop],
    source: 'runc; captured no-command',
  },
  {
    name: 'command may not be executed',
    kubernetes: '1.34',
    pod: start(
      'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "/etc/passwd": permission denied: unknown',
    ),
    prints: backedOff,
    causes: { m0: 'executable' },
    problems: [loop],
    source: 'runc: permission denied at execve',
  },
  {
    name: 'command not found, in CRI-O’s and dockershim’s words',
    kubernetes: '1.20',
    pod: crashed(127, 'ContainerCannotRun', {
      message:
        'OCI runtime create failed: container_linux.go:370: starting container process caused: exec: "server": executable file not found in $PATH: unknown',
    }),
    prints: '0/1 CrashLoopBackOff 5',
    causes: { m0: 'executable' },
    problems: [loop],
    source: 'k/k v1.20.2 pkg/kubelet/dockershim/docker_container.go: ContainerCannotRun, 127',
  },
  {
    name: 'start fails for a mount',
    kubernetes: '1.32',
    pod: start(
      'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: error mounting "/a" to rootfs at "/b": mount /a:/b: not a directory: unknown',
    ),
    prints: backedOff,
    causes: { m0: 'start-failed' },
    problems: [loop],
    source: 'containerd StartError, exit code 128',
  },
  {
    name: 'restarted once long ago, well since',
    kubernetes: '1.36',
    pod: servedPod({
      metadata: { creationTimestamp: ago(2_000_000) },
      conditions: ready,
      main: [well({ state: running(432_000), restartCount: 3, lastState: terminated(1, 'Error', 432_000, 90_000) })],
    }),
    prints: '1/1 Running 3 (5d ago)',
    causes: { m0: 'exit' },
    problems: [],
    source: 'printers_test.go TestPrintPod test12',
  },
  {
    name: 'two containers, one restarted ten days ago',
    kubernetes: '1.36',
    pod: servedPod({
      metadata: { creationTimestamp: ago(4_000_000) },
      conditions: ready,
      main: [well(), well({ state: running(864_000), restartCount: 3, lastState: terminated(1, 'Error', 864_000) })],
    }),
    prints: '2/2 Running 3 (10d ago)',
    causes: { m1: 'exit' },
    problems: [],
    source: 'printers_test.go TestPrintPod test13',
  },
  {
    name: 'two containers restarted at different times: the later counts',
    kubernetes: '1.36',
    pod: servedPod({
      metadata: { creationTimestamp: ago(4_000_000) },
      conditions: ready,
      main: [
        well({ state: running(432_000), restartCount: 6, lastState: terminated(1, 'Error', 432_000) }),
        well({ state: running(1_728_000), restartCount: 3, lastState: terminated(0, 'Completed', 1_728_000) }),
      ],
    }),
    prints: '2/2 Running 9 (5d ago)',
    causes: { m0: 'exit', m1: 'completed' },
    problems: [],
    source: 'printers_test.go TestPrintPod test14',
  },
  {
    name: 'one of two crashes',
    kubernetes: '1.36',
    pod: servedPod({
      conditions: unready('m1', 300),
      main: [well(), { state: backingOff('40s', 'm1'), restartCount: 3, lastState: terminated(4, 'Error', 15) }],
    }),
    prints: '1/2 CrashLoopBackOff 3 (15s ago)',
    causes: { m1: 'exit' },
    problems: [loop],
    source: 'captured two-one-crashes',
  },
  {
    name: 'crashed just now for the first time, restarted at once',
    kubernetes: '1.36',
    pod: servedPod({
      conditions: ready,
      main: [well({ state: running(4), restartCount: 1, lastState: terminated(1, 'Error', 4, 7_000) })],
    }),
    prints: '1/1 Running 1 (4s ago)',
    causes: { m0: 'exit' },
    problems: [],
    source: 'client-go util/flowcontrol/backoff.go: the first restart doesn’t wait; one end makes no loop',
  },
  {
    name: 'between crashes: runs for a minute, restarted six times',
    kubernetes: '1.36',
    pod: servedPod({
      conditions: ready,
      main: [well({ state: running(60), restartCount: 6, lastState: terminated(1, 'Error', 220, 70) })],
    }),
    prints: '1/1 Running 6 (3m40s ago)',
    causes: { m0: 'exit' },
    problems: [loop],
    source:
      'the back-off is kept until a run took ten minutes (kuberuntime_manager.go doBackOff, client-go flowcontrol)',
  },
  {
    name: 'restarted six times, but well for eleven minutes',
    kubernetes: '1.36',
    pod: servedPod({
      conditions: ready,
      main: [well({ state: running(660), restartCount: 6, lastState: terminated(1, 'Error', 900, 70) })],
    }),
    prints: '1/1 Running 6 (15m ago)',
    causes: { m0: 'exit' },
    problems: [],
    source: 'client-go util/flowcontrol/backoff.go: forgotten after twice the maximum of 300 s',
  },
  {
    name: 'OnFailure: failed and backing off',
    kubernetes: '1.33',
    pod: servedPod({
      spec: { restartPolicy: 'OnFailure' },
      conditions: unready('m0', 7_000),
      main: [{ state: backingOff('10s'), restartCount: 1, lastState: terminated(2, 'Error', 5) }],
    }),
    prints: '0/1 CrashLoopBackOff 1 (5s ago)',
    causes: { m0: 'exit' },
    problems: [loop],
    source: 'captured exit-2-onfailure',
  },
  {
    name: 'Never: one container failed, the other runs on',
    kubernetes: '1.36',
    pod: servedPod({
      spec: { restartPolicy: 'Never' },
      conditions: unready('m0', 600),
      main: [{ state: terminated(1, 'Error', 600) }, well()],
    }),
    prints: '1/2 Error 0',
    causes: { m0: 'exit' },
    problems: ['pod-not-ready'],
    source: 'kubernetes#107713; printers_test.go TestPrintPod test21',
  },
  {
    name: 'Never: the last container failed, the first runs on',
    kubernetes: '1.36',
    pod: servedPod({
      spec: { restartPolicy: 'Never' },
      conditions: unready('m1', 600),
      main: [well(), { state: terminated(1, 'Error', 600) }],
    }),
    prints: '1/2 Error 0',
    causes: { m1: 'exit' },
    problems: ['pod-not-ready'],
    source: 'kubernetes#107713; printers_test.go TestPrintPod test22',
  },
  {
    name: 'three containers: running, failed, completed',
    kubernetes: '1.36',
    pod: servedPod({
      spec: { restartPolicy: 'Never' },
      conditions: unready('m1 m2', 600),
      main: [well(), { state: terminated(1, 'Error', 600) }, { state: done() }],
    }),
    prints: '1/3 Error 0',
    causes: { m1: 'exit', m2: 'completed' },
    problems: ['pod-not-ready'],
    source: 'printers_test.go TestPrintPod test23',
  },
  {
    name: 'pod policy Never, but the container’s is Always',
    kubernetes: '1.35',
    pod: servedPod({
      spec: { restartPolicy: 'Never' },
      conditions: unready('m1', 100),
      main: [
        well(),
        {
          state: backingOff('40s', 'm1'),
          restartCount: 3,
          lastState: terminated(1, 'Error', 12),
          spec: { restartPolicy: 'Always' },
        },
      ],
    }),
    prints: '1/2 CrashLoopBackOff 3 (12s ago)',
    causes: { m1: 'exit' },
    problems: [loop],
    source: 'KEP-5307: the container’s restartPolicy overrides the pod’s',
  },
  {
    name: 'pod policy Always, but the container’s is Never: it stays ended',
    kubernetes: '1.36',
    pod: servedPod({
      conditions: unready('m1', 100),
      main: [well(), { state: terminated(1, 'Error', 100), spec: { restartPolicy: 'Never' } }],
    }),
    prints: '1/2 Error 0',
    causes: { m1: 'exit' },
    problems: ['pod-not-ready'],
    source: 'KEP-5307; k/k ShouldContainerBeRestarted',
  },
  {
    name: 'restart rule takes exit code 42, policy Never',
    kubernetes: '1.35',
    pod: servedPod({
      spec: { restartPolicy: 'Never' },
      conditions: unready('m0', 100),
      main: [
        {
          state: backingOff('20s'),
          restartCount: 2,
          lastState: terminated(42, 'Error', 9),
          spec: {
            restartPolicy: 'Never',
            restartPolicyRules: [{ action: 'Restart', exitCodes: { operator: 'In', values: [42] } }],
          },
        },
      ],
    }),
    prints: '0/1 CrashLoopBackOff 2 (9s ago)',
    causes: { m0: 'exit' },
    problems: [loop],
    source: 'KEP-5307; k8s.io/api core/v1 types.go ContainerRestartRule',
  },
  {
    name: 'restart rule doesn’t match: the pod fails',
    kubernetes: '1.36',
    pod: servedPod({
      spec: { restartPolicy: 'Never' },
      status: { phase: 'Failed' },
      conditions: ended('PodFailed'),
      main: [
        {
          state: terminated(1, 'Error'),
          restartCount: 2,
          lastState: terminated(42, 'Error', 100),
          spec: {
            restartPolicy: 'Never',
            restartPolicyRules: [{ action: 'Restart', exitCodes: { operator: 'In', values: [42] } }],
          },
        },
      ],
    }),
    prints: '0/1 Error 2 (100s ago)',
    causes: { m0: 'exit' },
    problems: ['pod-failed'],
    source: 'KEP-5307',
  },
  {
    name: 'RestartAllContainers under way: a removed container',
    kubernetes: '1.36',
    pod: servedPod({
      conditions: [...unready('m0 m1', 3), ['AllContainersRestarting', 'True', 3, 'RestartAllContainersStarted']],
      main: [
        {
          state: waiting('RestartingAllContainers', 'The container is removed because RestartAllContainers in place'),
          restartCount: 1,
          lastState: {
            terminated: {
              exitCode: 137,
              reason: 'RestartingAllContainers',
              message: 'The container is removed because RestartAllContainers in place',
              startedAt: null,
              finishedAt: null,
            },
          },
        },
        {
          state: terminated(88, 'Error', 3),
          spec: {
            restartPolicy: 'Never',
            restartPolicyRules: [{ action: 'RestartAllContainers', exitCodes: { operator: 'In', values: [88] } }],
          },
        },
      ],
    }),
    prints: '0/2 RestartingAllContainers 1',
    causes: { m0: 'deleted', m1: 'exit' },
    problems: [],
    source: 'KEP-5532; k/k pkg/kubelet/kubelet_pods.go convertToAPIContainerStatuses, status/generate.go',
  },
  {
    name: 'RestartAllContainers done: everything runs again, counts have risen',
    kubernetes: '1.37',
    pod: servedPod({
      conditions: [...ready, ['AllContainersRestarting', 'False', 600]],
      main: [
        well({
          state: running(600),
          restartCount: 1,
          lastState: {
            terminated: {
              exitCode: 137,
              reason: 'RestartingAllContainers',
              message: 'The container is removed because RestartAllContainers in place',
              startedAt: null,
              finishedAt: null,
            },
          },
        }),
      ],
    }),
    prints: '1/1 Running 1',
    causes: { m0: 'deleted' },
    problems: [],
    source: 'KEP-5532; kubelet_pods.go: a removed container isn’t a crash, its 137 is made up',
  },
  {
    name: 'definition changed: killed and started anew',
    kubernetes: '1.30',
    pod: servedPod({
      conditions: ready,
      main: [well({ state: running(50), restartCount: 1, lastState: terminated(137, 'Error', 51, 5_000) })],
    }),
    events: [rawEvent('Killing', 'Container m0 definition changed, will be restarted', 81, 81, { type: 'Normal' })],
    prints: '1/1 Running 1 (51s ago)',
    causes: { m0: 'config' },
    problems: [],
    source: 'kuberuntime_manager.go computePodActions containerChanged',
  },
  {
    name: 'restart rule NotIn matches: started again',
    kubernetes: '1.36',
    pod: servedPod({
      spec: { restartPolicy: 'Never' },
      conditions: unready('m0', 2),
      main: [
        {
          state: terminated(17, 'Error', 2),
          spec: {
            restartPolicy: 'Never',
            restartPolicyRules: [{ action: 'Restart', exitCodes: { operator: 'NotIn', values: [1, 2] } }],
          },
        },
      ],
    }),
    prints: '0/1 Error 0',
    causes: { m0: 'exit' },
    problems: [],
    source: 'KEP-5307; k/k pkg/api/v1/pod/util.go ContainerShouldRestart',
  },
  {
    name: 'back-off at the shorter maximum of its node',
    kubernetes: '1.35',
    pod: servedPod({
      conditions: unready('m0', 7_000),
      main: [{ state: backingOff('30s'), restartCount: 120, lastState: terminated(1, 'Error', 10) }],
    }),
    prints: '0/1 CrashLoopBackOff 120 (10s ago)',
    causes: { m0: 'exit' },
    problems: [loop],
    source: 'KEP-4603 crashLoopBackOff.maxContainerRestartPeriod; kubelet.go newCrashLoopBackOff',
  },
]
