import type { Labels } from '../model/labels.ts'
import type { SpreadCounts } from './spread-counts.ts'

/**
 * The counted pods of one namespace between which no selector in use there makes a difference: what
 * counts one of them counts them all, so selectors are asked once a class and not once a pod.
 * 150,000 pods of 3,000 workloads are about 3,000 classes.
 */
export class LabelClass {
  readonly namespace: string
  /** The labels of one of the pods: for any selector in use they stand for all. */
  readonly labels: Labels
  /** The counts whose selector matches. */
  readonly countedBy = new Set<SpreadCounts>()
  readonly #byNode = new Map<string, number>()

  constructor(namespace: string, labels: Labels) {
    this.namespace = namespace
    this.labels = labels
  }

  get isEmpty(): boolean {
    return this.#byNode.size === 0
  }

  /** Pods by node. */
  placed(): IterableIterator<[node: string, pods: number]> {
    return this.#byNode.entries()
  }

  /** One pod more or less on a node. */
  add(node: string, amount: 1 | -1): void {
    const pods = (this.#byNode.get(node) ?? 0) + amount
    if (pods > 0) this.#byNode.set(node, pods)
    else this.#byNode.delete(node)
  }
}
