import { timestamp } from '../api/object-store.ts'
import type { ControlPlane } from '../cluster/control-plane.ts'
import type { PodOwner } from '../cluster/pod-control.ts'
import type { PodTemplate } from '../cluster/pod-types.ts'
import type { Deployment, ReplicaSet } from '../cluster/workload-types.ts'
import { withVersion } from './pod-templates.ts'
import type { ShopWorkload } from './shop-workload.ts'
import { makeBudget, makeDaemonSet, makeDeployment, makeService, makeStatefulSet } from './workload-objects.ts'

const day = 86_400_000

/** Puts workloads in place as they are long after somebody deployed them: running, with their history behind them. */
export class Installer {
  readonly #plane: ControlPlane
  #budgets = 0

  constructor(plane: ControlPlane) {
    this.#plane = plane
  }

  deployment(workload: ShopWorkload): void {
    const { cluster, deployments } = this.#plane
    const createdAt = this.#createdAt(workload)
    const past = workload.revisions ?? 1
    // The present revision is younger than the Deployment.
    const rolledAt = createdAt + ((cluster.now - createdAt) * past) / (past + 1)
    const made = makeDeployment(cluster, workload, createdAt)
    const revision = { 'deployment.kubernetes.io/revision': String(past) }
    const metadata = { ...made.metadata, annotations: { ...made.metadata.annotations, ...revision } }
    const deployment = cluster.write<Deployment>('deployments', { ...made, metadata })
    for (let old = Math.max(1, past - made.spec.revisionHistoryLimit); old < past; old += 1) {
      const at = createdAt + ((cluster.now - createdAt) * old) / (past + 1)
      const template = withVersion(deployment.spec.template, `${workload.version}-rc${old}`)
      const was = { ...deployment, spec: { ...deployment.spec, template } }
      cluster.write('replicasets', deployments.makeReplicaSet(was, old, 0, timestamp(at), cluster.random.suffix(10)))
    }
    const replicaSet = cluster.write<ReplicaSet>(
      'replicasets',
      deployments.makeReplicaSet(deployment, past, workload.replicas, timestamp(rolledAt), cluster.random.suffix(10)),
    )
    const { template } = replicaSet.spec
    const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', object: replicaSet }
    const placed = this.#pods(workload, owner, template, workload.replicas, rolledAt, () => ({
      name: `${replicaSet.metadata.name}-`,
    }))
    const status = this.#plane.replicaSets.updateStatus(replicaSet).status
    const replicas = status.readyReplicas ?? 0
    const at = timestamp(rolledAt + 40_000)
    const complete = placed === workload.replicas
    cluster.write('deployments', {
      ...deployment,
      status: {
        observedGeneration: 1,
        replicas: workload.replicas,
        updatedReplicas: workload.replicas,
        readyReplicas: replicas,
        availableReplicas: replicas,
        conditions: [
          {
            type: 'Available',
            status: 'True',
            lastUpdateTime: at,
            lastTransitionTime: at,
            reason: 'MinimumReplicasAvailable',
            message: 'Deployment has minimum availability.',
          },
          {
            type: 'Progressing',
            status: 'True',
            lastUpdateTime: at,
            lastTransitionTime: timestamp(createdAt),
            reason: complete ? 'NewReplicaSetAvailable' : 'ReplicaSetUpdated',
            message: `ReplicaSet "${replicaSet.metadata.name}" has successfully progressed.`,
          },
        ],
      },
    })
    deployments.updateStatus(deployment)
    this.#service(workload, createdAt, false)
  }

  statefulSet(workload: ShopWorkload): void {
    const { cluster, statefulSets } = this.#plane
    const createdAt = this.#createdAt(workload)
    const set = cluster.write('statefulsets', makeStatefulSet(cluster, workload, createdAt))
    const owner = { apiVersion: 'apps/v1', kind: 'StatefulSet', object: set }
    const revision = set.status.updateRevision ?? ''
    this.#pods(workload, owner, set.spec.template, workload.replicas, createdAt + day, (ordinal) =>
      statefulSets.podExtras(set, ordinal, revision),
    )
    statefulSets.updateStatus(set)
    this.#service(workload, createdAt, true)
  }

  daemonSet(workload: ShopWorkload): void {
    const { cluster, daemonSets, pods } = this.#plane
    const createdAt = this.#createdAt(workload)
    const set = cluster.write('daemonsets', makeDaemonSet(cluster, workload, createdAt))
    const owner = { apiVersion: 'apps/v1', kind: 'DaemonSet', object: set }
    for (const node of cluster.nodes) {
      const startedAt = Math.max(createdAt, Date.parse(node.metadata.creationTimestamp ?? '')) + 20_000
      const name = `${workload.name}-`
      const pod = pods.make(owner, set.spec.template, name, daemonSets.podExtras(set, node), startedAt)
      pods.adopt(pod, node.metadata.name, startedAt, 0)
    }
    daemonSets.updateStatus(set)
  }

  /** Makes, places and ages the pods of a workload. Returns how many found a place. */
  #pods(
    workload: ShopWorkload,
    owner: PodOwner,
    template: PodTemplate,
    count: number,
    since: number,
    extras: (ordinal: number) => { name: string; labels?: Record<string, string>; spec?: object },
  ): number {
    const { cluster, pods, scheduler } = this.#plane
    let placed = 0
    for (let ordinal = 0; ordinal < count; ordinal += 1) {
      const { name, ...more } = extras(ordinal)
      const startedAt = Math.min(since + ordinal * 25_000, cluster.now - 600_000)
      const pod = pods.make(owner, template, name, more, startedAt)
      const node = scheduler.place(pod)
      // What fits nowhere waits for the scheduler like any other pod.
      if (typeof node === 'string') cluster.writePod(pod)
      else {
        const restarts = ordinal === 0 ? (workload.restarts ?? 0) : 0
        pods.adopt(pod, node.metadata.name, startedAt, restarts)
        placed += 1
      }
    }
    return placed
  }

  #service(workload: ShopWorkload, createdAt: number, headless: boolean): void {
    if (workload.service === undefined) return
    const { cluster, endpointSlices } = this.#plane
    endpointSlices.add(cluster.write('services', makeService(cluster, workload, createdAt, headless)))
    if (workload.replicas < 3) return
    this.#budgets += 1
    cluster.write('poddisruptionbudgets', makeBudget(workload, createdAt, this.#budgets))
  }

  #createdAt(workload: { readonly age?: number }): number {
    const { cluster } = this.#plane
    return cluster.now - (workload.age ?? cluster.random.between(4, 40)) * day
  }
}
