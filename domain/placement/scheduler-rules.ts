import type { Taint } from '../model/node.ts'
import type { SpreadRules } from './eligibility-rule.ts'

/** What of kube-scheduler's answers and words depends on its version, which is taken to be the API server's. */
export interface SchedulerRules extends SpreadRules {
  /** tainttoleration/taint_toleration.go: three wordings since 1.20. */
  readonly taintReason: (taint: Taint) => string
  /** nodeaffinity/node_affinity.go ErrReasonPod: three wordings since 1.20. */
  readonly nodeAffinityReason: string
  /** Up to 1.20 interpodaffinity gives this general reason beside each special one (filtering.go); null: it doesn't. */
  readonly podAffinityReason: string | null
  /** volumebinding/binder.go ErrReasonNodeConflict. */
  readonly volumeConflictReason: string
  /**
   * Up to 1.22 noderesources/fit.go fitsRequest compares resources of which the pod requests nothing
   * too, as long as it requests something: an overcommitted node refuses it.
   */
  readonly comparesUnrequested: boolean
  /** From 1.24 on pods tied to nodes by metadata.name are tried on those only (PreFilterResult). */
  readonly triesNamedNodesOnly: boolean
  /** For the nodes that aren't tried; null: they aren't mentioned. */
  readonly notTriedReason: string | null
  /** nodeAffinityPolicy and nodeTaintsPolicy: on by default from 1.26 on. */
  readonly hasInclusionPolicies: boolean
  /** matchLabelKeys of spread constraints: on by default from 1.27 on. */
  readonly hasMatchLabelKeys: boolean
  /** Of the score plugins (default_plugins.go): 1.23 raised some. */
  readonly weights: { readonly taints: number; readonly nodeAffinity: number; readonly podAffinity: number }
  /** From 1.28 on the host ports of sidecars count (scheduler/util GetHostPorts). */
  readonly countsSidecarPorts: boolean
}

/** @param gitVersion such as v1.34.1; one that can't be read is taken for the newest */
export function schedulerRules(gitVersion: string): SchedulerRules {
  const minor = Number(/^v?1\.(\d+)/.exec(gitVersion)?.[1] ?? Number.POSITIVE_INFINITY)
  return {
    // kubernetes#141339: from 1.27 to 1.37 an empty selector counts no pods; PR #141340 mends it for 1.38.
    emptySelectorMatches: minor < 27 || minor >= 38,
    // kubernetes#107009, in 1.24: before, hard constraints also counted pods on excluded nodes of a domain that counts.
    countsExcludedNodes: minor >= 19 && minor < 24,
    taintReason:
      minor < 24
        ? ({ key, value }) => `node(s) had taint {${key}: ${value}}, that the pod didn't tolerate`
        : minor < 35
          ? ({ key, value }) => `node(s) had untolerated taint {${key}: ${value}}`
          : () => 'node(s) had untolerated taint(s)',
    nodeAffinityReason:
      minor < 20
        ? "node(s) didn't match node selector"
        : minor < 22
          ? "node(s) didn't match Pod's node affinity"
          : "node(s) didn't match Pod's node affinity/selector",
    podAffinityReason: minor < 21 ? "node(s) didn't match pod affinity/anti-affinity" : null,
    volumeConflictReason:
      minor < 35
        ? 'node(s) had volume node affinity conflict'
        : "node(s) didn't match PersistentVolume's node affinity",
    comparesUnrequested: minor < 23,
    triesNamedNodesOnly: minor >= 24,
    notTriedReason:
      minor < 26
        ? null
        : minor < 30
          ? 'node is filtered out by the prefilter result'
          : "node(s) didn't satisfy plugin(s) [NodeAffinity]",
    hasInclusionPolicies: minor >= 26,
    hasMatchLabelKeys: minor >= 27,
    weights:
      minor < 23 ? { taints: 1, nodeAffinity: 1, podAffinity: 1 } : { taints: 3, nodeAffinity: 2, podAffinity: 2 },
    countsSidecarPorts: minor >= 28,
  }
}
