import type { Pod } from '../model/pod.ts'
import { evaluateFit, type FitEvaluation, fitMessage } from './fit-evaluation.ts'
import { type ReasonWords, reasonWords } from './reason-words.ts'
import type { SchedulerRules } from './scheduler-rules.ts'
import type { SchedulingView } from './scheduling-view.ts'
import type { SingleChange } from './single-change.ts'

/** Nodes that give one reason. A node that gives several is in each of them. */
export interface NodesByReason extends ReasonWords {
  /** In the scheduler's own words. */
  readonly reason: string
  readonly nodes: number
  /** Some of them, at most 20. */
  readonly examples: readonly string[]
}

/** Why a pod can't be placed, found by running the scheduler's filters on the cluster as it is now. */
export interface PendingExplanation {
  /** What the scheduler would say now, without what preemption would add; empty where a node fits. */
  readonly message: string
  /** All nodes. */
  readonly nodes: number
  /** Nodes that could take it now: the scheduler will place it, or something keeps it that isn't seen. */
  readonly feasible: number
  readonly feasibleNodes: readonly string[]
  /** Most nodes first. */
  readonly reasons: readonly NodesByReason[]
  /** Each alone would let the pod be placed; most nodes first. Null: not tried yet. */
  readonly changes: readonly SingleChange[] | null
  /** What the scheduler looks at and Plumbline doesn't see, in words; empty mostly. */
  readonly unseen: readonly string[]
}

export function explainPending(pod: Pod, view: SchedulingView, rules: SchedulerRules): PendingExplanation {
  const evaluation = evaluateFit(pod, view, rules)
  return {
    message: evaluation.feasible.length > 0 ? '' : fitMessage(evaluation),
    nodes: evaluation.nodes,
    feasible: evaluation.feasible.length,
    feasibleNodes: evaluation.feasible.slice(0, 20),
    reasons: nodesByReason(evaluation),
    changes: evaluation.feasible.length > 0 ? [] : null,
    unseen: unseenBy(pod, view),
  }
}

function nodesByReason({ reasons, examples }: FitEvaluation): NodesByReason[] {
  return [...reasons]
    .map(([reason, nodes]) => ({ reason, ...reasonWords(reason), nodes, examples: examples.get(reason) ?? [] }))
    .sort((a, b) => b.nodes - a.nodes || (a.reason < b.reason ? -1 : 1))
}

/** Whether two explanations say the same of the nodes; their changes may differ. */
export function sameReasons(a: PendingExplanation, b: PendingExplanation): boolean {
  return a.message === b.message && a.feasibleNodes.join() === b.feasibleNodes.join() && a.feasible === b.feasible
}

function unseenBy({ spec, namespace }: Pod, view: SchedulingView): string[] {
  const unseen: string[] = []
  if (spec.volumes.some(({ type }) => type === 'persistentVolumeClaim' || type === 'ephemeral')) {
    unseen.push('Its persistent volumes: where they can be used isn’t looked at')
  }
  if (spec.volumes.some(({ type }) => singleNodeDisks.has(type))) {
    unseen.push('Its disks: whether a node has another pod that uses them isn’t looked at')
  }
  const terms = [...(spec.podAffinity?.required ?? []), ...(spec.podAntiAffinity?.required ?? [])]
  if (terms.some((term) => term.namespaceSelector) && view.namespaceLabels(namespace) === undefined) {
    unseen.push('Labels of namespaces, which its affinity selects by: they may not be read')
  }
  return unseen
}

/** volumerestrictions/volume_restrictions.go. */
const singleNodeDisks: ReadonlySet<string> = new Set(['gcePersistentDisk', 'awsElasticBlockStore', 'rbd', 'iscsi'])
