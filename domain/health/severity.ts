/**
 * How much a person should care. `error`: something is broken now. `warning`: it is about to be, or
 * is not as declared. `progress`: on its way, nothing to do. `ok`: as declared.
 */
export type Severity = 'ok' | 'progress' | 'warning' | 'error'

export const severities = ['error', 'warning', 'progress', 'ok'] as const satisfies readonly Severity[]

const rank: Readonly<Record<Severity, number>> = { error: 3, warning: 2, progress: 1, ok: 0 }

/** Negative when `a` is the more severe: sorts the worst first. */
export function compareSeverity(a: Severity, b: Severity): number {
  return rank[b] - rank[a]
}

export function worstSeverity(a: Severity, b: Severity): Severity {
  return rank[a] >= rank[b] ? a : b
}
