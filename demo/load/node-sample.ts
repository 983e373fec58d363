import { fieldsOf, managedFields } from '../cluster/managed-fields.ts'
import { healthy } from '../cluster/node-lifecycle.ts'

/** The gaps in a node's text, in the order in which LoadObjects gives their values. */
export const nodeGaps = ['uid', 'revision', 'name', 'zone', 'ip', 'created', 'heartbeat']

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

export const nodeSample = {
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
