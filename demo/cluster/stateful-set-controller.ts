import type { PodControl } from './pod-control.ts'
import { isReady, isTerminal, isTerminating, type Pod } from './pod-types.ts'
import type { SimulatedCluster } from './simulated-cluster.ts'
import type { StatefulSet } from './workload-types.ts'

/** Keeps a StatefulSet's pods, one ordinal after the other (k/k pkg/controller/statefulset, OrderedReady). */
export class StatefulSetController {
  readonly #cluster: SimulatedCluster
  readonly #pods: PodControl

  constructor(cluster: SimulatedCluster, pods: PodControl) {
    this.#cluster = cluster
    this.#pods = pods
    cluster.onPod((pod) => {
      const owner = pod.metadata.ownerReferences?.[0]
      if (owner?.kind === 'StatefulSet') this.queue(pod.metadata.namespace ?? '', owner.name)
    })
  }

  queue(namespace: string, name: string): void {
    this.#cluster.queue(`statefulset/${namespace}/${name}`, this.#cluster.random.between(50, 200), () =>
      this.#reconcile(namespace, name),
    )
  }

  /** What the pod of an ordinal has beyond the template. */
  podExtras(set: StatefulSet, ordinal: number, revision: string) {
    const name = `${set.metadata.name}-${ordinal}`
    return {
      name,
      labels: {
        'apps.kubernetes.io/pod-index': String(ordinal),
        'controller-revision-hash': revision,
        'statefulset.kubernetes.io/pod-name': name,
      },
      spec: {
        hostname: name,
        subdomain: set.spec.serviceName,
        volumes: [
          ...(set.spec.template.spec.volumes ?? []),
          { name: 'data', persistentVolumeClaim: { claimName: `data-${name}` } },
        ],
      },
    }
  }

  #reconcile(namespace: string, name: string): void {
    const set = this.#cluster.get<StatefulSet>('statefulsets', namespace, name)
    if (!set) return
    const owner = { apiVersion: 'apps/v1', kind: 'StatefulSet', object: set }
    const source = { component: 'statefulset-controller' }
    const subject = { kind: 'StatefulSet', apiVersion: 'apps/v1', object: set }
    const pods = this.#byName(set)
    const revision = set.status.updateRevision ?? ''
    for (let ordinal = 0; ordinal < set.spec.replicas; ordinal += 1) {
      const extras = this.podExtras(set, ordinal, revision)
      const pod = pods.get(extras.name)
      if (pod && isTerminal(pod)) {
        this.#pods.delete(pod)
        break
      }
      if (!pod) {
        this.#pods.create(owner, set.spec.template, extras.name, extras)
        const message = `create Pod ${extras.name} in StatefulSet ${name} successful`
        this.#cluster.events.record(source, subject, 'Normal', 'SuccessfulCreate', message)
        break
      }
      // The next ordinal waits until this one is ready, and a terminating pod until it is gone.
      if (!isReady(pod) || isTerminating(pod)) break
    }
    this.updateStatus(set)
  }

  updateStatus(set: StatefulSet): void {
    const pods = [...this.#byName(set).values()].filter((pod) => !isTerminating(pod))
    const ready = pods.filter(isReady).length
    const revision = set.status.updateRevision ?? ''
    const status = {
      observedGeneration: set.metadata.generation,
      replicas: pods.length,
      ...(ready > 0 && { readyReplicas: ready }),
      ...(pods.length > 0 && { currentReplicas: pods.length, updatedReplicas: pods.length }),
      currentRevision: revision,
      updateRevision: revision,
      collisionCount: 0,
      availableReplicas: ready,
    }
    if (JSON.stringify(status) !== JSON.stringify(set.status)) this.#cluster.write('statefulsets', { ...set, status })
  }

  #byName(set: StatefulSet): Map<string, Pod> {
    return new Map(this.#cluster.podsOf(set.metadata.uid ?? '').map((pod) => [pod.metadata.name, pod]))
  }
}
