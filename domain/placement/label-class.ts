import type { Labels } from '../model/labels.ts'
import type { SpreadCounts } from './spread-counts.ts'

/**
 * The counted pods of one namespace that have the same labels: what selects one of them selects them
 * all, so selectors are asked once a class and not once a pod. 150,000 pods of 3,000 workloads are
 * about 3,000 classes.
 */
export class LabelClass {
  readonly namespace: string
  readonly labels: Labels
  /** The counts whose selector matches these labels. */
  readonly countedBy = new Set<SpreadCounts>()
  /** Pods by node, whether the node counts or not: it may come to count. */
  readonly #byNode = new Map<string, number>()

  constructor(namespace: string, labels: Labels) {
    this.namespace = namespace
    this.labels = labels
  }

  get isEmpty(): boolean {
    return this.#byNode.size === 0
  }

  onNode(node: string): number {
    return this.#byNode.get(node) ?? 0
  }

  nodes(): IterableIterator<[node: string, pods: number]> {
    return this.#byNode.entries()
  }

  /** One pod more or less on a node; adds to `changed` the counts that this changes. */
  add(node: string, amount: 1 | -1, changed: Set<SpreadCounts>): void {
    const pods = this.onNode(node) + amount
    if (pods > 0) this.#byNode.set(node, pods)
    else this.#byNode.delete(node)
    for (const counts of this.countedBy) {
      const domain = counts.eligibility.domainOf(node)
      if (domain === undefined) continue
      counts.add(domain, amount)
      changed.add(counts)
    }
  }
}
