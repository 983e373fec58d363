import type { KubernetesObject } from '../api/kubernetes-object.ts'
import { conditionOf, isTerminal, isTerminating, labelsOf, type Pod } from './pod-types.ts'
import { controllerReference, type SimulatedCluster } from './simulated-cluster.ts'
import type { Service } from './workload-types.ts'

/** One slice for each Service with a selector (k/k staging endpointslice; the demo's Services have fewer than 100 endpoints). */
export class EndpointSliceController {
  readonly #cluster: SimulatedCluster
  readonly #services = new Map<string, Service[]>()
  /** The slice's name by its Service's uid. */
  readonly #names = new Map<string, string>()

  constructor(cluster: SimulatedCluster) {
    this.#cluster = cluster
    cluster.onPod((pod) => {
      const labels = labelsOf(pod)
      for (const service of this.#services.get(pod.metadata.namespace ?? '') ?? []) {
        if (matches(service, labels)) this.#queue(service)
      }
    })
  }

  add(service: Service): void {
    const namespace = service.metadata.namespace ?? ''
    this.#services.set(namespace, [...(this.#services.get(namespace) ?? []), service])
    const metadata = this.#cluster.newMetadata(`${service.metadata.name}-${this.#cluster.random.suffix()}`, namespace, {
      ...(service.metadata.creationTimestamp && { creationTimestamp: service.metadata.creationTimestamp }),
      generateName: `${service.metadata.name}-`,
      generation: 1,
      labels: {
        ...labelsOf(service),
        'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
        'kubernetes.io/service-name': service.metadata.name,
      },
      ownerReferences: [controllerReference('v1', 'Service', service)],
    })
    const slice = { metadata, addressType: 'IPv4', endpoints: [], ports: [] }
    this.#cluster.write('endpointslices', slice)
    this.#names.set(service.metadata.uid ?? '', metadata.name)
    this.#reconcile(service)
  }

  #queue(service: Service): void {
    const { namespace, name } = service.metadata
    this.#cluster.queue(`endpointslice/${namespace}/${name}`, this.#cluster.random.between(80, 300), () =>
      this.#reconcile(service),
    )
  }

  #reconcile(service: Service): void {
    const { namespace = '', uid = '' } = service.metadata
    const slice = this.#cluster.get<KubernetesObject>('endpointslices', namespace, this.#names.get(uid) ?? '')
    if (!slice) return
    const endpoints: object[] = []
    for (const pod of this.#cluster.pods) {
      if (pod.metadata.namespace !== namespace || !matches(service, labelsOf(pod))) continue
      if (isTerminal(pod) || pod.status.podIP === undefined) continue
      endpoints.push(this.#endpoint(service, pod))
    }
    const ports = service.spec.ports.map(({ name, port, targetPort, protocol }) => ({
      name: name ?? '',
      port: typeof targetPort === 'number' ? targetPort : port,
      protocol,
    }))
    if (JSON.stringify([endpoints, ports]) === JSON.stringify([slice.endpoints, slice.ports])) return
    const generation = (slice.metadata.generation ?? 1) + 1
    const annotations = { 'endpoints.kubernetes.io/last-change-trigger-time': this.#cluster.timestamp }
    this.#cluster.write('endpointslices', {
      ...slice,
      metadata: { ...slice.metadata, generation, annotations },
      endpoints,
      ports,
    })
  }

  #endpoint(service: Service, pod: Pod): object {
    const serving = conditionOf(pod, 'Ready')?.status === 'True'
    const terminating = isTerminating(pod)
    const ready = service.spec.publishNotReadyAddresses === true || (serving && !terminating)
    const node = this.#cluster.node(pod.spec.nodeName ?? '')
    const { name, namespace, uid } = pod.metadata
    return {
      addresses: [pod.status.podIP],
      conditions: { ready, serving, terminating },
      targetRef: { kind: 'Pod', namespace, name, uid },
      nodeName: pod.spec.nodeName,
      zone: node && labelsOf(node)['topology.kubernetes.io/zone'],
    }
  }
}

function matches(service: Service, labels: Readonly<Record<string, string>>): boolean {
  const selector = Object.entries(service.spec.selector ?? {})
  return selector.length > 0 && selector.every(([key, value]) => labels[key] === value)
}
