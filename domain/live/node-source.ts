import { type AnalysisChanges, type ClusterAnalysis, isReady, zoneOf } from '../analysis/cluster-analysis.ts'
import type { ClusterState } from '../state/cluster-state.ts'
import { nodeRows, podCell } from './node-cells.ts'
import type { NodeDetail } from './protocol.ts'
import type { RoomSource } from './room-source.ts'

const shownPods = 1_000

/** The room `node?name=…`: one node and who its pods are. */
export class NodeSource implements RoomSource {
  readonly #state: ClusterState
  readonly #analysis: ClusterAnalysis
  readonly #name: string

  constructor(state: ClusterState, analysis: ClusterAnalysis, name: string) {
    this.#state = state
    this.#analysis = analysis
    this.#name = name
  }

  *records(): Generator<readonly [string, object]> {
    yield ['node', this.#detail()]
  }

  *update(changes: AnalysisChanges): Generator<readonly [string, object | null]> {
    if (changes.nodes.has(this.#name)) yield ['node', this.#detail()]
  }

  #detail(): NodeDetail {
    const node = this.#state.node(this.#name)
    const taint = ({ key, value, effect }: { key: string; value: string; effect: string }) =>
      `${key}${value === '' ? '' : `=${value}`}:${effect}`
    return {
      name: this.#name,
      exists: node !== undefined,
      zone: zoneOf(node),
      ready: node !== undefined && isReady(node),
      cordoned: node?.unschedulable ?? false,
      kubeletVersion: node?.kubeletVersion ?? '',
      taints: node?.taints.map(taint) ?? [],
      podCapacity: node?.allocatable.pods ?? null,
      counts: { ...this.#analysis.nodeCounts(this.#name) },
      pods: nodeRows(this.#state, this.#analysis, this.#name)
        .slice(0, shownPods)
        .map((row) => ({ ...podCell(row), workload: row.workload })),
    }
  }
}
