import type { AnalysisRules } from '../domain/analysis/cluster-analysis.ts'
import { kubectlDialect } from '../domain/health/kubectl-dialect.ts'

/** What of kubectl's and the scheduler's behaviour depends on the version; an unknown one is taken for a new one. */
export function analysisRules(gitVersion: string): AnalysisRules {
  const minor = Number(/^v?1\.(\d+)/.exec(gitVersion)?.[1] ?? Number.NaN)
  return {
    dialect: kubectlDialect(gitVersion),
    // kubernetes#141339: from 1.27 to 1.37 an empty selector counts no pods; PR #141340 mends it for 1.38.
    emptySelectorMatches: minor < 27 || minor >= 38,
    // kubernetes#107009, in 1.24: before, hard constraints also counted pods on excluded nodes of a domain that counts.
    countsExcludedNodes: minor >= 19 && minor < 24,
    // ProxyTerminatingEndpoints: beta, and so on, from 1.26.
    terminatingEndpointsServe: !(minor < 26),
  }
}
