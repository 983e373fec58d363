import type { ContainerBehaviour } from '../cluster/behaviour.ts'
import { isTerminating, type Pod } from '../cluster/pod-types.ts'
import type { SimulatedCluster } from '../cluster/simulated-cluster.ts'

interface Affliction {
  readonly container: string
  readonly most: number
  readonly behaviour: ContainerBehaviour
  readonly uids: Set<string>
}

/**
 * Which pods are in trouble, and in what kind. A workload can have some of its replicas afflicted:
 * the next pods that it gets fall ill until so many are, and a sick pod's place is taken by the next.
 */
export class Afflictions {
  readonly #cluster: SimulatedCluster
  readonly #byWorkload = new Map<string, Affliction>()

  constructor(cluster: SimulatedCluster) {
    this.#cluster = cluster
  }

  /** @returns a function that ends it; containers notice with their next start or retry */
  afflict(workload: string, container: string, most: number, behaviour: ContainerBehaviour): () => void {
    const affliction = { container, most, behaviour, uids: new Set<string>() }
    this.#byWorkload.set(workload, affliction)
    return () => {
      if (this.#byWorkload.get(workload) === affliction) this.#byWorkload.delete(workload)
    }
  }

  /** The pods that are ill now. */
  afflicted(workload: string): Pod[] {
    return [...(this.#byWorkload.get(workload)?.uids ?? [])].flatMap((uid) => this.#cluster.pod(uid) ?? [])
  }

  behaviourOf(pod: Pod, container: string): ContainerBehaviour | undefined {
    const affliction = this.#byWorkload.get(`${pod.metadata.namespace}/${pod.metadata.labels?.app}`)
    if (!affliction || affliction.container !== container) return undefined
    const uid = pod.metadata.uid ?? ''
    if (affliction.uids.has(uid)) return affliction.behaviour
    if (isTerminating(pod)) return undefined
    for (const each of affliction.uids) if (!this.#cluster.pod(each)) affliction.uids.delete(each)
    if (affliction.uids.size >= affliction.most) return undefined
    affliction.uids.add(uid)
    return affliction.behaviour
  }
}
