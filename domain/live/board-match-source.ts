import type { AnalysisChanges, ClusterAnalysis } from '../analysis/cluster-analysis.ts'
import type { ClusterState } from '../state/cluster-state.ts'
import { nodeRows } from './node-cells.ts'
import type { PodRow } from './pod-row.ts'
import { type PodsQuery, podsQuerySchema, podsRoom } from './pods-query.ts'
import { podFilter } from './pods-view.ts'
import type { BoardMatch, BoardMatchSummary } from './protocol.ts'
import type { RoomSource } from './room-source.ts'

/** The room's name; equal filters share a room. */
export function boardMatchRoom(query: PodsQuery): string {
  const { sort, direction, page } = podsQuerySchema.parse({})
  return podsRoom({ ...query, sort, direction, page }).replace(/^pods/, 'board-match')
}

/** The room `board-match?<query>`: which cells of the board are pods that the filters pick. */
export class BoardMatchSource implements RoomSource {
  readonly #state: ClusterState
  readonly #analysis: ClusterAnalysis
  readonly #matches: (row: PodRow) => boolean
  /** Such pods by node. */
  readonly #counts = new Map<string, number>()

  constructor(state: ClusterState, analysis: ClusterAnalysis, query: PodsQuery) {
    this.#state = state
    this.#analysis = analysis
    this.#matches = podFilter(query)
  }

  *records(): Generator<readonly [string, object]> {
    this.#counts.clear()
    const nodes = new Set<string>()
    for (const row of this.#analysis.rows.values()) if (this.#matches(row)) nodes.add(row.node ?? '')
    for (const name of nodes) {
      const match = this.#match(name)
      if (match) yield [`node/${name}`, match]
    }
    yield ['summary', this.#summary()]
  }

  *update(changes: AnalysisChanges): Generator<readonly [string, object | null]> {
    for (const name of changes.nodes) yield [`node/${name}`, this.#match(name)]
    if (changes.nodes.size > 0) yield ['summary', this.#summary()]
  }

  #match(name: string): BoardMatch | null {
    let cells = ''
    let count = 0
    for (const row of nodeRows(this.#state, this.#analysis, name)) {
      const matches = this.#matches(row)
      cells += matches ? '1' : '0'
      if (matches) count += 1
    }
    if (count === 0) {
      this.#counts.delete(name)
      return null
    }
    this.#counts.set(name, count)
    return { cells }
  }

  #summary(): BoardMatchSummary {
    let pods = 0
    for (const count of this.#counts.values()) pods += count
    return { pods }
  }
}
