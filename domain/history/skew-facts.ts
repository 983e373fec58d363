import type { SkewEndedFact, SkewGroup, SkewViolatedFact } from './fact.ts'

/** What history needs of a SpreadGroupResult. */
export interface SkewState extends SkewGroup {
  readonly skew: number
  readonly violated: boolean
}

/**
 * Whether a constraint began to be violated, became worse, or is kept again. `previous` null: it was
 * not known before; then a violation may be an old one, which the recorder finds open and goes on
 * with. `next` null: there is no such constraint any more, which ends its violation.
 */
export function skewFacts(
  previous: SkewState | null,
  next: SkewState | null,
  at: number,
): (SkewViolatedFact | SkewEndedFact)[] {
  if (next?.violated) {
    const known = previous?.violated ? previous.skew : Number.NEGATIVE_INFINITY
    return next.skew > known ? [{ type: 'skew-violated', at, group: skewGroupOf(next), skew: next.skew }] : []
  }
  return previous?.violated ? [{ type: 'skew-ended', at, group: skewGroupOf(previous) }] : []
}

/** What names the constraint, and nothing else. */
export function skewGroupOf(state: SkewState): SkewGroup {
  const { id, namespace, workload, topologyKey, maxSkew, whenUnsatisfiable } = state
  return {
    id,
    namespace,
    workload: { kind: workload.kind, name: workload.name },
    topologyKey,
    maxSkew,
    whenUnsatisfiable,
  }
}
