import type { Taint } from '../model/node.ts'
import type { SpreadRules } from './eligibility-rule.ts'

/**
 * What of kube-scheduler's answers and words depends on its version, which is taken to be the API
 * server's. Files are those of k/k pkg/scheduler/framework/plugins unless said otherwise; the versions
 * that were read are those of test/domain/placement/scheduler-rules.test.ts.
 */
export interface SchedulerRules extends SpreadRules {
  /**
   * tainttoleration/taint_toleration.go Filter: named with the pod up to 1.23, shorter from 1.24, and
   * without key and value from 1.34.2 on (kubernetes#135023).
   */
  readonly taintReason: (taint: Taint) => string
  /** nodeaffinity/node_affinity.go ErrReasonPod: the selector is named from 1.21 on. */
  readonly nodeAffinityReason: string
  /**
   * Up to 1.21 interpodaffinity/filtering.go Filter gives a general reason (ErrReasonAffinityNotMatch,
   * another in 1.21 than before) beside each special one; null: it doesn't.
   */
  readonly podAffinityReason: string | null
  /**
   * Up to 1.27 noderesources/fit.go fitsRequest compares resources of which the pod requests nothing
   * too, as long as it requests something: an overcommitted node refuses it.
   */
  readonly comparesUnrequested: boolean
  /** From 1.24 on pods tied to nodes by metadata.name are tried on those only (nodeaffinity PreFilterResult). */
  readonly triesNamedNodesOnly: boolean
  /**
   * For the nodes that aren't tried (k/k pkg/scheduler/schedule_one.go findNodesThatFitPod): told in
   * 1.30.0 and 1.30.1, and in other words from 1.32 on; null: they aren't mentioned.
   */
  readonly notTriedReason: string | null
  /** nodeAffinityPolicy and nodeTaintsPolicy: on by default from 1.26 on (k/k pkg/features/kube_features.go). */
  readonly hasInclusionPolicies: boolean
  /** matchLabelKeys of spread constraints: on by default from 1.27 on (k/k pkg/features/kube_features.go). */
  readonly hasMatchLabelKeys: boolean
  /**
   * Of the score plugins (k/k pkg/scheduler/apis/config/…/default_plugins.go of the version that
   * latest/latest.go names; up to 1.21 algorithmprovider/registry.go): 1.23 raised some.
   */
  readonly weights: { readonly taints: number; readonly nodeAffinity: number; readonly podAffinity: number }
  /**
   * From 1.33.6 on the host ports of sidecars count (k/k pkg/scheduler/util/utils.go GetHostPorts;
   * kubernetes#132040 in 1.34, kubernetes#133390 in 1.33).
   */
  readonly countsSidecarPorts: boolean
}

/** @param gitVersion such as v1.34.1; one that can't be read is taken for the newest */
export function schedulerRules(gitVersion: string): SchedulerRules {
  const [, minorText, patchText] = /^v?1\.(\d+)(?:\.(\d+))?/.exec(gitVersion) ?? []
  const minor = minorText === undefined ? Number.POSITIVE_INFINITY : Number(minorText)
  const patch = Number(patchText ?? 0)
  const since = (release: number, first = 0) => minor > release || (minor === release && patch >= first)
  return {
    // podtopologyspread/common.go countPodsMatchSelector; kubernetes#141339, PR #141340 mends it for 1.38.
    emptySelectorMatches: !since(27) || since(38),
    // podtopologyspread/filtering.go calPreFilterState; kubernetes#107009.
    countsExcludedNodes: !since(24),
    taintReason: taintReason(since),
    nodeAffinityReason: since(21)
      ? "node(s) didn't match Pod's node affinity/selector"
      : "node(s) didn't match Pod's node affinity",
    podAffinityReason: since(22)
      ? null
      : since(21)
        ? "node(s) didn't match pod affinity/anti-affinity rules"
        : "node(s) didn't match pod affinity/anti-affinity",
    comparesUnrequested: !since(28),
    triesNamedNodesOnly: since(24),
    notTriedReason: notTriedReason(since),
    hasInclusionPolicies: since(26),
    hasMatchLabelKeys: since(27),
    weights: since(23)
      ? { taints: 3, nodeAffinity: 2, podAffinity: 2 }
      : { taints: 1, nodeAffinity: 1, podAffinity: 1 },
    countsSidecarPorts: since(33, 6),
  }
}

/** Whether the version is this minor release or a later one, at least this patch of it. */
type Since = (release: number, first?: number) => boolean

function taintReason(since: Since): SchedulerRules['taintReason'] {
  if (since(34, 2)) return () => 'node(s) had untolerated taint(s)'
  if (since(24)) return ({ key, value }) => `node(s) had untolerated taint {${key}: ${value}}`
  return ({ key, value }) => `node(s) had taint {${key}: ${value}}, that the pod didn't tolerate`
}

function notTriedReason(since: Since): string | null {
  if (since(32)) return "node(s) didn't satisfy plugin(s) [NodeAffinity]"
  return since(30) && !since(30, 2) ? 'node is filtered out by the prefilter result' : null
}
