import type { AnalysisChanges, ClusterAnalysis } from '../analysis/cluster-analysis.ts'
import type { PlacementSummary } from './protocol.ts'
import type { RoomSource } from './room-source.ts'

/** The room `placement-summary`. */
export class PlacementSummarySource implements RoomSource {
  readonly #analysis: ClusterAnalysis

  constructor(analysis: ClusterAnalysis) {
    this.#analysis = analysis
  }

  *records(): Generator<readonly [string, object]> {
    yield ['summary', this.#summary()]
  }

  *update({ groups, pending, affinity, placed }: AnalysisChanges): Generator<readonly [string, object]> {
    if (groups.size + pending.size + affinity.size + placed.size > 0) yield ['summary', this.#summary()]
  }

  #summary(): PlacementSummary {
    const { spread, violatedSince, pending, audit } = this.#analysis
    return {
      constraints: spread.size,
      violated: violatedSince.size,
      pending: pending.size,
      brokenAffinity: [...audit.affinity.values()].filter(({ broken }) => broken.length > 0).length,
      risks: [...audit.workloads.values()].filter(({ risk }) => risk !== null).length,
    }
  }
}
