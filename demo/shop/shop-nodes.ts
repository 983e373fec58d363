import { timestamp } from '../api/object-store.ts'
import type { ControlPlane } from '../cluster/control-plane.ts'
import { fieldsOf, managedFields } from '../cluster/managed-fields.ts'
import { healthy } from '../cluster/node-lifecycle.ts'
import type { Node } from '../cluster/pod-types.ts'

const region = 'eu-central-1'
export const zones = ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'] as const
export type Zone = (typeof zones)[number]

const nodesPerZone = 4
/** A rolling kubelet upgrade is never quite done. */
const versions = ['v1.34.3', 'v1.34.3', 'v1.34.2']

/** Puts twelve nodes in three zones, each with its kubelet. */
export function addNodes(plane: ControlPlane, bootedAt: number): void {
  const { cluster } = plane
  for (const [zoneIndex, zone] of zones.entries()) {
    for (let index = 0; index < nodesPerZone; index += 1) {
      const host = 12 + zoneIndex * 7 + index * 43
      const hostIP = `10.20.${zoneIndex + 1}.${host}`
      const name = `ip-10-20-${zoneIndex + 1}-${host}.${region}.compute.internal`
      const podCIDR = `10.244.${zoneIndex * nodesPerZone + index + 1}`
      const since = bootedAt - cluster.random.between(0, 20 * 86_400_000)
      plane.pods.addKubelet(name, hostIP, podCIDR)
      plane.nodes.add(cluster.writeNode(makeNode(plane, name, zone, hostIP, `${podCIDR}.0/24`, since, index)))
    }
  }
}

function makeNode(
  plane: ControlPlane,
  name: string,
  zone: Zone,
  hostIP: string,
  podCIDR: string,
  since: number,
  index: number,
): Node {
  const { random, timestamp: now } = plane.cluster
  const version = versions[index % versions.length] ?? 'v1.34.3'
  const created = timestamp(since)
  const labels = {
    'beta.kubernetes.io/arch': 'amd64',
    'beta.kubernetes.io/os': 'linux',
    'kubernetes.io/arch': 'amd64',
    'kubernetes.io/hostname': name,
    'kubernetes.io/os': 'linux',
    'node.kubernetes.io/instance-type': 'm6i.2xlarge',
    'topology.kubernetes.io/region': region,
    'topology.kubernetes.io/zone': zone,
    'node-pool': 'general',
  }
  const annotations = {
    'csi.volume.kubernetes.io/nodeid': `{"ebs.csi.aws.com":"i-0${random.hex(16)}"}`,
    'node.alpha.kubernetes.io/ttl': '0',
    'volumes.kubernetes.io/controller-managed-attach-detach': 'true',
  }
  const conditions = ['MemoryPressure', 'DiskPressure', 'PIDPressure', 'Ready'].flatMap((type) => {
    const condition = healthy(type, created)
    return condition ? [{ ...condition, lastHeartbeatTime: now }] : []
  })
  const network = {
    type: 'NetworkUnavailable',
    status: 'False',
    lastHeartbeatTime: created,
    lastTransitionTime: created,
    reason: 'CiliumIsUp',
    message: 'Cilium is running on this node',
  }
  const status = {
    capacity: { cpu: '8', 'ephemeral-storage': '104845292Ki', memory: '32386548Ki', pods: '110', 'hugepages-2Mi': '0' },
    allocatable: {
      cpu: '7910m',
      'ephemeral-storage': '95551679124',
      memory: '31369716Ki',
      pods: '110',
      'hugepages-2Mi': '0',
    },
    conditions: [network, ...conditions],
    addresses: [
      { type: 'InternalIP', address: hostIP },
      { type: 'Hostname', address: name },
    ],
    daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
    nodeInfo: {
      machineID: random.hex(32),
      systemUUID: random.uuid(),
      bootID: random.uuid(),
      kernelVersion: '6.8.0-1021-aws',
      osImage: 'Ubuntu 24.04.3 LTS',
      containerRuntimeVersion: 'containerd://2.1.4',
      kubeletVersion: version,
      kubeProxyVersion: '',
      operatingSystem: 'linux',
      architecture: 'amd64',
    },
    images: ['registry.k8s.io/pause:3.10', 'quay.io/cilium/cilium:v1.18.2'].map((image, place) => ({
      names: [image],
      sizeBytes: place === 0 ? 320_368 : 231_881_302,
    })),
  }
  const spec = { podCIDR, podCIDRs: [podCIDR], providerID: `aws:///${zone}/i-0${random.hex(16)}` }
  return {
    metadata: {
      ...plane.cluster.newMetadata(name, undefined),
      creationTimestamp: created,
      labels,
      annotations,
      managedFields: managedFields([
        { manager: 'kubelet', time: created, fields: { 'f:metadata': fieldsOf({ annotations, labels }) } },
        { manager: 'kubelet', time: now, fields: { 'f:status': fieldsOf(status) }, subresource: 'status' },
      ]),
    },
    spec,
    status,
  }
}
