import { type AnalysisChanges, type ClusterAnalysis, isReady, zoneOf } from '../analysis/cluster-analysis.ts'
import type { ClusterState } from '../state/cluster-state.ts'
import type { BoardTile } from './protocol.ts'
import type { RoomSource } from './room-source.ts'

/** The room `board`: every node with the counts of its pods. */
export class BoardSource implements RoomSource {
  readonly #state: ClusterState
  readonly #analysis: ClusterAnalysis

  constructor(state: ClusterState, analysis: ClusterAnalysis) {
    this.#state = state
    this.#analysis = analysis
  }

  *records(): Generator<readonly [string, object]> {
    for (const { name } of this.#state.nodes()) yield [`node/${name}`, this.#tile(name)]
    for (const name of this.#analysis.nodesOfPods()) {
      if (!this.#state.node(name)) yield [`node/${name}`, this.#tile(name)]
    }
    yield ['node/', this.#tile('')]
  }

  *update(changes: AnalysisChanges): Generator<readonly [string, object | null]> {
    for (const name of changes.nodes) {
      const gone = name !== '' && !this.#state.node(name) && !this.#analysis.hasPodsOn(name)
      yield [`node/${name}`, gone ? null : this.#tile(name)]
    }
  }

  #tile(name: string): BoardTile {
    const node = this.#state.node(name)
    const { error, warning, progress, ok } = this.#analysis.nodeCounts(name)
    return {
      zone: zoneOf(node),
      ...(node && !isReady(node) ? { notReady: true as const } : {}),
      ...(name !== '' && !node ? { unknown: true as const } : {}),
      ...(node?.unschedulable ? { cordoned: true as const } : {}),
      pods: [error, warning, progress, ok],
    }
  }
}
