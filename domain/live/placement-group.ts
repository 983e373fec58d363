import type { SpreadGroupResult } from '../placement/spread-group.ts'
import type { PlacementGroup } from './protocol.ts'

/** Of each end. Between them lies nothing that a person would look for in thousands of host names. */
const shownDomains = 50

/** The group as it travels: with the fullest and the emptiest domains only, where there are many. */
export function placementGroup(result: SpreadGroupResult): PlacementGroup {
  const domainCount = result.domains.length
  if (domainCount <= 2 * shownDomains) return { ...result, domainCount }
  const byCount = [...result.domains].sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
  const shown = [...byCount.slice(0, shownDomains), ...byCount.slice(-shownDomains)]
  return { ...result, domains: shown, domainCount }
}
