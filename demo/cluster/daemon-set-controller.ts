import type { PodControl } from './pod-control.ts'
import { isReady, isTerminal, isTerminating, labelsOf, type Node, type PodSpec } from './pod-types.ts'
import type { SimulatedCluster } from './simulated-cluster.ts'
import type { DaemonSet } from './workload-types.ts'

/** Tolerations that the controller adds (k/k pkg/controller/daemon/util). */
const added = [
  ['node.kubernetes.io/not-ready', 'NoExecute'],
  ['node.kubernetes.io/unreachable', 'NoExecute'],
  ['node.kubernetes.io/disk-pressure', 'NoSchedule'],
  ['node.kubernetes.io/memory-pressure', 'NoSchedule'],
  ['node.kubernetes.io/pid-pressure', 'NoSchedule'],
  ['node.kubernetes.io/unschedulable', 'NoSchedule'],
  ['node.kubernetes.io/network-unavailable', 'NoSchedule'],
].map(([key = '', effect = '']) => ({ key, operator: 'Exists', effect }))

/** One pod of each DaemonSet on every node, pinned by metadata.name and placed by the scheduler. */
export class DaemonSetController {
  readonly #cluster: SimulatedCluster
  readonly #pods: PodControl

  constructor(cluster: SimulatedCluster, pods: PodControl) {
    this.#cluster = cluster
    this.#pods = pods
    cluster.onPod((pod) => {
      const owner = pod.metadata.ownerReferences?.[0]
      if (owner?.kind === 'DaemonSet') this.queue(pod.metadata.namespace ?? '', owner.name)
    })
  }

  queue(namespace: string, name: string): void {
    this.#cluster.queue(`daemonset/${namespace}/${name}`, this.#cluster.random.between(50, 200), () =>
      this.#reconcile(namespace, name),
    )
  }

  /** What the pod for a node has beyond the template. */
  podExtras(set: DaemonSet, node: Node): { labels: Record<string, string>; spec: Partial<PodSpec> } {
    const { template } = set.spec
    const own = { 'controller-revision-hash': String(set.metadata.annotations?.['demo-revision'] ?? '7c5d9fbb6f') }
    return {
      labels: { ...labelsOf({ metadata: { name: '', ...template.metadata } }), ...own, 'pod-template-generation': '1' },
      spec: {
        affinity: {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
              nodeSelectorTerms: [
                { matchFields: [{ key: 'metadata.name', operator: 'In', values: [node.metadata.name] }] },
              ],
            },
          },
        },
        tolerations: [
          ...(template.spec.tolerations ?? []).filter((each) => each.tolerationSeconds === undefined),
          ...added,
        ],
      },
    }
  }

  #reconcile(namespace: string, name: string): void {
    const set = this.#cluster.get<DaemonSet>('daemonsets', namespace, name)
    if (!set) return
    const pods = this.#cluster.podsOf(set.metadata.uid ?? '')
    const owner = { apiVersion: 'apps/v1', kind: 'DaemonSet', object: set }
    for (const node of this.#cluster.nodes) {
      const own = pods.filter((pod) => pinnedTo(pod.spec) === node.metadata.name)
      for (const pod of own) if (isTerminal(pod)) this.#pods.delete(pod)
      if (own.length > 0) continue
      const pod = this.#pods.create(owner, set.spec.template, `${name}-`, this.podExtras(set, node))
      const subject = { kind: 'DaemonSet', apiVersion: 'apps/v1', object: set }
      const message = `Created pod: ${pod.metadata.name}`
      this.#cluster.events.record({ component: 'daemonset-controller' }, subject, 'Normal', 'SuccessfulCreate', message)
    }
    this.updateStatus(set)
  }

  updateStatus(set: DaemonSet): void {
    const pods = this.#cluster.podsOf(set.metadata.uid ?? '').filter((pod) => !isTerminating(pod))
    const ready = pods.filter(isReady).length
    const desired = this.#cluster.nodes.length
    const status = {
      currentNumberScheduled: pods.length,
      numberMisscheduled: 0,
      desiredNumberScheduled: desired,
      numberReady: ready,
      observedGeneration: set.metadata.generation,
      updatedNumberScheduled: pods.length,
      ...(ready > 0 && { numberAvailable: ready }),
      ...(desired > ready && { numberUnavailable: desired - ready }),
    }
    if (JSON.stringify(status) !== JSON.stringify(set.status)) this.#cluster.write('daemonsets', { ...set, status })
  }
}

function pinnedTo(spec: PodSpec): string {
  const terms = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms
  return terms?.[0]?.matchFields?.[0]?.values?.[0] ?? ''
}
