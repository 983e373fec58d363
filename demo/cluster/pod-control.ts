import type { KubernetesObject } from '../api/kubernetes-object.ts'
import { timestamp } from '../api/object-store.ts'
import type { BehaviourOf } from './behaviour.ts'
import { Kubelet } from './kubelet.ts'
import { podManagedFields } from './pod-managed-fields.ts'
import { isTerminal, isTerminating, type Pod, type PodSpec, type PodTemplate } from './pod-types.ts'
import { mergedConstraint } from './selectors.ts'
import { controllerReference, type SimulatedCluster } from './simulated-cluster.ts'

export interface PodOwner {
  readonly apiVersion: string
  readonly kind: string
  readonly object: KubernetesObject
}

/** Makes, binds, evicts and deletes pods, with what admission adds to them, and knows every kubelet. */
export class PodControl {
  readonly #cluster: SimulatedCluster
  readonly #behaviourOf: BehaviourOf
  readonly #kubelets = new Map<string, Kubelet>()
  readonly #admit: (pod: Pod) => Pod

  /** @param admit what mutating webhooks do to new pods, for example sidecar injection */
  constructor(cluster: SimulatedCluster, behaviourOf: BehaviourOf, admit: (pod: Pod) => Pod) {
    this.#cluster = cluster
    this.#admit = admit
    this.#behaviourOf = behaviourOf
    cluster.onPod((pod, change) => {
      if (change === 'deleted') this.kubelet(pod.spec.nodeName)?.forget(pod.metadata.uid ?? '')
    })
  }

  addKubelet(nodeName: string, hostIP: string, podCIDR: string): void {
    this.#kubelets.set(nodeName, new Kubelet(this.#cluster, nodeName, hostIP, podCIDR, this.#behaviourOf))
  }

  kubelet(nodeName: string | undefined): Kubelet | undefined {
    return this.#kubelets.get(nodeName ?? '')
  }

  /** A new pod of a template, not yet bound; `name` ends in `-` where the API server completes it. */
  create(
    owner: PodOwner,
    template: PodTemplate,
    name: string,
    more: { labels?: Record<string, string>; spec?: Partial<PodSpec> } = {},
  ): Pod {
    return this.#cluster.writePod(this.make(owner, template, name, more, this.#cluster.now))
  }

  /** The same without storing it. */
  make(
    owner: PodOwner,
    template: PodTemplate,
    name: string,
    more: { labels?: Record<string, string>; spec?: Partial<PodSpec> },
    createdAt: number,
  ): Pod {
    const { random } = this.#cluster
    const generated = name.endsWith('-')
    const labels = { ...template.metadata.labels, ...more.labels }
    const admitted = this.#admit({
      metadata: {
        name: generated ? `${name}${random.suffix()}` : name,
        ...(generated && { generateName: name }),
        namespace: owner.object.metadata.namespace ?? '',
        uid: random.uuid(),
        creationTimestamp: timestamp(createdAt),
        generation: 1,
        labels,
        ...(template.metadata.annotations && { annotations: template.metadata.annotations }),
        ownerReferences: [controllerReference(owner.apiVersion, owner.kind, owner.object)],
      },
      spec: { ...template.spec, ...more.spec },
      status: { phase: 'Pending' },
    })
    const constraints = admitted.spec.topologySpreadConstraints?.map((each) => mergedConstraint(each, labels))
    const spec = {
      ...withServiceAccountVolume(admitted.spec, `kube-api-access-${random.suffix()}`),
      ...(constraints && { topologySpreadConstraints: constraints }),
    }
    const pod: Pod = { ...admitted, spec, status: { phase: 'Pending', qosClass: qosClass(spec) } }
    const fields = podManagedFields(pod, pod.status, timestamp(createdAt)).slice(0, 1)
    return { ...pod, metadata: { ...pod.metadata, managedFields: fields } }
  }

  /** The scheduler has chosen: the pod is bound and its kubelet takes it up. */
  bind(pod: Pod, nodeName: string): void {
    const bound = this.#cluster.writePod(this.bound(pod, nodeName, this.#cluster.timestamp))
    this.kubelet(nodeName)?.run(bound)
  }

  bound(pod: Pod, nodeName: string, at: string): Pod {
    const scheduled = {
      type: 'PodScheduled',
      observedGeneration: 1,
      status: 'True',
      lastProbeTime: null,
      lastTransitionTime: at,
    }
    const others = (pod.status.conditions ?? []).filter((each) => each.type !== 'PodScheduled')
    return { ...pod, spec: { ...pod.spec, nodeName }, status: { ...pod.status, conditions: [...others, scheduled] } }
  }

  /** Stores a pod that has been running since `startedAt` on a node, as it is by now. */
  adopt(pod: Pod, nodeName: string, startedAt: number, restarts: number): Pod {
    const stored = this.#cluster.writePod(this.bound(pod, nodeName, timestamp(startedAt)))
    this.kubelet(nodeName)?.adopt(stored, startedAt + 500, restarts)
    return this.#cluster.pod(stored.metadata.uid ?? '') ?? stored
  }

  /** As DELETE does: what runs gets its grace period; what doesn't is gone at once. */
  delete(pod: Pod): void {
    const uid = pod.metadata.uid ?? ''
    const now = this.#cluster.pod(uid)
    if (!now || isTerminating(now)) return
    if (now.spec.nodeName === undefined || isTerminal(now)) {
      this.#cluster.removePod(uid)
      return
    }
    const seconds = now.spec.terminationGracePeriodSeconds
    this.#cluster.writePod({
      ...now,
      metadata: {
        ...now.metadata,
        deletionTimestamp: timestamp(this.#cluster.now + seconds * 1000),
        deletionGracePeriodSeconds: seconds,
      },
    })
    const kubelet = this.kubelet(now.spec.nodeName)
    this.#cluster.simulation.after(this.#cluster.random.between(30, 250), () => kubelet?.terminate(uid))
  }
}

/** What the ServiceAccount admission plugin adds: a projected volume under a name of its own in every pod. */
function withServiceAccountVolume(spec: PodSpec, name: string): PodSpec {
  if (spec.automountServiceAccountToken === false) return spec
  const mount = { name, readOnly: true, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' }
  const mounted = (containers: PodSpec['containers']) =>
    containers.map((each) => ({ ...each, volumeMounts: [...(each.volumeMounts ?? []), mount] }))
  const volume = {
    name,
    projected: {
      sources: [
        { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
        { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
        {
          downwardAPI: {
            items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }],
          },
        },
      ],
      defaultMode: 420,
    },
  }
  return {
    ...spec,
    volumes: [...(spec.volumes ?? []), volume],
    containers: mounted(spec.containers),
    ...(spec.initContainers && { initContainers: mounted(spec.initContainers) }),
  }
}

function qosClass(spec: PodSpec): string {
  const all = [...spec.containers, ...(spec.initContainers ?? [])]
  if (all.every(({ resources }) => !resources.requests && !resources.limits)) return 'BestEffort'
  const guaranteed = all.every(
    ({ resources: { requests = {}, limits = {} } }) =>
      limits.cpu !== undefined &&
      limits.memory !== undefined &&
      requests.cpu === limits.cpu &&
      requests.memory === limits.memory,
  )
  return guaranteed ? 'Guaranteed' : 'Burstable'
}
