import { ClusterAnalysis } from '../../domain/analysis/cluster-analysis.ts'
import type { ClusterObject } from '../../domain/model/cluster-object.ts'
import { ClusterState } from '../../domain/state/cluster-state.ts'
import { analysisRules } from '../../server/analysis-rules.ts'

/** State and analysis of a cluster that a test makes object by object. */
export class JudgedCluster {
  readonly state = new ClusterState()
  readonly analysis: ClusterAnalysis

  constructor(version = 'v1.34.0') {
    this.analysis = new ClusterAnalysis(this.state, analysisRules(version))
  }

  apply(...objects: readonly ClusterObject[]): this {
    for (const object of objects) this.analysis.apply(this.state.apply(object))
    return this
  }

  remove(object: ClusterObject): this {
    const change = this.state.remove(object.kind, object.uid)
    if (change) this.analysis.apply(change)
    return this
  }

  settle(now: number): this {
    this.analysis.settle(now)
    return this
  }

  /** "id pods/podsTotal" of each group, the worst first. */
  groups(): string[] {
    return [...this.analysis.worstGroups(1_000)].map(({ id, affects }) => `${id} ${affects.pods}/${affects.podsTotal}`)
  }
}
