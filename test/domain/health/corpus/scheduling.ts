import { ago, rawEvent, waiting, well } from '../made-pod.ts'
import type { CorpusCase } from './case.ts'
import { ended, ready, servedPod, unready } from './served-pod.ts'

const unbound = { nodeName: '' }

function unschedulable(message: string, seconds = 7_000) {
  return servedPod({
    spec: unbound,
    status: { phase: 'Pending', startTime: undefined },
    conditions: [['PodScheduled', 'False', seconds, 'Unschedulable', message]],
  })
}

/** Pods without a node, and pods whose node won't have them. */
export const scheduling: readonly CorpusCase[] = [
  {
    name: 'just created, no condition yet',
    kubernetes: '1.36',
    pod: servedPod({
      metadata: { creationTimestamp: ago(1) },
      spec: unbound,
      status: { phase: 'Pending', startTime: undefined },
    }),
    prints: '0/1 Pending 0',
    problems: [],
    source: 'k/k pkg/registry/core/pod/strategy.go PrepareForCreate: phase Pending and nothing else',
  },
  {
    name: 'a scheduler that nobody runs',
    kubernetes: '1.33',
    pod: servedPod({
      spec: { ...unbound, schedulerName: 'volcano' },
      status: { phase: 'Pending', startTime: undefined },
    }),
    prints: '0/1 Pending 0',
    problems: ['pod-pending'],
    source: 'k/k pkg/scheduler/eventhandlers.go responsibleForPod: pods of other schedulers are left alone',
  },
  {
    name: 'insufficient resources on every node',
    kubernetes: '1.36',
    pod: unschedulable(
      '0/3 nodes are available: 3 Insufficient cpu. no new claims to deallocate, preemption: 0/3 nodes are available: 3 No preemption victims found for incoming pod.',
    ),
    events: [
      {
        metadata: { uid: 'event-1', name: 'pod-1.17', namespace: 'shop', creationTimestamp: ago(7_000) },
        regarding: { kind: 'Pod', name: 'pod-1', namespace: 'shop', uid: 'uid-1' },
        reason: 'FailedScheduling',
        note: '0/3 nodes are available: 3 Insufficient cpu.',
        type: 'Warning',
        eventTime: ago(7_000),
        series: { count: 4, lastObservedTime: ago(1_000) },
        reportingController: 'default-scheduler',
        action: 'Scheduling',
      },
    ],
    prints: '0/1 Pending 0',
    problems: ['pod-pending'],
    source:
      'k/k pkg/scheduler/schedule_one.go handleSchedulingFailure; plugins/noderesources/fit.go "Insufficient cpu"',
  },
  {
    name: 'untolerated taints',
    kubernetes: '1.30',
    pod: unschedulable(
      '0/2 nodes are available: 2 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }.',
    ),
    prints: '0/1 Pending 0',
    problems: ['pod-pending'],
    source: 'k/k pkg/scheduler/framework/plugins/tainttoleration/taint_toleration.go',
  },
  {
    name: 'no volume to bind',
    kubernetes: '1.28',
    pod: unschedulable('0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims.'),
    prints: '0/1 Pending 0',
    problems: ['pod-pending'],
    source: 'k/k pkg/scheduler/framework/plugins/volumebinding/volume_binding.go PreFilter',
  },
  {
    name: 'the scheduler itself failed',
    kubernetes: '1.34',
    pod: servedPod({
      spec: unbound,
      status: { phase: 'Pending', startTime: undefined },
      conditions: [
        [
          'PodScheduled',
          'False',
          900,
          'SchedulerError',
          'binding rejected: running Bind plugin "DefaultBinder": pods "pod-1" is forbidden',
        ],
      ],
    }),
    prints: '0/1 Pending 0',
    problems: ['pod-pending'],
    source: 'k8s.io/api core/v1 types.go PodReasonSchedulerError',
  },
  {
    name: 'nominated: victims are being preempted for it',
    kubernetes: '1.36',
    pod: servedPod({
      spec: unbound,
      status: { phase: 'Pending', startTime: undefined, nominatedNodeName: 'node-2' },
      conditions: [['PodScheduled', 'False', 20, 'Unschedulable', '0/3 nodes are available: 3 Insufficient memory.']],
    }),
    prints: '0/1 Pending 0',
    problems: ['pod-pending'],
    source: 'k/k pkg/scheduler/framework/preemption: status.nominatedNodeName',
  },
  {
    name: 'scheduling gates',
    kubernetes: '1.30',
    pod: servedPod({
      spec: { ...unbound, schedulingGates: [{ name: 'example.com/quota' }] },
      status: { phase: 'Pending', startTime: undefined },
      conditions: [
        ['PodScheduled', 'False', 7_000, 'SchedulingGated', 'Scheduling is blocked due to non-empty scheduling gates'],
      ],
    }),
    prints: '0/1 SchedulingGated 0',
    problems: [],
    source: 'KEP-3521; printers_test.go TestPrintPod test15',
  },
  {
    name: 'scheduling gates where the printer doesn’t know them yet',
    kubernetes: '1.25',
    pod: servedPod({
      spec: { ...unbound, schedulingGates: [{ name: 'example.com/quota' }] },
      status: { phase: 'Pending', startTime: undefined },
      conditions: [
        ['PodScheduled', 'False', 7_000, 'SchedulingGated', 'Scheduling is blocked due to non-empty scheduling gates'],
      ],
    }),
    prints: '0/1 Pending 0',
    problems: [],
    source: 'k/k v1.25.4 pkg/printers/internalversion/printers.go: no case for it',
  },
  {
    name: 'two gates and an init container',
    kubernetes: '1.37',
    pod: servedPod({
      spec: { ...unbound, schedulingGates: [{ name: 'a' }, { name: 'b' }] },
      status: { phase: 'Pending', startTime: undefined },
      conditions: [
        ['PodScheduled', 'False', 7_000, 'SchedulingGated', 'Scheduling is blocked due to non-empty scheduling gates'],
      ],
      init: [{}],
      main: [{}, {}],
    }),
    prints: '0/2 SchedulingGated 0',
    init: ['waiting'],
    problems: [],
    source: 'KEP-3521; no init container has a status before the kubelet has the pod',
  },
  {
    name: 'bound a second ago, the kubelet has not reported',
    kubernetes: '1.36',
    pod: servedPod({
      metadata: { creationTimestamp: ago(2) },
      status: { phase: 'Pending', startTime: undefined },
      conditions: [['PodScheduled', 'True', 1]],
    }),
    prints: '0/1 Pending 0',
    problems: [],
    source: 'k/k pkg/registry/core/pod/storage BindingREST: sets nodeName and PodScheduled only',
  },
  {
    name: 'bound two hours ago and never reported by its kubelet',
    kubernetes: '1.36',
    pod: servedPod({
      status: { phase: 'Pending', startTime: undefined },
      conditions: [['PodScheduled', 'True', 7_190]],
    }),
    prints: '0/1 Pending 0',
    problems: ['container-waiting'],
    source: 'docs: Debug pods, stays Pending; without the kubelet nothing else is written to the status',
  },
  {
    name: 'container being created',
    kubernetes: '1.24',
    pod: servedPod({
      metadata: { creationTimestamp: ago(6) },
      status: { phase: 'Pending', startTime: ago(5) },
      conditions: [
        ['PodScheduled', 'True', 5],
        ['Initialized', 'True', 5],
        ['ContainersReady', 'False', 5, 'ContainersNotReady'],
        ['Ready', 'False', 5, 'ContainersNotReady'],
      ],
      main: [{ state: waiting('ContainerCreating') }],
    }),
    prints: '0/1 ContainerCreating 0',
    problems: [],
    source: 'D4; k/k pkg/kubelet/kubelet_pods.go convertToAPIContainerStatuses: default waiting reason',
  },
  {
    name: 'sandbox can’t be created',
    kubernetes: '1.29',
    pod: servedPod({
      status: { phase: 'Pending' },
      conditions: [['PodReadyToStartContainers', 'False', 7_100], ...unready('m0', 7_100)],
      main: [{ state: waiting('ContainerCreating') }],
    }),
    events: [
      rawEvent(
        'FailedCreatePodSandBox',
        'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox: plugin type="calico" failed (add): connection is unauthorized',
        7_000,
        20,
        { container: null, count: 480 },
      ),
    ],
    prints: '0/1 ContainerCreating 0',
    problems: ['container-waiting'],
    source: 'k/k pkg/kubelet/events FailedCreatePodSandBox; condition PodReadyToStartContainers (KEP-3085)',
  },
  {
    name: 'volume can’t be mounted',
    kubernetes: '1.33',
    pod: servedPod({
      status: { phase: 'Pending' },
      conditions: unready('m0', 7_100),
      main: [{ state: waiting('ContainerCreating') }],
    }),
    events: [
      rawEvent('FailedMount', 'MountVolume.SetUp failed for volume "config" : configmap "app" not found', 7_000, 30, {
        container: null,
        count: 60,
      }),
    ],
    prints: '0/1 ContainerCreating 0',
    problems: ['container-waiting'],
    source: 'k/k pkg/kubelet/events FailedMountVolume; captured missing-configmap-volume',
  },
  {
    name: 'refused by the kubelet: not enough CPU',
    kubernetes: '1.34',
    pod: servedPod({
      status: {
        phase: 'Failed',
        reason: 'OutOfcpu',
        message: "Pod was rejected: Node didn't have enough resource: cpu, requested: 8000, used: 900, capacity: 4000",
      },
      conditions: [['PodScheduled', 'True', 7_100]],
    }),
    prints: '0/1 OutOfcpu 0',
    problems: ['pod-failed'],
    source: 'k/k pkg/kubelet/lifecycle/predicate.go InsufficientResourceError; captured admission-nodename-cpu',
  },
  {
    name: 'refused by the kubelet: node affinity',
    kubernetes: '1.31',
    pod: servedPod({
      status: {
        phase: 'Failed',
        reason: 'NodeAffinity',
        message: "Pod was rejected: Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector",
      },
    }),
    prints: '0/1 NodeAffinity 0',
    problems: ['pod-failed'],
    source: 'k/k pkg/kubelet/lifecycle/predicate.go; captured node-affinity-mismatch',
  },
  {
    name: 'refused by the kubelet: too many pods',
    kubernetes: '1.26',
    pod: servedPod({
      status: {
        phase: 'Failed',
        reason: 'OutOfpods',
        message: "Pod Node didn't have enough resource: pods, requested: 1, used: 110, capacity: 110",
      },
    }),
    prints: '0/1 OutOfpods 0',
    problems: ['pod-failed'],
    source: 'k/k pkg/kubelet/lifecycle/predicate.go',
  },
  {
    name: 'refused by the kubelet: device plugin',
    kubernetes: '1.32',
    pod: servedPod({
      status: {
        phase: 'Failed',
        reason: 'UnexpectedAdmissionError',
        message:
          'Allocate failed due to no healthy devices present; cannot allocate unhealthy devices nvidia.com/gpu, which is unexpected',
      },
    }),
    prints: '0/1 UnexpectedAdmissionError 0',
    problems: ['pod-failed'],
    source: 'k/k pkg/kubelet/lifecycle/handlers; docs: device plugins and unhealthy devices',
  },
  {
    name: 'refused because the node shuts down',
    kubernetes: '1.28',
    pod: servedPod({
      status: { phase: 'Failed', reason: 'NodeShutdown', message: 'Pod was rejected as the node is shutting down.' },
    }),
    prints: '0/1 NodeShutdown 0',
    problems: ['pod-failed'],
    source: 'k/k pkg/kubelet/nodeshutdown/nodeshutdown_manager.go nodeShutdownNotAdmitted',
  },
  {
    name: 'resize asked for that the node has no room for now',
    kubernetes: '1.35',
    pod: servedPod({
      metadata: { generation: 2 },
      status: { observedGeneration: 2 },
      conditions: [
        ...ready,
        [
          'PodResizePending',
          'True',
          600,
          'Deferred',
          "Node didn't have enough resource: cpu, requested: 2000, used: 3500, capacity: 4000",
        ],
      ],
      main: [well({ spec: { resources: { requests: { cpu: '2' } } } })],
    }),
    prints: '1/1 Running 0',
    problems: [],
    source: 'KEP-1287; core/v1 types.go PodReasonDeferred',
  },
  {
    name: 'resize that can’t be',
    kubernetes: '1.34',
    pod: servedPod({
      conditions: [
        ...ready,
        [
          'PodResizePending',
          'True',
          600,
          'Infeasible',
          "Node didn't have enough capacity: cpu, requested: 1000000, capacity: 4000",
        ],
      ],
      main: [well()],
    }),
    prints: '1/1 Running 0',
    problems: [],
    source: 'KEP-1287; core/v1 types.go PodReasonInfeasible',
  },
  {
    name: 'resize under way, with an error',
    kubernetes: '1.36',
    pod: servedPod({
      conditions: [
        ...ready,
        [
          'PodResizeInProgress',
          'True',
          30,
          'Error',
          'cannot decrease memory limits: attempting to set pod memory limit (52428800) below current usage (61210624)',
        ],
      ],
      main: [well()],
    }),
    prints: '1/1 Running 0',
    problems: [],
    source: 'KEP-1287; core/v1 types.go PodReasonError; k/k pkg/kubelet/kuberuntime/kuberuntime_manager.go',
  },
  {
    name: 'preempted by the scheduler, still stopping',
    kubernetes: '1.36',
    pod: servedPod({
      metadata: { deletionTimestamp: ago(-25), deletionGracePeriodSeconds: 30 },
      conditions: [
        ...ready,
        [
          'DisruptionTarget',
          'True',
          5,
          'PreemptionByScheduler',
          'default-scheduler: preempting to accommodate a higher priority pod',
        ],
      ],
      main: [well()],
    }),
    prints: '1/1 Terminating 0',
    problems: [],
    source: 'KEP-3329; core/v1 types.go PodReasonPreemptionByScheduler',
  },
  {
    name: 'ended by preemption',
    kubernetes: '1.33',
    pod: servedPod({
      metadata: { deletionTimestamp: ago(-25), deletionGracePeriodSeconds: 30 },
      status: { phase: 'Failed' },
      conditions: [
        ...ended('PodFailed', 2),
        [
          'DisruptionTarget',
          'True',
          5,
          'PreemptionByScheduler',
          'default-scheduler: preempting to accommodate a higher priority pod',
        ],
      ],
      main: [{ state: { terminated: { exitCode: 143, reason: 'Error', startedAt: ago(7_000), finishedAt: ago(2) } } }],
    }),
    prints: '0/1 Error 0',
    causes: { m0: 'evicted' },
    problems: [],
    source:
      'KEP-3329: the condition says that the exit is the disruption’s; printers.go from 1.31 keeps the status of ended pods',
  },
]
