import type { ClusterAnalysis } from '../analysis/cluster-analysis.ts'
import type { PlacementGroup } from './protocol.ts'

/** Of each end. Between them lies nothing that a person would look for in thousands of host names. */
const shownDomains = 50

/** The group as it travels: with the fullest and the emptiest domains only, where there are many. Null: there is none. */
export function placementGroup(analysis: ClusterAnalysis, id: string): PlacementGroup | null {
  const result = analysis.spread.result(id)
  if (!result) return null
  const excluded = analysis.spread.excludedDomains(id)
  const byCount = [...result.domains].sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
  const isLong = result.domains.length > 2 * shownDomains
  return {
    ...result,
    domains: isLong ? [...byCount.slice(0, shownDomains), ...byCount.slice(-shownDomains)] : result.domains,
    domainCount: result.domains.length,
    excludedDomains: [...excluded].sort((a, b) => b.count - a.count).slice(0, shownDomains),
    nextPodDomains: result.nextPodDomains.slice(0, 2 * shownDomains),
    nextPodDomainCount: result.nextPodDomains.length,
    surplus: [...result.surplus].sort((a, b) => b.pods - a.pods).slice(0, shownDomains),
    surplusPods: result.surplus.reduce((sum, { pods }) => sum + pods, 0),
    healing: analysis.healing(id),
  }
}
