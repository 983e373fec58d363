import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lastRun, podContainers } from '../../../domain/health/pod-container.ts'
import { containerRunCause, type RunCause } from '../../../domain/health/run-cause.ts'
import type { ClusterEvent } from '../../../domain/model/cluster-event.ts'
import { ago, type MadeContainer, type MadePod, madeEvent, madePod, running, terminated } from './made-pod.ts'

type Json = Record<string, unknown>

/** The cause of the last run of container m0, which took 40 s and ended 100 s ago where not said otherwise. */
function cause(
  last: Json,
  events: readonly ClusterEvent[] = [],
  container: MadeContainer = {},
  pod: MadePod = {},
): RunCause {
  const made = madePod({ ...pod, main: [{ state: running(90), restartCount: 2, lastState: last, ...container }] })
  const [found] = podContainers(made)
  assert.ok(found?.status)
  return containerRunCause(made, found, lastRun(found.status), events)
}

const killing = (message: string, at = 103) => madeEvent('Killing', message, at, at, { type: 'Normal' })
const liveness = 'Container m0 failed liveness probe, will be restarted'
const livenessProbe = { httpGet: { port: 80 } }
const never = { startedAt: '1970-01-01T00:00:00Z' }
const runc =
  'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: '

/** Messages and statuses marked 1.20 were made by a kubelet 1.20 with containerd 1.6. */
const cases: readonly [
  name: string,
  expected: readonly [type: string, words: string, endedBy: string, certain: boolean],
  last: Json,
  events?: readonly ClusterEvent[],
  container?: MadeContainer,
  pod?: MadePod,
][] = [
  ['OOM', ['oom', 'out of memory', 'kernel', true], terminated(137, 'OOMKilled', 100, 40)],
  ['137 isn’t OOM', ['signal', 'exit code 137 (SIGKILL)', 'unknown', false], terminated(137, 'Error', 100, 40)],
  [
    '137 of a container with a memory limit isn’t OOM either',
    ['signal', 'exit code 137 (SIGKILL)', 'unknown', false],
    terminated(137, 'Error', 100, 40),
    [],
    { spec: { resources: { limits: { memory: '64Mi' } } } },
  ],
  [
    '137 of a container with a liveness probe is a suspicion',
    ['signal', 'exit code 137 (SIGKILL), perhaps its liveness probe', 'unknown', false],
    terminated(137, 'Error', 100, 40),
    [],
    { spec: { livenessProbe } },
  ],
  ['liveness', ['liveness', 'liveness probe', 'kubelet', true], terminated(137, 'Error', 100, 40), [killing(liveness)]],
  // 1.20: ended well on SIGTERM, restartPolicy OnFailure.
  [
    'liveness, exit code 0',
    ['liveness', 'liveness probe', 'kubelet', true],
    terminated(0, 'Completed', 100, 40),
    [killing(liveness)],
  ],
  [
    'a kill of the run before says nothing certain of this one',
    ['liveness', 'liveness probe, most likely', 'kubelet', false],
    terminated(137, 'Error', 100, 40),
    [killing(liveness, 300)],
  ],
  [
    'a kill of the run before says nothing of an exit of its own',
    ['exit', 'exit code 1', 'itself', true],
    terminated(1, 'Error', 100, 40),
    [killing(liveness, 300)],
  ],
  [
    'a kill a second before this run began ended the run before',
    ['exit', 'exit code 1', 'itself', true],
    terminated(1, 'Error', 100, 40),
    [killing(liveness, 141)],
  ],
  [
    'startup',
    ['startup', 'startup probe', 'kubelet', true],
    terminated(137, 'Error', 100, 40),
    [killing('Container m0 failed startup probe, will be restarted')],
  ],
  // 1.20: restartPolicy Never, the pod is stopped and the probe not named.
  [
    'liveness under restartPolicy Never',
    ['liveness', 'liveness probe', 'kubelet', true],
    terminated(137, 'Error', 100, 40),
    [killing('Stopping container m0'), madeEvent('Unhealthy', 'Liveness probe failed: ', 110, 104, { count: 2 })],
    {},
    { spec: { restartPolicy: 'Never' } },
  ],
  // 1.20
  [
    'postStart hook',
    ['hook', 'postStart hook failed', 'kubelet', true],
    terminated(137, 'Error', 100, 2),
    [
      madeEvent(
        'FailedPostStartHook',
        'Exec lifecycle hook ([sh -c exit 5]) for Container "m0" in Pod "x" failed - error: command \'sh -c exit 5\' exited with 5: , message: "no\\n"',
        102,
      ),
      killing('FailedPostStartHook', 102),
    ],
  ],
  [
    'postStart hook, newer events lost',
    ['hook', 'postStart hook failed, most likely', 'kubelet', false],
    terminated(137, 'Error', 100, 2),
    [madeEvent('FailedPostStartHook', 'Exec lifecycle hook failed', 900)],
  ],
  [
    'a changed definition',
    ['config', 'its definition was changed', 'user', true],
    terminated(137, 'Error', 100, 40),
    [killing('Container m0 definition changed, will be restarted')],
  ],
  // 1.20
  [
    'no such file',
    ['executable', 'its executable /no/such/file isn’t in the image', 'kubelet', true],
    terminated(128, 'StartError', 100, 0, {
      ...never,
      message: `${runc}exec: "/no/such/file": stat /no/such/file: no such file or directory: unknown`,
    }),
  ],
  [
    'not found in $PATH',
    ['executable', 'its executable nonsense-binary isn’t in the image', 'kubelet', true],
    terminated(128, 'StartError', 100, 0, {
      ...never,
      message: `${runc}exec: "nonsense-binary": executable file not found in $PATH: unknown`,
    }),
  ],
  [
    'a folder',
    ['executable', 'its executable may not be run', 'kubelet', true],
    terminated(128, 'StartError', 100, 0, { ...never, message: `${runc}exec: "/tmp": permission denied: unknown` }),
  ],
  [
    'no such user',
    ['start-failed', 'can’t be started', 'kubelet', true],
    terminated(128, 'StartError', 100, 0, {
      ...never,
      message: `${runc}unable to setup user: unable to find user 0: read /etc/passwd: is a directory: unknown`,
    }),
  ],
  [
    'a mount that isn’t there is no missing executable',
    ['start-failed', 'can’t be started', 'kubelet', true],
    terminated(128, 'StartError', 100, 0, {
      ...never,
      message: `${runc}error mounting "/a" to rootfs at "/b": stat /a: no such file or directory: unknown`,
    }),
  ],
  [
    'dockershim',
    ['executable', 'its executable foo isn’t in the image', 'kubelet', true],
    terminated(127, 'ContainerCannotRun', 100, 0, {
      message:
        'OCI runtime create failed: container_linux.go:345: starting container process caused "exec: \\"foo\\": executable file not found in $PATH": unknown'.replaceAll(
          '\\"',
          '"',
        ),
    }),
  ],
  [
    'another architecture',
    ['executable', 'its executable is for another architecture', 'kubelet', true],
    terminated(128, 'StartError', 100, 0, { message: `${runc}exec /app: exec format error: unknown` }),
  ],
  [
    'command not found, by a shell',
    ['executable', 'exit code 127 (command not found)', 'itself', false],
    terminated(127, 'Error', 100, 40),
  ],
  [
    'not executable, by a shell',
    ['executable', 'exit code 126 (command can’t be executed)', 'itself', false],
    terminated(126, 'Error', 100, 40),
  ],
  ['an exit code of its own', ['exit', 'exit code 3', 'itself', true], terminated(3, 'Error', 100, 40)],
  ['exit code 255', ['exit', 'exit code 255', 'itself', true], terminated(255, 'Error', 100, 40)],
  [
    'ends by itself',
    ['completed', 'ends by itself (exit code 0)', 'itself', true],
    terminated(0, 'Completed', 100, 40),
  ],
  ['a fault of its own', ['signal', 'exit code 139 (SIGSEGV)', 'itself', true], terminated(139, 'Error', 100, 40)],
  ['SIGTERM', ['signal', 'exit code 143 (SIGTERM)', 'unknown', false], terminated(143, 'Error', 100, 40)],
  [
    'a signal without an exit code',
    ['signal', 'exit code 0 (SIGKILL)', 'unknown', false],
    terminated(0, 'Error', 100, 40, { signal: 9 }),
  ],
  ['lost', ['lost', 'lost by the kubelet', 'unknown', true], terminated(137, 'ContainerStatusUnknown', 100, 0)],
  [
    'evicted',
    ['evicted', 'evicted by the kubelet', 'kubelet', true],
    terminated(137, 'Error', 100, 40),
    [],
    {},
    { status: { phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource: memory.' } },
  ],
  [
    'shutdown of the node',
    ['node-shutdown', 'the node shut down', 'node', true],
    terminated(143, 'Error', 100, 40),
    [],
    {},
    {
      status: {
        phase: 'Failed',
        reason: 'Terminated',
        message: 'Pod was terminated in response to imminent node shutdown.',
      },
    },
  ],
  [
    'preempted',
    ['evicted', 'preempted by another pod', 'user', true],
    terminated(143, 'Error', 100, 40),
    [],
    {},
    { conditions: [['DisruptionTarget', 'True', 130, 'PreemptionByScheduler', 'default-scheduler: preempting']] },
  ],
  [
    'a new sandbox',
    ['lost', 'the pod’s sandbox was made anew', 'node', false],
    terminated(137, 'Error', 100, 40),
    [
      madeEvent('SandboxChanged', 'Pod sandbox changed, it will be killed and re-created.', 99, 99, {
        type: 'Normal',
        container: null,
      }),
    ],
  ],
  [
    'deleted',
    ['deleted', 'the pod is being deleted', 'user', true],
    terminated(137, 'Error', 100, 40),
    [killing('Stopping container m0')],
    {},
    { metadata: { deletionTimestamp: ago(80) } },
  ],
]

for (const [name, expected, ...rest] of cases) {
  test(`cause: ${name}`, () => {
    const { type, words, endedBy, certain, evidence } = cause(...rest)
    assert.deepEqual([type, words, endedBy, certain], expected)
    assert.ok(evidence.length > 0)
    for (const { path, text } of evidence) assert.ok(path !== '' && text !== '', name)
  })
}

test('the evidence names the field and the events, with their times', () => {
  const events = [killing(liveness), madeEvent('Unhealthy', 'Liveness probe failed: timeout', 120, 104, { count: 3 })]
  assert.deepEqual(
    cause(terminated(137, 'Error', 100, 40), events).evidence.map(({ source, path, text, count }) => [
      source,
      path,
      text,
      count,
    ]),
    [
      ['status', 'status.containerStatuses[m0].lastState.terminated', 'reason Error, exit code 137 (SIGKILL)', null],
      ['event', 'Event Killing', liveness, 1],
      ['event', 'Event Unhealthy', 'Liveness probe failed: timeout', 3],
    ],
  )
})
