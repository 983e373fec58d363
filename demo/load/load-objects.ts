import type { ByteSink } from '../api/byte-sink.ts'
import type { KubernetesObject, StoredObject } from '../api/kubernetes-object.ts'
import { fieldsOf, managedFields } from '../cluster/managed-fields.ts'
import { healthy } from '../cluster/node-lifecycle.ts'
import { uidOf } from './identifiers.ts'
import type { LoadLayout } from './load-layout.ts'
import { objectOf } from './load-pod.ts'
import { archetypes, specOf } from './pod-sample.ts'
import { TextTemplate } from './text-template.ts'

/** An object that is put into text from a few values whenever it is read; the first two are its uid and its revision. */
class FilledObject implements StoredObject {
  readonly namespace: string
  readonly name: string
  readonly uid: string
  readonly revision: number
  readonly #template: TextTemplate<string>
  readonly #values: readonly string[]

  constructor(
    identity: { readonly namespace: string; readonly name: string; readonly uid: string },
    revision: number,
    template: TextTemplate<string>,
    values: readonly string[],
  ) {
    this.namespace = identity.namespace
    this.name = identity.name
    this.uid = identity.uid
    this.revision = revision
    this.#template = template
    this.#values = values
  }

  writeRest(sink: ByteSink): void {
    this.#template.write(sink, [this.uid, String(this.revision), ...this.#values])
  }

  object(): KubernetesObject {
    return objectOf(this)
  }

  at(revision: number): StoredObject {
    return new FilledObject(this, revision, this.#template, this.#values)
  }
}

/** Makes the objects around the pods. Times are seconds after the layout's epoch. */
export class LoadObjects {
  readonly #layout: LoadLayout
  readonly #node = new TextTemplate<string>(nodeSample, [
    'uid',
    'revision',
    'name',
    'zone',
    'ip',
    'created',
    'heartbeat',
  ])
  readonly #namespace = new TextTemplate<string>(
    {
      metadata: {
        name: '⟦name⟧',
        uid: '⟦uid⟧',
        resourceVersion: '⟦revision⟧',
        creationTimestamp: '⟦created⟧',
        labels: { 'kubernetes.io/metadata.name': '⟦name⟧' },
      },
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    },
    ['uid', 'revision', 'name', 'created'],
  )
  readonly #workloads = archetypes.map((archetype) => ({
    deployment: new TextTemplate<string>(deploymentSample(specOf(archetype)), workloadGaps),
    replicaSet: new TextTemplate<string>(replicaSetSample(specOf(archetype)), workloadGaps),
  }))

  constructor(layout: LoadLayout) {
    this.#layout = layout
  }

  node(index: number, revision: number, heartbeat: number): StoredObject {
    const layout = this.#layout
    const name = layout.nodeName(index)
    const identity = { namespace: '', name, uid: uidOf(index, 4) }
    return new FilledObject(identity, revision, this.#node, [
      name,
      layout.zoneOf(index),
      layout.hostIP(index),
      layout.time(-(index % 1000) * 3600 - 86_400),
      layout.time(heartbeat),
    ])
  }

  namespace(index: number, revision: number): StoredObject {
    const name = this.#layout.namespaceName(index)
    const identity = { namespace: '', name, uid: uidOf(index, 5) }
    return new FilledObject(identity, revision, this.#namespace, [name, this.#layout.time(-9_000_000)])
  }

  deployment(workload: number, revision: number): StoredObject {
    const name = this.#layout.appOf(workload)
    const identity = { namespace: this.#layout.namespaceOf(workload), name, uid: this.#layout.deploymentUid(workload) }
    const template = this.#workloads[workload % this.#workloads.length]?.deployment
    if (!template) throw new RangeError('no archetype')
    return new FilledObject(identity, revision, template, this.#values(workload))
  }

  replicaSet(workload: number, revision: number): StoredObject {
    const name = this.#layout.replicaSetName(workload)
    const identity = { namespace: this.#layout.namespaceOf(workload), name, uid: uidOf(workload, 2) }
    const template = this.#workloads[workload % this.#workloads.length]?.replicaSet
    if (!template) throw new RangeError('no archetype')
    return new FilledObject(identity, revision, template, this.#values(workload))
  }

  /** In the order of `workloadGaps`, without uid and revision. */
  #values(workload: number): readonly string[] {
    const layout = this.#layout
    return [
      layout.namespaceOf(workload),
      layout.appOf(workload),
      layout.hashOf(workload),
      layout.replicaSetName(workload),
      layout.deploymentUid(workload),
      String(layout.podsOf(workload).count),
      layout.time(-(workload % 500) * 7200 - 90_000),
      'token',
    ]
  }
}

const workloadGaps = [
  'uid',
  'revision',
  'namespace',
  'app',
  'hash',
  'replicaSet',
  'deploymentUid',
  'replicas',
  'created',
  // A gap of the pod's spec that means nothing in a template.
  'suffix',
]

const counts = { replicas: '⟦!replicas⟧', readyReplicas: '⟦!replicas⟧', availableReplicas: '⟦!replicas⟧' }

function deploymentSample(spec: object): object {
  const labels = { app: '⟦app⟧' }
  const condition = (type: string, reason: string, message: string) => ({
    type,
    status: 'True',
    lastUpdateTime: '⟦created⟧',
    lastTransitionTime: '⟦created⟧',
    reason,
    message,
  })
  const own = {
    replicas: '⟦!replicas⟧',
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec },
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%' } },
    revisionHistoryLimit: 10,
    progressDeadlineSeconds: 600,
  }
  return {
    metadata: {
      name: '⟦app⟧',
      namespace: '⟦namespace⟧',
      uid: '⟦uid⟧',
      resourceVersion: '⟦revision⟧',
      generation: 1,
      creationTimestamp: '⟦created⟧',
      labels,
      annotations: { 'deployment.kubernetes.io/revision': '1' },
      managedFields: managedFields([
        { manager: 'load', apiVersion: 'apps/v1', time: '⟦created⟧', fields: { 'f:spec': fieldsOf(own) } },
      ]),
    },
    spec: own,
    status: {
      observedGeneration: 1,
      ...counts,
      updatedReplicas: '⟦!replicas⟧',
      conditions: [
        condition('Available', 'MinimumReplicasAvailable', 'Deployment has minimum availability.'),
        condition('Progressing', 'NewReplicaSetAvailable', 'ReplicaSet "⟦replicaSet⟧" has successfully progressed.'),
      ],
    },
  }
}

function replicaSetSample(spec: object): object {
  const labels = { app: '⟦app⟧', 'pod-template-hash': '⟦hash⟧' }
  return {
    metadata: {
      name: '⟦replicaSet⟧',
      namespace: '⟦namespace⟧',
      uid: '⟦uid⟧',
      resourceVersion: '⟦revision⟧',
      generation: 1,
      creationTimestamp: '⟦created⟧',
      labels,
      annotations: {
        'deployment.kubernetes.io/desired-replicas': '⟦replicas⟧',
        'deployment.kubernetes.io/revision': '1',
      },
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          name: '⟦app⟧',
          uid: '⟦deploymentUid⟧',
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    },
    spec: { replicas: '⟦!replicas⟧', selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
    status: { ...counts, fullyLabeledReplicas: '⟦!replicas⟧', observedGeneration: 1 },
  }
}

const nodeStatus = {
  capacity: { cpu: '32', memory: '131072000Ki', pods: '110', 'ephemeral-storage': '204845292Ki' },
  allocatable: { cpu: '31850m', memory: '128974848Ki', pods: '110', 'ephemeral-storage': '184360762800' },
  conditions: ['MemoryPressure', 'DiskPressure', 'PIDPressure', 'Ready'].map((type) => ({
    ...healthy(type, '⟦created⟧'),
    lastHeartbeatTime: '⟦heartbeat⟧',
  })),
  addresses: [
    { type: 'InternalIP', address: '⟦ip⟧' },
    { type: 'Hostname', address: '⟦name⟧' },
  ],
  daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
  nodeInfo: {
    machineID: '⟦uid⟧',
    systemUUID: '⟦uid⟧',
    bootID: '⟦uid⟧',
    kernelVersion: '6.8.0-1021-aws',
    osImage: 'Ubuntu 24.04.3 LTS',
    containerRuntimeVersion: 'containerd://2.1.4',
    kubeletVersion: 'v1.34.3',
    kubeProxyVersion: '',
    operatingSystem: 'linux',
    architecture: 'amd64',
  },
  images: Array.from({ length: 30 }, (_, index) => ({
    names: [`registry.acme-shop.example/platform/image-${index}:1.${index}.0`],
    sizeBytes: 12_345_678 + index * 1_000_003,
  })),
}

const nodeSample = {
  metadata: {
    name: '⟦name⟧',
    uid: '⟦uid⟧',
    resourceVersion: '⟦revision⟧',
    creationTimestamp: '⟦created⟧',
    labels: {
      'kubernetes.io/arch': 'amd64',
      'kubernetes.io/os': 'linux',
      'kubernetes.io/hostname': '⟦name⟧',
      'node.kubernetes.io/instance-type': 'm6i.8xlarge',
      'topology.kubernetes.io/region': 'load',
      'topology.kubernetes.io/zone': '⟦zone⟧',
    },
    annotations: { 'node.alpha.kubernetes.io/ttl': '300' },
    managedFields: managedFields([
      { manager: 'kubelet', time: '⟦heartbeat⟧', fields: { 'f:status': fieldsOf(nodeStatus) }, subresource: 'status' },
    ]),
  },
  spec: { podCIDR: '10.128.0.0/24', providerID: 'load:///⟦zone⟧/⟦name⟧' },
  status: nodeStatus,
}
