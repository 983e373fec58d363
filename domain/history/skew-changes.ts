import type { SkewChangedFact, SkewGroup } from './fact.ts'
import { type SkewState, skewGroupOf } from './skew-facts.ts'

/** A constraint's skew is told at most once in this time, ms: what a rollout passes through is left out. */
export const skewToldEvery = 10_000

interface Told {
  readonly group: SkewGroup
  readonly skew: number
  /** Ms. */
  readonly at: number
}

/**
 * How skews change over time, thinned out: a change is told at once where nothing was told of the
 * constraint lately; else what it has come to is told when that time is over. See `due`.
 */
export class SkewChanges {
  readonly #told = new Map<string, Told>()
  /** What is different from what was told; null: no pod carries the constraint any more. */
  readonly #waiting = new Map<string, SkewState | null>()

  /** @param told what history was told last, long ago */
  constructor(told: Iterable<Omit<Told, 'at'>> = []) {
    for (const { group, skew } of told) this.#told.set(group.id, { group, skew, at: Number.NEGATIVE_INFINITY })
  }

  /** Ids of constraints that history takes to be in use. */
  get known(): Iterable<string> {
    return this.#told.keys()
  }

  /** @param next null: there is no such constraint any more */
  apply(id: string, next: SkewState | null): void {
    const told = this.#told.get(id)
    if (told?.skew === next?.skew) this.#waiting.delete(id)
    else this.#waiting.set(id, next)
  }

  /** What is to be told now. */
  due(at: number): SkewChangedFact[] {
    const facts: SkewChangedFact[] = []
    for (const [id, next] of this.#waiting) {
      const told = this.#told.get(id)
      if (told && at - told.at < skewToldEvery) continue
      this.#waiting.delete(id)
      const group = next ? skewGroupOf(next) : told?.group
      if (!group) continue
      if (next) this.#told.set(id, { group, skew: next.skew, at })
      else this.#told.delete(id)
      facts.push({ type: 'skew-changed', at, group, skew: next?.skew ?? null })
    }
    return facts
  }
}
