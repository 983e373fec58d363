import type { SpreadGroupResult } from '../../domain/placement/spread-group.ts'

export interface DomainRows {
  /** The fullest domains, fullest first. */
  readonly fullest: readonly { readonly value: string; readonly count: number }[]
  /** The emptiest, fullest of them first; empty where all fit into `fullest`. */
  readonly emptiest: readonly { readonly value: string; readonly count: number }[]
  /** Domains between the two that aren't shown. */
  readonly hidden: number
}

/** Which of thousands of domains a person has to see: the extremes decide the skew. */
export function domainRows(
  group: Pick<SpreadGroupResult, 'domains'> & { readonly domainCount: number },
  limit: number,
): DomainRows {
  const { domains, domainCount } = group
  if (domainCount <= limit && domains.length <= limit) return { fullest: domains, emptiest: [], hidden: 0 }
  const sorted = [...domains].sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
  const half = Math.max(1, Math.floor(limit / 2))
  return {
    fullest: sorted.slice(0, limit - half),
    emptiest: sorted.slice(-half),
    hidden: Math.max(0, domainCount - limit),
  }
}
