import { deploymentConditions } from './deployment-conditions.ts'
import { ownerUid, type PodTemplate } from './pod-types.ts'
import type { ReplicaSetController } from './replica-set-controller.ts'
import { controllerReference, type SimulatedCluster } from './simulated-cluster.ts'
import type { Deployment, ReplicaSet } from './workload-types.ts'

const revisionAnnotation = 'deployment.kubernetes.io/revision'

/** Rolls Deployments from one ReplicaSet to the next (k/k pkg/controller/deployment/rolling.go). */
export class DeploymentController {
  readonly #cluster: SimulatedCluster
  readonly #replicaSets: () => ReplicaSetController

  constructor(cluster: SimulatedCluster, replicaSets: () => ReplicaSetController) {
    this.#cluster = cluster
    this.#replicaSets = replicaSets
  }

  /** A ReplicaSet has changed. */
  changed(replicaSet: ReplicaSet): void {
    const owner = replicaSet.metadata.ownerReferences?.[0]
    if (owner?.kind === 'Deployment') this.queue(replicaSet.metadata.namespace ?? '', owner.name)
  }

  queue(namespace: string, name: string, delay = this.#cluster.random.between(20, 120)): void {
    this.#cluster.queue(`deployment/${namespace}/${name}`, delay, () => this.#reconcile(namespace, name))
  }

  /** Changes the pod template, as an apply or `kubectl rollout restart` does. */
  rollout(namespace: string, name: string, change: (template: PodTemplate) => PodTemplate): void {
    const deployment = this.#cluster.get<Deployment>('deployments', namespace, name)
    if (!deployment) return
    const generation = (deployment.metadata.generation ?? 1) + 1
    this.#cluster.write('deployments', {
      ...deployment,
      metadata: { ...deployment.metadata, generation },
      spec: { ...deployment.spec, template: change(deployment.spec.template) },
    })
    this.queue(namespace, name)
  }

  /** Its ReplicaSets, oldest revision first. */
  replicaSetsOf(deployment: Deployment): ReplicaSet[] {
    const all: ReplicaSet[] = []
    for (const stored of this.#cluster.store.collection('replicasets').values()) {
      const replicaSet = stored.object() as ReplicaSet
      if (ownerUid(replicaSet) === deployment.metadata.uid) all.push(replicaSet)
    }
    return all.sort((a, b) => revisionOf(a) - revisionOf(b))
  }

  /** A ReplicaSet of the Deployment's present template, as the next revision. */
  makeReplicaSet(
    deployment: Deployment,
    revision: number,
    replicas: number,
    createdAt: string,
    hash: string,
  ): ReplicaSet {
    const { template, selector } = deployment.spec
    const label = { 'pod-template-hash': hash }
    const { surge } = limits(deployment)
    return {
      metadata: {
        ...this.#cluster.newMetadata(`${deployment.metadata.name}-${hash}`, deployment.metadata.namespace),
        creationTimestamp: createdAt,
        generation: 1,
        labels: { ...template.metadata.labels, ...label },
        annotations: {
          'deployment.kubernetes.io/desired-replicas': String(deployment.spec.replicas),
          'deployment.kubernetes.io/max-replicas': String(deployment.spec.replicas + surge),
          [revisionAnnotation]: String(revision),
        },
        ownerReferences: [controllerReference('apps/v1', 'Deployment', deployment)],
      },
      spec: {
        replicas,
        selector: { matchLabels: { ...selector.matchLabels, ...label } },
        template: {
          ...template,
          metadata: { ...template.metadata, labels: { ...template.metadata.labels, ...label } },
        },
      },
      status: { replicas: 0, observedGeneration: 1 },
    }
  }

  #reconcile(namespace: string, name: string): void {
    const deployment = this.#cluster.get<Deployment>('deployments', namespace, name)
    if (!deployment) return
    const all = this.replicaSetsOf(deployment)
    const current = all.find((each) => sameTemplate(each, deployment)) ?? this.#createNew(deployment, all)
    const old = all.filter((each) => each.metadata.uid !== current.metadata.uid)
    const { replicas } = deployment.spec
    const { surge } = limits(deployment)
    const total = sum(old, specReplicas) + current.spec.replicas
    if (current.spec.replicas < replicas && total < replicas + surge) {
      const room = Math.min(replicas + surge - total, replicas - current.spec.replicas)
      this.#scale(deployment, current, current.spec.replicas + room)
    } else if (current.spec.replicas > replicas) {
      this.#scale(deployment, current, replicas)
    } else {
      this.#scaleDown(deployment, current, old, total)
    }
    this.updateStatus(deployment)
    this.#prune(deployment)
  }

  #createNew(deployment: Deployment, all: readonly ReplicaSet[]): ReplicaSet {
    const revision = Math.max(0, ...all.map(revisionOf)) + 1
    const made = this.makeReplicaSet(deployment, revision, 0, this.#cluster.timestamp, this.#cluster.random.suffix(10))
    const stored = this.#cluster.write('replicasets', made)
    const annotations = { ...deployment.metadata.annotations, [revisionAnnotation]: String(revision) }
    this.#cluster.write('deployments', { ...deployment, metadata: { ...deployment.metadata, annotations } })
    return stored
  }

  /** Takes away what the availability allows: first what isn't available anyway, then the rest. */
  #scaleDown(deployment: Deployment, current: ReplicaSet, old: readonly ReplicaSet[], total: number): void {
    const { unavailable } = limits(deployment)
    const least = deployment.spec.replicas - unavailable
    const newUnavailable = current.spec.replicas - (current.status.availableReplicas ?? 0)
    let allowed = total - least - newUnavailable
    for (const replicaSet of old) {
      const sick = replicaSet.spec.replicas - (replicaSet.status.availableReplicas ?? 0)
      const cut = Math.min(sick, allowed, replicaSet.spec.replicas)
      if (cut <= 0) continue
      this.#scale(deployment, replicaSet, replicaSet.spec.replicas - cut)
      allowed -= cut
    }
    const fresh = this.replicaSetsOf(deployment)
    let spare = sum(fresh, (each) => each.status.availableReplicas ?? 0) - least
    for (const replicaSet of fresh) {
      const cut = Math.min(replicaSet.spec.replicas, spare, allowed)
      if (replicaSet.metadata.uid === current.metadata.uid || cut <= 0) continue
      this.#scale(deployment, replicaSet, replicaSet.spec.replicas - cut)
      spare -= cut
      allowed -= cut
    }
  }

  #scale(deployment: Deployment, replicaSet: ReplicaSet, replicas: number): void {
    const { name, namespace = '' } = replicaSet.metadata
    const before = replicaSet.spec.replicas
    const generation = (replicaSet.metadata.generation ?? 1) + 1
    const metadata = { ...replicaSet.metadata, generation }
    this.#cluster.write('replicasets', { ...replicaSet, metadata, spec: { ...replicaSet.spec, replicas } })
    const direction = replicas > before ? 'up' : 'down'
    const message = `Scaled ${direction} replica set ${name} from ${before} to ${replicas}`
    const subject = { kind: 'Deployment', apiVersion: 'apps/v1', object: deployment }
    this.#cluster.events.record({ component: 'deployment-controller' }, subject, 'Normal', 'ScalingReplicaSet', message)
    this.#replicaSets().queue(namespace, name)
  }

  updateStatus(deployment: Deployment): void {
    const { name, namespace = '' } = deployment.metadata
    const known = this.#cluster.get<Deployment>('deployments', namespace, name) ?? deployment
    const all = this.replicaSetsOf(known)
    const current = all.find((each) => sameTemplate(each, known))
    const replicas = sum(all, (each) => each.status.replicas)
    const ready = sum(all, (each) => each.status.readyReplicas ?? 0)
    const available = sum(all, (each) => each.status.availableReplicas ?? 0)
    const updated = current?.status.replicas ?? 0
    const unavailable = known.spec.replicas - available
    const counts = { replicas, updatedReplicas: updated, readyReplicas: ready, availableReplicas: available }
    const { unavailable: most } = limits(known)
    const { conditions, checkAfter } = deploymentConditions(
      known,
      counts,
      current?.metadata.name ?? '',
      most,
      this.#cluster.now,
    )
    if (checkAfter !== null) {
      this.#cluster.queue(`deadline/${namespace}/${name}`, checkAfter, () => this.queue(namespace, name))
    }
    const status = {
      observedGeneration: known.metadata.generation,
      ...Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)),
      replicas,
      ...(unavailable > 0 && { unavailableReplicas: unavailable }),
      conditions,
    }
    if (JSON.stringify(status) !== JSON.stringify(known.status))
      this.#cluster.write('deployments', { ...known, status })
  }

  /** Old ReplicaSets beyond revisionHistoryLimit go once they are empty. */
  #prune(deployment: Deployment): void {
    const idle = this.replicaSetsOf(deployment).filter(
      (each) => each.spec.replicas === 0 && each.status.replicas === 0 && !sameTemplate(each, deployment),
    )
    for (const replicaSet of idle.slice(0, Math.max(0, idle.length - deployment.spec.revisionHistoryLimit))) {
      this.#cluster.store.delete('replicasets', replicaSet.metadata.namespace ?? '', replicaSet.metadata.name)
    }
  }
}

/** 25 % each, as is the default: surge rounds up, unavailable rounds down. */
export function limits(deployment: Deployment): { surge: number; unavailable: number } {
  return { surge: Math.ceil(deployment.spec.replicas / 4), unavailable: Math.floor(deployment.spec.replicas / 4) }
}

function revisionOf(replicaSet: ReplicaSet): number {
  return Number(replicaSet.metadata.annotations?.[revisionAnnotation] ?? 0)
}

/** A ReplicaSet shares its Deployment's pod spec object for as long as it is the current one. */
function sameTemplate(replicaSet: ReplicaSet, deployment: Deployment): boolean {
  const { template } = deployment.spec
  return (
    replicaSet.spec.template.spec === template.spec &&
    replicaSet.spec.template.metadata.annotations === template.metadata.annotations
  )
}

function specReplicas(replicaSet: ReplicaSet): number {
  return replicaSet.spec.replicas
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0)
}
