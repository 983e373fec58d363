import type { Node } from '../model/node.ts'
import type { PodSpec } from '../model/pod-spec.ts'
import type { DefaultConstraint, DefaultSpread } from './default-spread.ts'
import { demandsNothing, parseNodeDemand } from './node-affinity.ts'

/**
 * How the pods of a workload without constraints lie by the scheduler's default constraints. Which
 * these are is an assumption unless Plumbline was told (see DefaultSpread).
 */
export interface AssumedSpread extends DefaultConstraint {
  /** Those that hold pods, fullest first, at most 50. */
  readonly domains: readonly { readonly value: string; readonly count: number }[]
  /** All eligible domains. */
  readonly domainCount: number
  readonly globalMinimum: number
  readonly skew: number
  readonly violated: boolean
}

const shownDomains = 50

/** From topology key to the values that eligible nodes make of it. */
type Domains = ReadonlyMap<string, ReadonlySet<string>>

/** The domains of the default constraints on one set of nodes; worked out once for all specs that demand nothing. */
export class DefaultDomains {
  readonly #constraints: DefaultSpread['constraints']
  readonly #nodes: readonly Node[]
  readonly #ofSpec = new WeakMap<PodSpec, Domains>()
  #ofAll: Domains | null = null

  constructor({ constraints }: DefaultSpread, nodes: readonly Node[]) {
    this.#constraints = constraints
    this.#nodes = nodes
  }

  /**
   * The default selector of pods of a ReplicaSet or StatefulSet selects all pods of that owner and no
   * others (helper/spread.go DefaultSelector: Services only narrow it).
   * @param placed by node, the pods of one owner that aren't being deleted
   */
  spreads(spec: PodSpec, placed: ReadonlyMap<string, number>, nodeOf: (name: string) => Node | undefined) {
    const domains = this.#domainsFor(spec)
    return this.#constraints.map((constraint): AssumedSpread => {
      const { topologyKey, maxSkew } = constraint
      const eligible = domains.get(keyOf(constraint)) ?? new Set<string>()
      const counts = new Map<string, number>()
      for (const [name, pods] of placed) {
        const domain = nodeOf(name)?.labels[topologyKey]
        if (domain !== undefined && eligible.has(domain)) counts.set(domain, (counts.get(domain) ?? 0) + pods)
      }
      const numbers = [...counts.values()]
      const globalMinimum = counts.size < eligible.size || numbers.length === 0 ? 0 : Math.min(...numbers)
      const skew = numbers.length === 0 ? 0 : Math.max(...numbers) - globalMinimum
      const byCount = [...counts].map(([value, count]) => ({ value, count }))
      byCount.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
      return {
        ...constraint,
        domains: byCount.slice(0, shownDomains),
        domainCount: eligible.size,
        globalMinimum,
        skew,
        violated: skew > maxSkew,
      }
    })
  }

  #domainsFor(spec: PodSpec): Domains {
    if (demandsNothing(spec)) {
      this.#ofAll ??= this.#find(() => true)
      return this.#ofAll
    }
    const known = this.#ofSpec.get(spec)
    if (known) return known
    const made = this.#find(parseNodeDemand(spec))
    this.#ofSpec.set(spec, made)
    return made
  }

  /** A node counts only with the keys of all constraints of the action (podtopologyspread/common.go). */
  #find(meets: (node: Node) => boolean): Domains {
    const domains = new Map<string, Set<string>>()
    for (const constraint of this.#constraints) {
      const keys = this.#constraints
        .filter(({ whenUnsatisfiable }) => whenUnsatisfiable === constraint.whenUnsatisfiable)
        .map(({ topologyKey }) => topologyKey)
      const values = new Set<string>()
      for (const node of this.#nodes) {
        const value = node.labels[constraint.topologyKey]
        if (value !== undefined && keys.every((key) => node.labels[key] !== undefined) && meets(node)) values.add(value)
      }
      domains.set(keyOf(constraint), values)
    }
    return domains
  }
}

function keyOf({ topologyKey, whenUnsatisfiable }: DefaultConstraint): string {
  return `${whenUnsatisfiable} ${topologyKey}`
}
