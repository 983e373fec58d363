import type { Labels } from '../model/labels.ts'
import type { ConstraintGroup } from './constraint-group.ts'
import type { LabelClass } from './label-class.ts'
import type { LabelPredicate } from './label-requirement.ts'
import { isEmptySelector, parseSelector } from './label-selector.ts'
import type { NodeEligibility } from './node-eligibility.ts'
import type { SpreadSignature } from './spread-signature.ts'

/**
 * How many pods of one namespace a selector counts in each domain (podtopologyspread filtering.go
 * TpValueToMatchNum). Only domains that hold pods are kept; the empty ones are the eligibility's. Where
 * excluded nodes count there are counts too for domains that no eligible node makes.
 */
export class SpreadCounts {
  readonly key: string
  readonly namespace: string
  readonly selector: SpreadSignature['selector']
  readonly eligibility: NodeEligibility
  /** The groups that read their answer from here. */
  readonly groups = new Set<ConstraintGroup>()
  /** The pods that the selector matches. */
  readonly classes = new Set<LabelClass>()
  readonly #matches: LabelPredicate
  readonly #byDomain = new Map<string, number>()
  /** From a count to the number of domains that have it: minimum and maximum without a walk over the domains. */
  readonly #histogram = new Map<number, number>()

  constructor(
    { countsKey, namespace, selector }: Pick<SpreadSignature, 'countsKey' | 'namespace' | 'selector'>,
    eligibility: NodeEligibility,
    emptySelectorMatches: boolean,
  ) {
    this.key = countsKey
    this.namespace = namespace
    this.selector = selector
    this.eligibility = eligibility
    const silent = selector !== null && !emptySelectorMatches && isEmptySelector(selector)
    this.#matches = parseSelector(silent ? null : selector)
  }

  matches(labels: Labels): boolean {
    return this.#matches(labels)
  }

  /** Pods in a domain. */
  in(domain: string): number {
    return this.#byDomain.get(domain) ?? 0
  }

  /** Largest count of an eligible domain; 0 where there is none. */
  get most(): number {
    let most = 0
    if (this.eligibility.rule.countsExcludedNodes) {
      for (const domain of this.eligibility.domains) most = Math.max(most, this.in(domain))
      return most
    }
    for (const count of this.#histogram.keys()) if (count > most) most = count
    return most
  }

  /** Smallest count of an eligible domain; 0 where there is none. */
  get least(): number {
    if (this.#byDomain.size === 0 || this.#byDomain.size < this.eligibility.size) return 0
    let least = Number.POSITIVE_INFINITY
    if (this.eligibility.rule.countsExcludedNodes) {
      if (this.eligibility.size === 0) return 0
      for (const domain of this.eligibility.domains) least = Math.min(least, this.in(domain))
      return least
    }
    for (const count of this.#histogram.keys()) if (count < least) least = count
    return least
  }

  add(domain: string, amount: number): void {
    const before = this.in(domain)
    const after = before + amount
    if (after === 0) this.#byDomain.delete(domain)
    else this.#byDomain.set(domain, after)
    this.#addToHistogram(before, -1)
    this.#addToHistogram(after, 1)
  }

  #addToHistogram(count: number, amount: 1 | -1): void {
    if (count === 0) return
    const domains = (this.#histogram.get(count) ?? 0) + amount
    if (domains === 0) this.#histogram.delete(count)
    else this.#histogram.set(count, domains)
  }
}
