import type { BudgetStanding } from './budget-standing.ts'

/** What would come of it. Everything is worked out on the cluster as it is now; nothing is changed. */
export interface WhatIfResult {
  readonly lost: {
    readonly nodes: number
    /** Pods on them that run now. */
    readonly pods: number
    /** Those that no controller makes anew elsewhere: of DaemonSets, static and bare pods. */
    readonly notReplaced: number
  }
  /** Workloads that lose pods or get some; those at zero first, then by how much they lose. */
  readonly workloads: readonly WorkloadOutcome[]
  /** All that match pods which are lost; null: PodDisruptionBudgets may not be read. */
  readonly budgets: readonly BudgetStanding[] | null
  /** Spread constraints of these workloads, before and after. */
  readonly constraints: readonly ConstraintOutcome[]
  /** False: the cluster is so large that not every pod was placed in thought; see notSimulated. */
  readonly complete: boolean
  /** What is supposed where the rules don't decide. */
  readonly assumptions: readonly string[]
}

export interface WorkloadOutcome {
  readonly namespace: string
  readonly workload: { readonly kind: string; readonly name: string }
  readonly pods: number
  readonly ready: number
  readonly lost: number
  /** Ready pods that are left until others have started. */
  readonly readyLeft: number
  readonly toZero: boolean
  /** Pods to be placed: as many as are lost or wanted besides. */
  readonly wanted: number
  readonly placed: number
  /** Pods that would stay pending. */
  readonly unplaced: number
  readonly notSimulated: number
  /**
   * Where its pods are now and would be, the fullest now first; the empty zone is that of nodes without one.
   * `pods` are new ones; `decided`: only this zone would take them, whatever the scores.
   */
  readonly zones: readonly ZoneOutcome[]
  readonly nodes: readonly { readonly node: string; readonly pods: number }[]
  /** What the scheduler would say of the first that has no place; empty where all have one. */
  readonly message: string
}

export interface ZoneOutcome {
  readonly zone: string
  readonly before: number
  readonly after: number
  readonly pods: number
  readonly decided: number
}

export interface ConstraintOutcome {
  readonly namespace: string
  readonly workload: { readonly kind: string; readonly name: string }
  readonly topologyKey: string
  readonly maxSkew: number
  readonly whenUnsatisfiable: string
  /** Null: it isn't in use now. */
  readonly before: SkewOutcome | null
  readonly after: SkewOutcome
}

export interface SkewOutcome {
  readonly skew: number
  readonly violated: boolean
  readonly globalMinimum: number
  /** Fullest first, at most 100. */
  readonly domains: readonly { readonly value: string; readonly count: number }[]
}
