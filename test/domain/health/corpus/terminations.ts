import { ago, done, madeNode, rawEvent, running, terminated, waiting, well } from '../made-pod.ts'
import type { CorpusCase } from './case.ts'
import { ended, ready, servedPod, sidecarSpec, unready } from './served-pod.ts'

const deleted = (secondsAgo: number, grace = 30) => ({
  deletionTimestamp: ago(secondsAgo),
  deletionGracePeriodSeconds: grace,
})
const stopping = (container = 'm0', seconds = 10) =>
  rawEvent('Killing', `Stopping container ${container}`, seconds, seconds, { container, type: 'Normal' })

/** Pods that are being deleted, evicted, lost or finished. */
export const terminations: readonly CorpusCase[] = [
  {
    name: 'being deleted, within its grace period',
    kubernetes: '1.36',
    pod: servedPod({ metadata: deleted(-20), conditions: ready, main: [well()] }),
    events: [stopping()],
    prints: '1/1 Terminating 0',
    problems: [],
    source: 'D17; printers_test.go TestPrintPod test19',
  },
  {
    name: 'being deleted, one container has ended by SIGTERM',
    kubernetes: '1.34',
    pod: servedPod({
      metadata: deleted(-20),
      conditions: unready('m0', 5),
      main: [{ state: terminated(143, 'Error', 5, 7_000) }, well()],
    }),
    events: [stopping('m0'), stopping('m1')],
    prints: '1/2 Terminating 0',
    causes: { m0: 'deleted' },
    problems: [],
    source: 'k/k pkg/kubelet/kuberuntime/kuberuntime_container.go killContainer: event "Stopping container"',
  },
  {
    name: 'being deleted, killed after the grace period',
    kubernetes: '1.36',
    pod: servedPod({
      metadata: deleted(3),
      conditions: unready('m0', 1),
      main: [{ state: terminated(137, 'Error', 1, 7_000) }],
    }),
    events: [stopping('m0', 33)],
    prints: '0/1 Terminating 0',
    causes: { m0: 'deleted' },
    problems: [],
    source: 'docs: Pod lifecycle, Termination of Pods (SIGKILL when the grace period is over)',
  },
  {
    name: 'deletion time long past, containers run on',
    kubernetes: '1.31',
    pod: servedPod({ metadata: deleted(3_600), conditions: ready, main: [well()] }),
    prints: '1/1 Terminating 0',
    problems: ['pod-terminating-stuck'],
    source: 'kubernetes#51835 (pods stuck in Terminating); captured terminating-slow',
  },
  {
    name: 'pending pod being deleted',
    kubernetes: '1.36',
    pod: servedPod({
      metadata: deleted(0, 0),
      spec: { nodeName: '' },
      status: { phase: 'Pending', startTime: undefined },
    }),
    prints: '0/1 Terminating 0',
    problems: [],
    source: 'printers_test.go TestPrintPod test20',
  },
  {
    name: 'finished and held by a finalizer, server 1.31 and later',
    kubernetes: '1.31',
    pod: servedPod({
      metadata: { ...deleted(10), finalizers: ['batch.kubernetes.io/job-tracking'] },
      status: { phase: 'Succeeded' },
      conditions: ended('PodCompleted'),
      main: [{ state: done() }],
    }),
    prints: '0/1 Completed 0',
    causes: { m0: 'completed' },
    problems: [],
    source: 'D19; printers_test.go TestPrintPod test18; kubernetes#122038',
  },
  {
    name: 'finished and held by a finalizer, server before 1.31',
    kubernetes: '1.30',
    pod: servedPod({
      metadata: { ...deleted(10), finalizers: ['batch.kubernetes.io/job-tracking'] },
      status: { phase: 'Succeeded' },
      conditions: ended('PodCompleted'),
      main: [{ state: done() }],
    }),
    prints: '0/1 Terminating 0',
    causes: { m0: 'completed' },
    problems: [],
    source: 'D19; captured finished-finalizer on the real 1.20 cluster',
  },
  {
    name: 'failed and held by a finalizer',
    kubernetes: '1.36',
    pod: servedPod({
      metadata: { ...deleted(10), finalizers: ['example.com/hold'] },
      status: { phase: 'Failed' },
      conditions: ended('PodFailed'),
      main: [{ state: terminated(1, 'Error') }],
    }),
    prints: '0/1 Error 0',
    causes: { m0: 'exit' },
    problems: [],
    source: 'kubernetes#122038',
  },
  {
    name: 'being deleted on a node that was lost',
    kubernetes: '1.20',
    pod: servedPod({
      metadata: deleted(600),
      status: { reason: 'NodeLost', message: 'Node node-1 which was running pod pod-1 is unresponsive' },
      conditions: unready('m0', 900),
      main: [well()],
    }),
    prints: '1/1 Unknown 0',
    problems: ['pod-terminating-stuck'],
    source: 'D18; k/k pkg/util/node NodeUnreachablePodReason',
  },
  {
    name: 'node lost, not deleted yet',
    kubernetes: '1.36',
    pod: servedPod({
      status: { reason: 'NodeLost', message: 'Node node-1 which was running pod pod-1 is unresponsive' },
      conditions: unready('m0', 100),
      main: [well()],
    }),
    prints: '1/1 NodeLost 0',
    problems: ['pod-not-ready'],
    source: 'printers_test.go TestPrintPod test5: status.reason wins over the phase',
  },
  {
    name: 'phase Unknown',
    kubernetes: '1.20',
    pod: servedPod({ status: { phase: 'Unknown' }, main: [well()] }),
    prints: '1/1 Unknown 0',
    problems: ['pod-not-ready'],
    source: 'core/v1 types.go PodUnknown',
  },
  {
    name: 'node silent for two minutes: containers as last heard',
    kubernetes: '1.36',
    pod: servedPod({
      conditions: ['PodScheduled', 'Initialized', 'ContainersReady', ['Ready', 'False', 70]],
      main: [well()],
    }),
    node: madeNode({
      conditions: [
        {
          type: 'Ready',
          status: 'Unknown',
          reason: 'NodeStatusUnknown',
          message: 'Kubelet stopped posting node status.',
          lastTransitionTime: ago(70),
        },
      ],
    }),
    prints: '1/1 Running 0',
    problems: ['pod-not-ready'],
    source: 'D26; k/k pkg/controller/util/node MarkPodsNotReady: only the condition Ready is set',
  },
  {
    name: 'taint manager deleted it on a lost node',
    kubernetes: '1.34',
    pod: servedPod({
      metadata: deleted(400),
      conditions: [
        'PodScheduled',
        'Initialized',
        'ContainersReady',
        ['Ready', 'False', 730],
        ['DisruptionTarget', 'True', 430, 'DeletionByTaintManager', 'Taint manager: deleting due to NoExecute taint'],
      ],
      main: [well()],
    }),
    events: [
      rawEvent('TaintManagerEviction', 'Marking for deletion Pod shop/pod-1', 430, 430, {
        container: null,
        type: 'Normal',
      }),
    ],
    prints: '1/1 Terminating 0',
    problems: ['pod-terminating-stuck'],
    source: 'KEP-3329; k/k pkg/controller/tainteviction',
  },
  {
    name: 'pod garbage collector: its node is gone',
    kubernetes: '1.33',
    pod: servedPod({
      metadata: deleted(2, 0),
      status: { phase: 'Failed' },
      conditions: [...ready, ['DisruptionTarget', 'True', 2, 'DeletionByPodGC', 'PodGC: node no longer exists']],
      main: [well()],
    }),
    prints: '1/1 Failed 0',
    problems: [],
    source:
      'k/k pkg/controller/podgc/gc_controller.go markFailedAndDeletePod; from 1.31 a pod of phase Failed isn’t Terminating; its containers are as last heard',
  },
  {
    name: 'evicted by the kubelet, no container statuses (1.20)',
    kubernetes: '1.20',
    pod: servedPod({
      status: {
        phase: 'Failed',
        reason: 'Evicted',
        message:
          'The node was low on resource: memory. Container m0 was using 900Mi, which exceeds its request of 100Mi. ',
      },
    }),
    prints: '0/1 Evicted 0',
    problems: ['pod-failed'],
    source: 'D20; k/k pkg/kubelet/eviction/helpers.go',
  },
  {
    name: 'evicted by the kubelet, container killed',
    kubernetes: '1.36',
    pod: servedPod({
      status: {
        phase: 'Failed',
        reason: 'Evicted',
        message:
          'The node was low on resource: memory. Threshold quantity: 100Mi, available: 52Mi. Container m0 was using 900Mi, request is 100Mi, has larger consumption of memory. ',
      },
      conditions: [
        ...ended('PodFailed'),
        ['DisruptionTarget', 'True', 60, 'TerminationByKubelet', 'The node was low on resource: memory. '],
      ],
      main: [{ state: terminated(137, 'Error', 60, 7_000) }],
    }),
    events: [rawEvent('Evicted', 'The node was low on resource: memory. ', 62, 62, { container: null })],
    prints: '0/1 Error 0',
    causes: { m0: 'evicted' },
    problems: ['pod-failed'],
    source: 'k/k pkg/kubelet/eviction/eviction_manager.go evictPod; a container’s reason wins over the pod’s (D21)',
  },
  {
    name: 'evicted, the kubelet has lost the container',
    kubernetes: '1.30',
    pod: servedPod({
      status: { phase: 'Failed', reason: 'Evicted', message: 'The node had condition: [DiskPressure]. ' },
      conditions: ended('PodFailed'),
      main: [
        {
          state: {
            terminated: {
              exitCode: 137,
              reason: 'ContainerStatusUnknown',
              message: 'The container could not be located when the pod was terminated',
              startedAt: null,
              finishedAt: null,
            },
          },
        },
      ],
    }),
    prints: '0/1 ContainerStatusUnknown 0',
    causes: { m0: 'lost' },
    problems: ['pod-failed'],
    source: 'D21; k/k pkg/kubelet/status/status_manager.go TerminatePod',
  },
  {
    name: 'evicted for an emptyDir over its limit',
    kubernetes: '1.33',
    pod: servedPod({
      status: {
        phase: 'Failed',
        reason: 'Evicted',
        message: 'Usage of EmptyDir volume "cache" exceeds the limit "1Gi". ',
      },
      conditions: [
        ...ended('PodFailed'),
        [
          'DisruptionTarget',
          'True',
          60,
          'TerminationByKubelet',
          'Usage of EmptyDir volume "cache" exceeds the limit "1Gi". ',
        ],
      ],
      main: [{ state: terminated(0, 'Completed', 60, 7_000) }],
    }),
    prints: '0/1 Completed 0',
    causes: { m0: 'evicted' },
    problems: ['pod-failed'],
    source: 'k/k pkg/kubelet/eviction/helpers.go emptyDirMessageFmt; a program that ends well on SIGTERM is Completed',
  },
  {
    name: 'drained through the eviction API',
    kubernetes: '1.32',
    pod: servedPod({
      metadata: deleted(-10),
      conditions: [
        ...unready('m0', 3),
        ['DisruptionTarget', 'True', 20, 'EvictionByEvictionAPI', 'Eviction API: evicting'],
      ],
      main: [{ state: terminated(143, 'Error', 3, 7_000) }],
    }),
    events: [stopping('m0', 20)],
    prints: '0/1 Terminating 0',
    causes: { m0: 'evicted' },
    problems: [],
    source: 'KEP-3329; k/k pkg/registry/core/pod/storage/eviction.go',
  },
  {
    name: 'node shutdown ended it',
    kubernetes: '1.36',
    pod: servedPod({
      status: {
        phase: 'Failed',
        reason: 'Terminated',
        message: 'Pod was terminated in response to imminent node shutdown.',
      },
      conditions: [
        ...ended('PodFailed'),
        [
          'DisruptionTarget',
          'True',
          60,
          'TerminationByKubelet',
          'Pod was terminated in response to imminent node shutdown.',
        ],
      ],
      main: [{ state: terminated(143, 'Error', 60, 7_000) }],
    }),
    prints: '0/1 Error 0',
    causes: { m0: 'node-shutdown' },
    problems: ['pod-failed'],
    source: 'k/k pkg/kubelet/nodeshutdown/nodeshutdown_manager.go nodeShutdownReason',
  },
  {
    name: 'node shutdown ended it, 1.21',
    kubernetes: '1.21',
    pod: servedPod({
      status: { phase: 'Failed', reason: 'Shutdown', message: 'Node is shutting, evicting pods' },
    }),
    prints: '0/1 Shutdown 0',
    problems: ['pod-failed'],
    source:
      'k/k v1.20.15 pkg/kubelet/nodeshutdown/nodeshutdown_manager_linux.go nodeShutdownReason, nodeShutdownMessage',
  },
  {
    name: 'deadline exceeded',
    kubernetes: '1.36',
    pod: servedPod({
      spec: { activeDeadlineSeconds: 600, restartPolicy: 'Never' },
      status: {
        phase: 'Failed',
        reason: 'DeadlineExceeded',
        message: 'Pod was active on the node longer than the specified deadline',
      },
      conditions: ended('PodFailed'),
    }),
    prints: '0/1 DeadlineExceeded 0',
    problems: ['pod-failed'],
    source: 'k/k pkg/kubelet/active_deadline.go; captured deadline',
  },
  {
    name: 'preempted by the kubelet for a critical pod',
    kubernetes: '1.31',
    pod: servedPod({
      status: { phase: 'Failed', reason: 'Preempting', message: 'Preempted in order to admit critical pod' },
      conditions: ended('PodFailed'),
    }),
    prints: '0/1 Preempting 0',
    problems: ['pod-failed'],
    source: 'k/k pkg/kubelet/preemption/preemption.go',
  },
  {
    name: 'Job pod that is done',
    kubernetes: '1.36',
    pod: servedPod({
      spec: { restartPolicy: 'Never' },
      status: { phase: 'Succeeded' },
      conditions: ended('PodCompleted'),
      main: [{ state: done() }],
    }),
    prints: '0/1 Completed 0',
    causes: { m0: 'completed' },
    problems: [],
    source: 'D14; printers_test.go TestPrintPod test16',
  },
  {
    name: 'Job pod that failed',
    kubernetes: '1.36',
    pod: servedPod({
      metadata: {
        ownerReferences: [{ apiVersion: 'batch/v1', kind: 'Job', name: 'import', uid: 'uid-job', controller: true }],
      },
      spec: { restartPolicy: 'Never' },
      status: { phase: 'Failed' },
      conditions: ended('PodFailed'),
      main: [{ state: terminated(1, 'Error') }],
    }),
    prints: '0/1 Error 0',
    causes: { m0: 'exit' },
    problems: ['pod-failed'],
    source: 'printers_test.go TestPrintPod test17',
  },
  {
    name: 'first container completed, second runs: NotReady',
    kubernetes: '1.36',
    pod: servedPod({
      spec: { restartPolicy: 'OnFailure' },
      conditions: unready('m0', 6_900),
      main: [{ state: done() }, well()],
    }),
    prints: '1/2 NotReady 0',
    causes: { m0: 'completed' },
    problems: [],
    source: 'D15; printers_test.go TestPrintPod test6; captured two-one-completes-never',
  },
  {
    name: 'one completed, one failed: 1.35 tells the failure',
    kubernetes: '1.35',
    pod: servedPod({
      spec: { restartPolicy: 'Never' },
      status: { phase: 'Failed' },
      conditions: ended('PodFailed'),
      main: [{ state: done() }, { state: terminated(1, 'Error') }],
    }),
    prints: '0/2 Error 0',
    causes: { m0: 'completed', m1: 'exit' },
    problems: ['pod-failed'],
    source: 'D16; kubernetes#124766',
  },
  {
    name: 'one completed, one failed: 1.34 says Completed',
    kubernetes: '1.34',
    pod: servedPod({
      spec: { restartPolicy: 'Never' },
      status: { phase: 'Failed' },
      conditions: ended('PodFailed'),
      main: [{ state: done() }, { state: terminated(1, 'Error') }],
    }),
    prints: '0/2 Completed 0',
    causes: { m0: 'completed', m1: 'exit' },
    problems: ['pod-failed'],
    source: 'D16; captured two-completed-and-error on the real 1.20 cluster',
  },
  {
    name: 'preStop hook runs on in a pod being deleted',
    kubernetes: '1.36',
    pod: servedPod({
      metadata: deleted(-200, 300),
      conditions: ready,
      main: [well({ spec: { lifecycle: { preStop: { exec: { command: ['sleep', '250'] } } } } })],
    }),
    prints: '1/1 Terminating 0',
    problems: [],
    source: 'docs: Container lifecycle hooks, preStop counts into the grace period',
  },
  {
    name: 'preStop hook failed',
    kubernetes: '1.28',
    pod: servedPod({
      metadata: deleted(-10),
      conditions: unready('m0', 5),
      main: [{ state: terminated(143, 'Error', 5, 7_000) }],
    }),
    events: [stopping('m0', 20), rawEvent('FailedPreStopHook', 'PreStopHook failed', 19)],
    prints: '0/1 Terminating 0',
    causes: { m0: 'deleted' },
    problems: [],
    source: 'k/k pkg/kubelet/kuberuntime/kuberuntime_container.go executePreStopHook: the deletion goes on',
  },
  {
    name: 'sidecar still runs while the pod is being deleted',
    kubernetes: '1.34',
    pod: servedPod({
      metadata: deleted(-20),
      conditions: unready('m0', 5),
      init: [well({ spec: sidecarSpec })],
      main: [{ state: terminated(143, 'Error', 5, 7_000) }],
    }),
    events: [stopping('m0', 10)],
    prints: '1/2 Terminating 0',
    causes: { m0: 'deleted' },
    init: ['started'],
    problems: [],
    source: 'KEP-753: sidecars get SIGTERM only after the main containers have ended',
  },
  {
    name: 'kubelet came back after a reboot: the run is lost, the sandbox new',
    kubernetes: '1.33',
    pod: servedPod({
      conditions: ready,
      main: [
        well({
          state: running(100),
          restartCount: 1,
          lastState: {
            terminated: { exitCode: 255, reason: 'Unknown', startedAt: ago(90_000), finishedAt: ago(120) },
          },
        }),
      ],
    }),
    events: [
      rawEvent('SandboxChanged', 'Pod sandbox changed, it will be killed and re-created.', 110, 110, {
        container: null,
        type: 'Normal',
      }),
    ],
    prints: '1/1 Running 1 (2m ago)',
    causes: { m0: 'lost' },
    problems: [],
    source:
      'containerd internal/cri: containers found without a task after a restart get exit code 255 and reason Unknown',
  },
  {
    name: 'container gone: the kubelet infers an end',
    kubernetes: '1.32',
    pod: servedPod({
      conditions: unready('m0', 8),
      main: [
        {
          state: waiting('ContainerCreating'),
          restartCount: 1,
          lastState: {
            terminated: {
              exitCode: 137,
              reason: 'ContainerStatusUnknown',
              message: 'The container could not be located when the pod was deleted.  The container used to be Running',
              startedAt: null,
              finishedAt: null,
            },
          },
        },
      ],
    }),
    prints: '0/1 ContainerCreating 1',
    causes: { m0: 'lost' },
    problems: [],
    source: 'k/k pkg/kubelet/kubelet_pods.go convertToAPIContainerStatuses',
  },
]
