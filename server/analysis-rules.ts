import type { AnalysisRules } from '../domain/analysis/cluster-analysis.ts'
import { kubectlDialect } from '../domain/health/kubectl-dialect.ts'
import { schedulerRules } from '../domain/placement/scheduler-rules.ts'

/** What of kubectl's and the scheduler's behaviour depends on the version; an unknown one is taken for a new one. */
export function analysisRules(gitVersion: string): AnalysisRules {
  const minor = Number(/^v?1\.(\d+)/.exec(gitVersion)?.[1] ?? Number.NaN)
  return {
    dialect: kubectlDialect(gitVersion),
    scheduler: schedulerRules(gitVersion),
    // ProxyTerminatingEndpoints: beta, and so on, from 1.26.
    terminatingEndpointsServe: !(minor < 26),
  }
}
