import type { Problem } from '../health/problem.ts'
import type { SpreadGroupResult } from './spread-group.ts'

type Domain = SpreadGroupResult['domains'][number]

/** Named in the detail: all domains where there are so few, else half from each end. */
const named = 6

/**
 * The problem of a violated constraint. A hard one (DoNotSchedule) that is broken is a warning and
 * not an error: the pods run, but the next ones may have no place and a zone's loss takes more than
 * was meant. A soft one (ScheduleAnyway) is only uneven.
 * @param since ms since the Unix epoch
 */
export function skewProblem(result: SpreadGroupResult, since: number): Problem | null {
  if (!result.violated) return null
  const { id, namespace, topologyKey, maxSkew, skew, domains, globalMinimum, whenUnsatisfiable } = result
  const { kind, name } = result.workload
  const tooFull = domains.filter(({ count }) => count - globalMinimum > maxSkew)
  const [fullest] = first(tooFull, 1, fuller)
  const others = tooFull.length > 1 ? ` and ${tooFull.length - 1} more` : ''
  return {
    id: `skew/${id}`,
    kind: whenUnsatisfiable === 'DoNotSchedule' ? 'skew-violated' : 'skew-uneven',
    severity: 'warning',
    subject: { kind, namespace, name, uid: '' },
    container: null,
    role: null,
    workload: { kind, name },
    cause: `spread/${id}`,
    since,
    lastSeenAt: since,
    title: `Skew ${skew} over ${topologyKey} where ${maxSkew} is allowed: too many pods in ${fullest?.value ?? ''}${others}`,
    detail: `${whenUnsatisfiable}, ${domainWords(domains)}.${minimumWords(result)}${revisionWords(result)} The scheduler never moves pods that run.`,
  }
}

function domainWords(domains: readonly Domain[]): string {
  const words = (some: readonly Domain[]) => some.map(({ value, count }) => `${value} ${count}`).join(', ')
  if (domains.length <= named) return `pods per domain: ${words(first(domains, named, fuller))}`
  const fullest = words(first(domains, named / 2, fuller))
  const emptiest = words(first(domains, named / 2, emptier))
  return `fullest of ${domains.length} domains: ${fullest}; emptiest: ${emptiest}`
}

function minimumWords({ minDomains, domains, whenUnsatisfiable }: SpreadGroupResult): string {
  if (minDomains === null || domains.length >= minDomains || whenUnsatisfiable !== 'DoNotSchedule') return ''
  const has = domains.length === 1 ? 'There is 1 eligible domain' : `There are ${domains.length} eligible domains`
  return ` ${has} where minDomains wants ${minDomains}, so the minimum is taken as 0.`
}

function revisionWords({ revision }: SpreadGroupResult): string {
  return revision === '' ? '' : ` Only pods of revision ${revision} count.`
}

const fuller = (a: Domain, b: Domain) => a.count > b.count
const emptier = (a: Domain, b: Domain) => a.count < b.count

/** The first few in an order; of equals those that stand first. Sorting thousands for six would be a waste. */
function first(domains: readonly Domain[], limit: number, before: (a: Domain, b: Domain) => boolean): Domain[] {
  const found: Domain[] = []
  for (const domain of domains) {
    const last = found.at(-1)
    if (found.length === limit && last && !before(domain, last)) continue
    const at = found.findIndex((other) => before(domain, other))
    found.splice(at === -1 ? found.length : at, 0, domain)
    if (found.length > limit) found.pop()
  }
  return found
}
