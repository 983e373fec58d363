import type { PodSpec, Toleration, TopologySpreadConstraint } from '../model/pod-spec.ts'
import { demandsNothing, type NodeDemand } from './node-affinity.ts'

/** Which nodes count for a constraint, and into which domains. Rules with equal keys give equal answers. */
export interface EligibilityRule {
  readonly key: string
  readonly topologyKey: string
  /** Those of all constraints of the same action, sorted. */
  readonly topologyKeys: readonly string[]
  /** Equal for rules that differ in their filter only. */
  readonly domainsKey: string
  /** Equal for rules that differ in their topology keys only. */
  readonly filterKey: string
  /** Null: nodeAffinityPolicy is Ignore, or nothing is demanded. */
  readonly demand: NodeDemand | null
  /** Null: nodeTaintsPolicy is Ignore. */
  readonly tolerations: readonly Toleration[] | null
  /** Nodes that don't count make no domain, but pods on them count where another node makes it. */
  readonly countsExcludedNodes: boolean
}

/** What differs between versions of kube-scheduler. */
export interface SpreadRules {
  /** False from 1.27 to 1.37, where an empty selector counts no pod (kubernetes#141339). */
  readonly emptySelectorMatches: boolean
  /**
   * True up to 1.23: a hard constraint counts the pods of all nodes that have the
   * label of an eligible domain, be they eligible or not (mended by kubernetes#107009).
   */
  readonly countsExcludedNodes?: boolean
}

export function eligibilityRule(
  constraint: TopologySpreadConstraint,
  spec: PodSpec,
  rules: SpreadRules,
): EligibilityRule {
  const { topologyKey } = constraint
  const sameAction = spec.topologySpreadConstraints.filter(
    ({ whenUnsatisfiable }) => whenUnsatisfiable === constraint.whenUnsatisfiable,
  )
  const topologyKeys = [...new Set(sameAction.map((each) => each.topologyKey))].sort()
  const demand = honoursAffinity(constraint) && !demandsNothing(spec) ? spec : null
  const tolerations = honoursTaints(constraint) ? spec.tolerations : null
  const filterKey = JSON.stringify([demand && demandKey(demand), tolerations && tolerationsKey(tolerations)])
  const domainsKey = JSON.stringify([topologyKey, topologyKeys])
  const countsExcludedNodes =
    rules.countsExcludedNodes === true &&
    constraint.whenUnsatisfiable === 'DoNotSchedule' &&
    (demand !== null || tolerations !== null || topologyKeys.length > 1)
  const key = JSON.stringify([domainsKey, filterKey, countsExcludedNodes])
  return { key, topologyKey, topologyKeys, domainsKey, filterKey, demand, tolerations, countsExcludedNodes }
}

/** nodeAffinityPolicy is Honor where it isn't given. */
export function honoursAffinity({ nodeAffinityPolicy }: TopologySpreadConstraint): boolean {
  return (nodeAffinityPolicy ?? 'Honor') === 'Honor'
}

/** nodeTaintsPolicy is Ignore where it isn't given. */
export function honoursTaints({ nodeTaintsPolicy }: TopologySpreadConstraint): boolean {
  return nodeTaintsPolicy === 'Honor'
}

function demandKey({ nodeSelector, nodeAffinity }: NodeDemand): unknown {
  const selected = Object.keys(nodeSelector).sort()
  const terms = nodeAffinity?.required?.map(({ matchExpressions, matchFields }) =>
    [matchExpressions, matchFields].map((each) => each.map(({ key, operator, values }) => [key, operator, values])),
  )
  return [selected.map((key) => [key, nodeSelector[key]]), terms ?? null]
}

/** How long a taint is tolerated doesn't matter to whether it is. */
function tolerationsKey(tolerations: readonly Toleration[]): unknown {
  const each = tolerations.map(({ key, operator, value, effect }) =>
    JSON.stringify([key, operator || 'Equal', value, effect]),
  )
  return [...new Set(each)].sort()
}
