import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ClusterEvent } from '../../../domain/model/cluster-event.ts'
import { clusterObjectKinds } from '../../../domain/model/cluster-object.ts'
import type { EndpointSlice } from '../../../domain/model/endpoint-slice.ts'
import type { Node } from '../../../domain/model/node.ts'
import type { Pod } from '../../../domain/model/pod.ts'
import type { Service } from '../../../domain/model/service.ts'
import type { Workload } from '../../../domain/model/workload.ts'
import { readClusterObject } from '../../../domain/read/cluster-object.ts'
import { Interner } from '../../../domain/read/interner.ts'
import { realObjects, realPod } from './real-objects.ts'

const interner = new Interner()
const metadata = { uid: 'u1', name: 'n1', namespace: 'ns' }

test('every real object is read, under its own uid and name', () => {
  for (const { name, kind, raw } of realObjects()) {
    const { metadata: told } = raw as { metadata: { uid: string; name: string } }
    const object = readClusterObject(kind, raw, interner)
    assert.deepEqual([object?.kind, object?.uid, object?.name], [kind, told.uid, told.name], name)
  }
})

test('without uid or name there is nothing to hold on to', () => {
  for (const kind of clusterObjectKinds) {
    for (const raw of [
      null,
      undefined,
      7,
      'x',
      [],
      {},
      { metadata: null },
      { metadata: { uid: 'u' } },
      { metadata: { uid: 3, name: 'n' } },
      { metadata: { uid: 'u', name: '' } },
    ]) {
      assert.equal(readClusterObject(kind, raw, interner), null)
    }
    assert.equal(readClusterObject(kind, { metadata: { uid: 'u', name: 'n' } }, interner)?.kind, kind)
  }
})

test('a real pod is read field by field', () => {
  const pod = readClusterObject('Pod', realPod('checkout'), interner) as Pod
  assert.equal(pod.namespace, 'shop')
  assert.equal(pod.owner?.kind, 'ReplicaSet')
  assert.equal(pod.labels.app, 'checkout')
  assert.equal(pod.nodeName.startsWith('node-'), true)
  assert.equal(pod.phase, 'Running')
  assert.equal(pod.qosClass, 'BestEffort')
  assert.equal(pod.createdAt, Date.parse('2026-11-24T01:54:08Z'))
  assert.equal(pod.spec.terminationGracePeriodSeconds, 2)
  assert.equal(pod.spec.restartPolicy, 'Always')
  assert.deepEqual(pod.spec.containers[0]?.livenessProbe, {
    handler: { type: 'httpGet', scheme: 'HTTP', host: '', port: '8080', path: '/healthz' },
    initialDelaySeconds: 5,
    periodSeconds: 3,
    timeoutSeconds: 1,
    successThreshold: 1,
    failureThreshold: 3,
    terminationGracePeriodSeconds: null,
  })
  const [status] = pod.containerStatuses
  assert.equal(status?.restartCount, 45)
  assert.equal(status?.state.type === 'waiting' && status.state.reason, 'CrashLoopBackOff')
  assert.equal(status?.lastState.type === 'terminated' && status.lastState.exitCode, 137)
})

test('defaults are filled in where the API server would have done so', () => {
  const pod = readClusterObject(
    'Pod',
    {
      metadata,
      spec: {
        containers: [
          {
            name: 'a',
            livenessProbe: {},
            readinessProbe: { httpGet: { port: 'http' } },
            startupProbe: { grpc: { port: 9 } },
            ports: [{ containerPort: 80 }],
          },
          {
            name: 'b',
            livenessProbe: { tcpSocket: { port: 80 }, periodSeconds: 0, timeoutSeconds: 7 },
            readinessProbe: { exec: { command: ['true'] } },
          },
        ],
        topologySpreadConstraints: [{ topologyKey: 'zone' }],
      },
    },
    interner,
  ) as Pod
  const [a, b] = pod.spec.containers
  assert.deepEqual(a?.livenessProbe?.handler, { type: 'unknown' })
  assert.deepEqual(a?.readinessProbe?.handler, { type: 'httpGet', scheme: 'HTTP', host: '', port: 'http', path: '/' })
  assert.deepEqual(a?.startupProbe?.handler, { type: 'grpc', port: '9', service: '' })
  assert.equal(a?.restartPolicy, null)
  assert.deepEqual(a?.ports, [{ name: '', containerPort: 80, hostPort: null, hostIP: '', protocol: 'TCP' }])
  assert.deepEqual([b?.livenessProbe?.periodSeconds, b?.livenessProbe?.timeoutSeconds], [10, 7])
  assert.deepEqual(b?.readinessProbe?.handler, { type: 'exec', command: ['true'] })
  const { spec } = pod
  assert.deepEqual(
    [spec.restartPolicy, spec.schedulerName, spec.preemptionPolicy, spec.terminationGracePeriodSeconds, spec.priority],
    ['Always', 'default-scheduler', 'PreemptLowerPriority', 30, 0],
  )
  assert.deepEqual(spec.topologySpreadConstraints[0], {
    maxSkew: 1,
    topologyKey: 'zone',
    whenUnsatisfiable: 'DoNotSchedule',
    labelSelector: null,
    minDomains: null,
    nodeAffinityPolicy: null,
    nodeTaintsPolicy: null,
    matchLabelKeys: [],
  })
  assert.deepEqual([pod.phase, pod.createdAt, pod.deletedAt, pod.owner, pod.startTime], ['', 0, null, null, null])
})

test('scheduling terms keep their difference between absent and empty', () => {
  const read = (spec: object) => (readClusterObject('Pod', { metadata, spec }, interner) as Pod).spec
  assert.equal(read({}).nodeAffinity, null)
  assert.equal(read({ affinity: { nodeAffinity: {} } }).nodeAffinity?.required, null)
  assert.deepEqual(
    read({ affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: {} } } }).nodeAffinity?.required,
    [],
  )
  const selector = (labelSelector: unknown) =>
    read({ topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'z', labelSelector }] }).topologySpreadConstraints[0]
      ?.labelSelector
  assert.equal(selector(undefined), null)
  assert.equal(selector('app=web'), null)
  assert.equal(Object.keys(selector({})?.matchLabels ?? { x: '' }).length, 0)
})

test('a pod’s own volume name for its token is not its own any more', () => {
  const pod = readClusterObject(
    'Pod',
    {
      metadata,
      spec: {
        volumes: [
          { name: 'kube-api-access-x7k2p', projected: { sources: [] } },
          { name: 'data', persistentVolumeClaim: { claimName: 'data-0' } },
          { name: 'settings', configMap: { name: 'web' } },
          { name: 'keys', secret: { secretName: 'web-tls' } },
          { name: 'none' },
        ],
        containers: [
          { name: 'a', volumeMounts: [{ name: 'kube-api-access-x7k2p', mountPath: '/token', readOnly: true }] },
        ],
      },
    },
    interner,
  ) as Pod
  assert.deepEqual(pod.spec.volumes, [
    { name: 'kube-api-access', type: 'projected', source: '' },
    { name: 'data', type: 'persistentVolumeClaim', source: 'data-0' },
    { name: 'settings', type: 'configMap', source: 'web' },
    { name: 'keys', type: 'secret', source: 'web-tls' },
    { name: 'none', type: '', source: '' },
  ])
  assert.deepEqual(pod.spec.containers[0]?.volumeMounts, [
    { name: 'kube-api-access', mountPath: '/token', readOnly: true },
  ])
})

test('only a reference with controller: true makes an owner', () => {
  const owner = (ownerReferences: unknown) =>
    readClusterObject('Pod', { metadata: { ...metadata, ownerReferences } }, interner)?.owner
  const reference = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-1', uid: 'rs1' }
  assert.equal(owner([reference]), null)
  assert.equal(owner([{ ...reference, controller: 'true' }]), null)
  assert.deepEqual(
    owner([
      { ...reference, uid: 'x' },
      { ...reference, controller: true, blockOwnerDeletion: true },
    ]),
    reference,
  )
})

test('labels may be called like JavaScript’s own things', () => {
  const labels = JSON.parse('{"__proto__":"a","constructor":"b","app":"c","bad":3,"empty":""}')
  const pod = readClusterObject('Pod', { metadata: { ...metadata, labels } }, interner)
  assert.deepEqual(Object.entries(pod?.labels ?? {}), [
    ['__proto__', 'a'],
    ['constructor', 'b'],
    ['app', 'c'],
    ['empty', ''],
  ])
  assert.equal(pod?.labels.toString, undefined)
  assert.equal(Object.getPrototypeOf(pod?.labels), null)
})

test('an event is the same from core/v1 and events.k8s.io/v1', () => {
  const times = { first: '2026-11-24T01:00:00Z', last: '2026-11-24T02:00:00Z' }
  const regarding = { kind: 'Pod', namespace: 'ns', name: 'p', uid: 'pu', fieldPath: 'spec.containers{app}' }
  const core = readClusterObject(
    'Event',
    {
      metadata,
      involvedObject: regarding,
      type: 'Warning',
      reason: 'BackOff',
      message: 'Back-off restarting failed container',
      count: 7,
      firstTimestamp: times.first,
      lastTimestamp: times.last,
      eventTime: null,
      source: { component: 'kubelet', host: 'node-1' },
      reportingComponent: '',
      reportingInstance: '',
    },
    interner,
  ) as ClusterEvent
  const newer = readClusterObject(
    'Event',
    {
      metadata,
      regarding,
      type: 'Warning',
      reason: 'BackOff',
      note: 'Back-off restarting failed container',
      deprecatedCount: 7,
      deprecatedFirstTimestamp: times.first,
      deprecatedLastTimestamp: times.last,
      eventTime: null,
      deprecatedSource: { component: 'kubelet', host: 'node-1' },
      reportingController: '',
      reportingInstance: '',
    },
    interner,
  )
  assert.deepEqual(core, newer)
  assert.deepEqual([core.count, core.firstAt, core.lastAt], [7, Date.parse(times.first), Date.parse(times.last)])
  assert.deepEqual([core.reportingController, core.host], ['kubelet', 'node-1'])
})

test('a series tells count and last time of a new event', () => {
  const event = readClusterObject(
    'Event',
    {
      metadata: { ...metadata, creationTimestamp: '2026-11-24T00:59:59Z' },
      regarding: { kind: 'Pod' },
      note: '0/3 nodes are available',
      eventTime: '2026-11-24T01:00:00.123456Z',
      series: { count: 12, lastObservedTime: '2026-11-24T01:30:00.5Z' },
      reportingController: 'default-scheduler',
      reportingInstance: 'default-scheduler-master',
    },
    interner,
  ) as ClusterEvent
  assert.deepEqual(
    [event.count, event.firstAt, event.lastAt, event.host],
    [12, Date.parse('2026-11-24T01:00:00.123Z'), Date.parse('2026-11-24T01:30:00.5Z'), 'default-scheduler-master'],
  )
})

test('an endpoint’s missing conditions mean ready; v1beta1 has its node in topology', () => {
  const slice = readClusterObject(
    'EndpointSlice',
    {
      metadata: { ...metadata, labels: { 'kubernetes.io/service-name': 'cart' } },
      addressType: 'IPv4',
      endpoints: [
        { addresses: ['10.0.0.1'], nodeName: 'n1', zone: 'a', targetRef: { kind: 'Pod', name: 'p', uid: 'pu' } },
        {
          addresses: ['10.0.0.2'],
          conditions: { ready: false },
          topology: { 'kubernetes.io/hostname': 'n2', 'topology.kubernetes.io/zone': 'b' },
        },
        {
          addresses: ['10.0.0.3', 4],
          conditions: { ready: false, serving: true, terminating: true },
          targetRef: { kind: 'Node', name: 'x', uid: 'y' },
        },
        'nonsense',
      ],
    },
    interner,
  ) as EndpointSlice
  assert.equal(slice.serviceName, 'cart')
  assert.deepEqual(
    slice.endpoints.map((each) => Object.values(each)),
    [
      [['10.0.0.1'], true, true, false, 'n1', 'a', 'pu', 'p'],
      [['10.0.0.2'], false, false, false, 'n2', 'b', '', ''],
      [['10.0.0.3'], false, true, true, '', '', '', ''],
    ],
  )
})

test('a Service without a selector is another thing than one with an empty one', () => {
  const selector = (spec: object) => (readClusterObject('Service', { metadata, spec }, interner) as Service).selector
  assert.equal(selector({}), null)
  assert.equal(Object.keys(selector({ selector: {} }) ?? { x: '' }).length, 0)
  const service = readClusterObject(
    'Service',
    { metadata, spec: { ports: [{ port: 80 }, { port: 81, targetPort: 'web', name: 'w' }] } },
    interner,
  ) as Service
  assert.deepEqual(service.ports, [
    { name: '', port: 80, targetPort: '80', protocol: 'TCP' },
    { name: 'w', port: 81, targetPort: 'web', protocol: 'TCP' },
  ])
})

test('a node’s pressure, taints and resources', () => {
  const node = readClusterObject(
    'Node',
    {
      metadata: { uid: 'u', name: 'node-1', labels: { 'topology.kubernetes.io/zone': 'a' } },
      spec: { unschedulable: true, taints: [{ key: 'k', effect: 'NoSchedule' }, null] },
      status: {
        allocatable: { cpu: '8', pods: 110, strange: {} },
        nodeInfo: { kubeletVersion: 'v1.30.1' },
        conditions: [{ type: 'Ready', status: 'True' }],
      },
    },
    interner,
  ) as Node
  assert.deepEqual(node.taints, [{ key: 'k', value: '', effect: 'NoSchedule' }])
  assert.deepEqual(Object.entries(node.allocatable), [
    ['cpu', '8'],
    ['pods', '110'],
  ])
  assert.deepEqual([node.unschedulable, node.kubeletVersion, node.namespace], [true, 'v1.30.1', ''])
})

const workloads: readonly [kind: Workload['kind'], spec: object, status: object, counts: (number | null)[]][] = [
  ['Deployment', { replicas: 4 }, { readyReplicas: 3, updatedReplicas: 2, availableReplicas: 1 }, [4, 3, 2, 1]],
  ['ReplicaSet', {}, {}, [1, 0, 0, 0]],
  ['StatefulSet', { replicas: 0 }, {}, [0, 0, 0, 0]],
  [
    'DaemonSet',
    {},
    { desiredNumberScheduled: 5, numberReady: 4, updatedNumberScheduled: 3, numberAvailable: 2 },
    [5, 4, 3, 2],
  ],
  ['Job', { parallelism: 3 }, { ready: 2 }, [3, 2, 0, 0]],
  ['CronJob', {}, {}, [null, 0, 0, 0]],
]

for (const [kind, spec, status, counts] of workloads) {
  test(`${kind}: replicas, ready, updated, available`, () => {
    const workload = readClusterObject(kind, { metadata, spec, status }, interner) as Workload
    const { replicas, readyReplicas, updatedReplicas, availableReplicas } = workload
    assert.deepEqual([replicas, readyReplicas, updatedReplicas, availableReplicas], counts)
    assert.equal(workload.podSpec, null)
  })
}

test('a CronJob’s template lies one step deeper', () => {
  const template = { metadata: { labels: { app: 'backup' } }, spec: { containers: [{ name: 'a' }] } }
  const cronJob = readClusterObject(
    'CronJob',
    { metadata, spec: { jobTemplate: { spec: { template } } } },
    interner,
  ) as Workload
  assert.equal(cronJob.podLabels.app, 'backup')
  assert.equal(cronJob.podSpec?.containers[0]?.name, 'a')
})

test('a workload’s revision is its annotation, else its status', () => {
  const revision = (object: object) => (readClusterObject('Deployment', object, interner) as Workload).revision
  assert.equal(revision({ metadata: { ...metadata, annotations: { 'deployment.kubernetes.io/revision': '7' } } }), '7')
  assert.equal(revision({ metadata, status: { updateRevision: 'db-6f' } }), 'db-6f')
  assert.equal(revision({ metadata }), '')
})
