import type { ProblemGroup, ProblemKind } from './problem.ts'
import { compareSeverity } from './severity.ts'

/** What takes much with it comes before what may only be its consequence. */
const first: readonly ProblemKind[] = ['node-not-ready', 'service-down']

type Ordered = Pick<ProblemGroup, 'severity' | 'kind' | 'since' | 'id'>

/** The worst first; among equals nodes and Services, then what broke last. Never calls two groups equal. */
export function compareProblemGroups(a: Ordered, b: Ordered): number {
  return (
    compareSeverity(a.severity, b.severity) ||
    rank(a.kind) - rank(b.kind) ||
    b.since - a.since ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  )
}

function rank(kind: ProblemKind): number {
  const place = first.indexOf(kind)
  return place === -1 ? first.length : place
}
