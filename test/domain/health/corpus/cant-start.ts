import { rawEvent, terminated, waiting, well } from '../made-pod.ts'
import type { CorpusCase } from './case.ts'
import { backingOff, servedPod, unready } from './served-pod.ts'

const pending = { phase: 'Pending' }

/** One container that waits with this reason. */
function waits(
  reason: string,
  message: string,
  kubernetes: string,
  expected: Omit<CorpusCase, 'pod' | 'kubernetes' | 'prints'>,
): CorpusCase {
  return {
    ...expected,
    kubernetes,
    pod: servedPod({ status: pending, conditions: unready('m0', 7_100), main: [{ state: waiting(reason, message) }] }),
    prints: `0/1 ${reason} 0`,
  }
}

/** Containers that can't start: the reasons of images/types.go, sync_result.go and kuberuntime_container.go. */
export const cantStart: readonly CorpusCase[] = [
  waits(
    'ErrImagePull',
    'failed to pull and unpack image "docker.io/library/nginx:404": failed to resolve reference: not found',
    '1.34',
    {
      name: 'image pull failed',
      causes: { m0: 'image' },
      problems: ['container-waiting'],
      source: 'k/k pkg/kubelet/images/types.go ErrImagePull',
    },
  ),
  waits(
    'ImagePullBackOff',
    'Back-off pulling image "nginx:404": ErrImagePull: failed to resolve reference: not found',
    '1.36',
    {
      name: 'image pull backs off, with the error',
      events: [
        rawEvent('BackOff', 'Back-off pulling image "nginx:404"', 7_000, 10, { type: 'Normal', count: 300 }),
        rawEvent('Failed', 'Error: ImagePullBackOff', 7_000, 10, { count: 300 }),
      ],
      causes: { m0: 'image' },
      problems: ['container-waiting'],
      source: 'k/k pkg/kubelet/images/image_manager.go (1.32 on: the last error is appended)',
    },
  ),
  waits('ImagePullBackOff', 'Back-off pulling image "localhost/no-such-image:404"', '1.20', {
    name: 'image pull backs off, the error is in an event only',
    events: [
      rawEvent(
        'Failed',
        'Failed to pull image "localhost/no-such-image:404": rpc error: code = Unknown desc = connection refused',
        7_000,
        200,
        { count: 4 },
      ),
      rawEvent('BackOff', 'Back-off pulling image "localhost/no-such-image:404"', 7_000, 10, {
        type: 'Normal',
        count: 300,
      }),
    ],
    causes: { m0: 'image' },
    problems: ['container-waiting'],
    source: 'captured bad-image',
  }),
  waits(
    'ErrImageNeverPull',
    'Container image "localhost/not-here:1" is not present with pull policy of Never',
    '1.33',
    {
      name: 'image may not be pulled',
      causes: { m0: 'image' },
      problems: ['container-waiting'],
      source: 'k/k pkg/kubelet/images/types.go ErrImageNeverPull; captured never-pull',
    },
  ),
  waits(
    'InvalidImageName',
    'Failed to apply default image tag "UPPER/Case:1": couldn\'t parse image name "UPPER/Case:1": invalid reference format: repository name (library/UPPER/Case) must be lowercase',
    '1.31',
    {
      name: 'image name is invalid',
      causes: { m0: 'image' },
      problems: ['container-waiting'],
      source: 'k/k pkg/kubelet/images/types.go ErrInvalidImageName; captured invalid-image',
    },
  ),
  waits(
    'ImageInspectError',
    'Failed to inspect image "nginx:1": rpc error: code = Unknown desc = layer not known',
    '1.28',
    {
      name: 'image can’t be inspected',
      events: [
        rawEvent('InspectFailed', 'Failed to inspect image "nginx:1": rpc error: layer not known', 7_000, 8, {
          count: 40,
        }),
      ],
      causes: { m0: 'image' },
      problems: ['container-waiting'],
      source: 'k/k pkg/kubelet/images/types.go ErrImageInspect',
    },
  ),
  waits(
    'RegistryUnavailable',
    'image pull failed for registry.example.com/app:1 because the registry is unavailable',
    '1.27',
    {
      name: 'registry unavailable',
      causes: { m0: 'image' },
      problems: ['container-waiting'],
      source: 'k/k v1.27.3 pkg/kubelet/images/types.go ErrRegistryUnavailable',
    },
  ),
  waits(
    'SignatureValidationFailed',
    'image pull failed for registry.example.com/app:1 because the signature validation failed',
    '1.32',
    {
      name: 'signature validation failed',
      causes: { m0: 'image' },
      problems: ['container-waiting'],
      source: 'k8s.io/cri-api pkg/errors ErrSignatureValidationFailed',
    },
  ),
  waits('CreateContainerConfigError', 'configmap "not-there" not found', '1.36', {
    name: 'ConfigMap is missing',
    causes: { m0: 'config' },
    problems: ['container-waiting'],
    source: 'kuberuntime_container.go ErrCreateContainerConfig; captured bad-config',
  }),
  waits('CreateContainerConfigError', "couldn't find key password in Secret shop/db", '1.30', {
    name: 'Secret lacks a key',
    causes: { m0: 'config' },
    problems: ['container-waiting'],
    source: 'k/k pkg/kubelet/kubelet_pods.go makeEnvironmentVariables',
  }),
  waits(
    'CreateContainerConfigError',
    'container has runAsNonRoot and image will run as root (pod: "pod-1_shop(uid-1)", container: m0)',
    '1.29',
    {
      name: 'runAsNonRoot, but the image runs as root',
      causes: { m0: 'config' },
      problems: ['container-waiting'],
      source: 'k/k pkg/kubelet/kuberuntime/security_context.go verifyRunAsNonRoot; captured run-as-non-root',
    },
  ),
  waits('CreateContainerError', 'failed to reserve container name "m0_pod-1_shop_uid-1_0": name is reserved', '1.33', {
    name: 'container can’t be created',
    causes: { m0: 'start-failed' },
    problems: ['container-waiting'],
    source: 'kuberuntime_container.go ErrCreateContainer',
  }),
  waits(
    'CreateContainerError',
    'failed to generate container spec: failed to apply OCI options: no command specified',
    '1.28',
    {
      name: 'image without a command',
      causes: { m0: 'start-failed' },
      problems: ['container-waiting'],
      source: 'kuberuntime_container.go ErrCreateContainer; containerd: no command specified',
    },
  ),
  waits('PreStartHookError', 'hook failed', '1.34', {
    name: 'internal hook before the start failed',
    causes: { m0: 'start-failed' },
    problems: ['container-waiting'],
    source: 'kuberuntime_container.go ErrPreStartHook: internalLifecycle (CPU and memory managers), no hook of the pod',
  }),
  waits('PreCreateHookError', 'cannot allocate resources', '1.36', {
    name: 'internal hook before the creation failed',
    causes: { m0: 'start-failed' },
    problems: ['container-waiting'],
    source: 'kuberuntime_container.go ErrPreCreateHook: internalLifecycle, no hook of the pod',
  }),
  waits('SomethingOfTomorrow', 'a reason that nobody knows yet', '1.37', {
    name: 'waiting reason that isn’t known',
    problems: [],
    source: 'core/v1 types.go ContainerStateWaiting.reason is free text: printed as it is',
  }),
  {
    name: 'RunContainerError between two tries',
    kubernetes: '1.34',
    pod: servedPod({
      conditions: unready('m0', 7_000),
      main: [
        {
          state: waiting(
            'RunContainerError',
            'failed to start containerd task "m0": cannot start a stopped process: unknown',
          ),
          restartCount: 3,
          lastState: terminated(128, 'StartError', 12, 0, {
            message:
              'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error mounting "/var/lib/x" to rootfs at "/etc/x": not a directory: unknown',
            startedAt: '1970-01-01T00:00:00Z',
          }),
        },
      ],
    }),
    prints: '0/1 RunContainerError 3 (12s ago)',
    causes: { m0: 'start-failed' },
    problems: ['restart-loop'],
    source: 'k/k pkg/kubelet/container/sync_result.go ErrRunContainer; containerd StartError 128',
  },
  {
    name: 'postStart hook fails, between two tries',
    kubernetes: '1.36',
    pod: servedPod({
      conditions: unready('m0', 7_000),
      main: [
        {
          state: waiting('PostStartHookError', 'PostStartHook failed'),
          restartCount: 2,
          lastState: terminated(137, 'Error', 6, 32),
          spec: { lifecycle: { postStart: { exec: { command: ['sh', '-c', 'exit 9'] } } } },
        },
      ],
    }),
    events: [
      rawEvent('FailedPostStartHook', 'PostStartHook failed', 100, 37, { count: 3 }),
      rawEvent('Killing', 'FailedPostStartHook', 100, 37, { type: 'Normal', count: 3 }),
    ],
    prints: '0/1 PostStartHookError 2 (6s ago)',
    causes: { m0: 'hook' },
    problems: ['restart-loop'],
    source: 'kuberuntime_container.go startContainer step 4: killContainer with message FailedPostStartHook',
  },
  {
    name: 'postStart hook fails, backing off; captured on 1.20 as well',
    kubernetes: '1.31',
    pod: servedPod({
      conditions: unready('m0', 7_000),
      main: [
        {
          state: backingOff('1m20s'),
          restartCount: 4,
          lastState: terminated(137, 'Error', 30, 3),
          spec: { lifecycle: { postStart: { exec: { command: ['sh', '-c', 'exit 9'] } } } },
        },
      ],
    }),
    events: [
      rawEvent(
        'FailedPostStartHook',
        'Exec lifecycle hook ([sh -c exit 9]) for Container "m0" failed - error: command \'sh -c exit 9\' exited with 9: ',
        200,
        33,
        { count: 5 },
      ),
      rawEvent('Killing', 'FailedPostStartHook', 200, 33, { type: 'Normal', count: 5 }),
    ],
    prints: '0/1 CrashLoopBackOff 4 (30s ago)',
    causes: { m0: 'hook' },
    problems: ['restart-loop'],
    source: 'captured post-start-fails; kuberuntime_container.go',
  },
  {
    name: 'image vanished after a crash: a pull error with an old run',
    kubernetes: '1.36',
    pod: servedPod({
      conditions: unready('m0', 7_000),
      main: [
        {
          state: waiting('ImagePullBackOff', 'Back-off pulling image "app:1": ErrImagePull: connection refused'),
          restartCount: 2,
          lastState: terminated(1, 'Error', 3_000),
        },
      ],
    }),
    prints: '0/1 ImagePullBackOff 2 (50m ago)',
    causes: { m0: 'image' },
    problems: ['container-waiting'],
    source: 'k/k pkg/kubelet/images/image_manager.go: imagePullPolicy Always pulls before every start',
  },
  {
    name: 'first crashes, second can’t pull: the first one’s reason is printed',
    kubernetes: '1.36',
    pod: servedPod({
      conditions: unready('m0 m1', 7_000),
      main: [
        { state: backingOff('5m0s'), restartCount: 20, lastState: terminated(1, 'Error', 100) },
        { state: waiting('ImagePullBackOff', 'Back-off pulling image "nope:1": ErrImagePull: not found') },
      ],
    }),
    prints: '0/2 CrashLoopBackOff 20 (100s ago)',
    causes: { m0: 'exit', m1: 'image' },
    problems: ['restart-loop', 'container-waiting'],
    source: 'D22; printers_test.go TestPrintPod test3',
  },
  {
    name: 'second of two can’t be created, first is ready',
    kubernetes: '1.36',
    pod: servedPod({
      status: pending,
      conditions: unready('m1', 7_000),
      main: [well(), { state: waiting('CreateContainerConfigError', 'secret "tls" not found') }],
    }),
    prints: '1/2 CreateContainerConfigError 0',
    causes: { m1: 'config' },
    problems: ['container-waiting'],
    source: 'printers_test.go TestPrintPod test2',
  },
]
