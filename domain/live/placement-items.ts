import type { ClusterAnalysis } from '../analysis/cluster-analysis.ts'

/** All spread constraints in use for the HTTP API, with all of their domains: those that don't count too. */
export function* placementItems(analysis: ClusterAnalysis): Generator<object> {
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
