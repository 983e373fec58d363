import type { ClusterAnalysis } from '../analysis/cluster-analysis.ts'
import type { SpreadGroupResult } from '../placement/spread-group.ts'
import type { SpreadHealing } from '../placement/spread-healing.ts'

export interface PlacementItem extends SpreadGroupResult {
  readonly domains: readonly { readonly value: string; readonly count: number; readonly eligible: boolean }[]
  readonly healing: SpreadHealing | null
}

/** All spread constraints in use for the HTTP API, with all of their domains: those that don't count too. */
export function* placementItems(analysis: ClusterAnalysis): Generator<PlacementItem> {
  const { spread } = analysis
  for (const id of spread.ids()) {
    const result = spread.result(id)
    if (!result) continue
    const domains = [
      ...result.domains.map((domain) => ({ ...domain, eligible: true })),
      ...spread.excludedDomains(id).map((domain) => ({ ...domain, eligible: false })),
    ]
    yield { ...result, domains, healing: analysis.healing(id) }
  }
}
