/** What the loss of the worst single domain (a zone, a node) takes of a workload's ready replicas. */
export interface DomainLoss {
  readonly domain: string
  readonly ready: number
  /** Of all ready replicas, from 0 to 1. */
  readonly fraction: number
}

/**
 * @param readyIn ready replicas by domain
 * @param ready all of them, those in no domain too
 * @returns null where none is ready in any domain
 */
export function worstLoss(readyIn: ReadonlyMap<string, number>, ready: number): DomainLoss | null {
  let worst = ''
  let most = 0
  for (const [domain, count] of readyIn) {
    if (count < most || (count === most && domain > worst)) continue
    worst = domain
    most = count
  }
  return most === 0 ? null : { domain: worst, ready: most, fraction: most / ready }
}
