import type { PodControl } from './pod-control.ts'
import { isReady, isTerminal, isTerminating, type Pod } from './pod-types.ts'
import type { SimulatedCluster } from './simulated-cluster.ts'
import type { ReplicaSet } from './workload-types.ts'

/** Keeps as many pods as each ReplicaSet asks for (k/k pkg/controller/replicaset). */
export class ReplicaSetController {
  readonly #cluster: SimulatedCluster
  readonly #pods: PodControl
  readonly #onChanged: (replicaSet: ReplicaSet) => void

  /** @param onChanged called when a ReplicaSet's status has been looked at anew */
  constructor(cluster: SimulatedCluster, pods: PodControl, onChanged: (replicaSet: ReplicaSet) => void) {
    this.#cluster = cluster
    this.#pods = pods
    this.#onChanged = onChanged
    cluster.onPod((pod) => {
      const owner = pod.metadata.ownerReferences?.[0]
      if (owner?.kind === 'ReplicaSet') this.queue(pod.metadata.namespace ?? '', owner.name)
    })
  }

  queue(namespace: string, name: string): void {
    this.#cluster.queue(`replicaset/${namespace}/${name}`, this.#cluster.random.between(30, 150), () =>
      this.#reconcile(namespace, name),
    )
  }

  #reconcile(namespace: string, name: string): void {
    const replicaSet = this.#cluster.get<ReplicaSet>('replicasets', namespace, name)
    if (!replicaSet) return
    const owned = this.#cluster.podsOf(replicaSet.metadata.uid ?? '')
    const active = owned.filter((pod) => !isTerminating(pod) && !isTerminal(pod))
    const source = { component: 'replicaset-controller' }
    const subject = { kind: 'ReplicaSet', apiVersion: 'apps/v1', object: replicaSet }
    const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', object: replicaSet }
    for (let missing = replicaSet.spec.replicas - active.length; missing > 0; missing -= 1) {
      const pod = this.#pods.create(owner, replicaSet.spec.template, `${name}-`)
      active.push(pod)
      this.#cluster.events.record(source, subject, 'Normal', 'SuccessfulCreate', `Created pod: ${pod.metadata.name}`)
    }
    const surplus = active.length - replicaSet.spec.replicas
    if (surplus > 0) {
      for (const pod of this.#ranked(active).slice(0, surplus)) {
        this.#pods.delete(pod)
        this.#cluster.events.record(source, subject, 'Normal', 'SuccessfulDelete', `Deleted pod: ${pod.metadata.name}`)
      }
    }
    this.#onChanged(this.updateStatus(replicaSet))
  }

  updateStatus(replicaSet: ReplicaSet): ReplicaSet {
    const active = this.#cluster
      .podsOf(replicaSet.metadata.uid ?? '')
      .filter((pod) => !isTerminating(pod) && !isTerminal(pod))
    const ready = active.filter(isReady).length
    const status = {
      replicas: active.length,
      ...(active.length > 0 && { fullyLabeledReplicas: active.length }),
      ...(ready > 0 && { readyReplicas: ready, availableReplicas: ready }),
      observedGeneration: replicaSet.metadata.generation,
    }
    if (JSON.stringify(status) === JSON.stringify(replicaSet.status)) return replicaSet
    return this.#cluster.write('replicasets', { ...replicaSet, status })
  }

  /** Which go first: unbound, pending, not ready, crowded on one node, youngest (controller_utils.go ActivePodsWithRanks). */
  #ranked(pods: readonly Pod[]): Pod[] {
    const onNode = new Map<string, number>()
    for (const pod of pods) onNode.set(pod.spec.nodeName ?? '', (onNode.get(pod.spec.nodeName ?? '') ?? 0) + 1)
    const rank = (pod: Pod): readonly number[] => [
      pod.spec.nodeName === undefined ? 0 : 1,
      pod.status.phase === 'Pending' ? 0 : 1,
      isReady(pod) ? 1 : 0,
      -(onNode.get(pod.spec.nodeName ?? '') ?? 0),
      -Date.parse(pod.metadata.creationTimestamp ?? ''),
    ]
    return [...pods].sort((a, b) => {
      const [x, y] = [rank(a), rank(b)]
      for (const [index, value] of x.entries()) {
        const difference = value - (y[index] ?? 0)
        if (difference !== 0) return difference
      }
      return 0
    })
  }
}
