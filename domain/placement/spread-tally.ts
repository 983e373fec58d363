import type { PodSpec } from '../model/pod-spec.ts'

/** What one pod counts as. */
export interface SpreadShare {
  readonly node: string
  readonly isReady: boolean
  readonly spec: PodSpec
}

/** How many pods of one controller are on each node, kept up to date one pod at a time. */
export class SpreadTally {
  pods = 0
  readonly #onNode = new Map<string, number>()
  /** Mostly empty, where a count of the ready ones would name every node. */
  readonly #unreadyOnNode = new Map<string, number>()
  /** Pods of one template share their spec: mostly one. */
  readonly #specs = new Map<PodSpec, number>()

  count({ node, isReady, spec }: SpreadShare, amount: 1 | -1): void {
    this.pods += amount
    countIn(this.#onNode, node, amount)
    countIn(this.#specs, spec, amount)
    if (!isReady) countIn(this.#unreadyOnNode, node, amount)
  }

  /** Pods by node; no node has none. */
  get onNode(): ReadonlyMap<string, number> {
    return this.#onNode
  }

  readyOn(node: string): number {
    return (this.#onNode.get(node) ?? 0) - (this.#unreadyOnNode.get(node) ?? 0)
  }

  /** That of most pods, whatever the order in which they were counted; null where there is no pod. */
  get spec(): PodSpec | null {
    let found: PodSpec | null = null
    let most = 0
    for (const [spec, pods] of this.#specs) {
      if (pods < most) continue
      if (found && pods === most && JSON.stringify(spec) > JSON.stringify(found)) continue
      found = spec
      most = pods
    }
    return found
  }
}

function countIn<Key>(counts: Map<Key, number>, key: Key, amount: number): void {
  const count = (counts.get(key) ?? 0) + amount
  if (count === 0) counts.delete(key)
  else counts.set(key, count)
}
