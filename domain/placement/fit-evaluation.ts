import type { Pod } from '../model/pod.ts'
import { buildFitMessage, type FitMessage } from './fit-message.ts'
import { PodFit } from './pod-fit.ts'
import type { SchedulerRules } from './scheduler-rules.ts'
import type { SchedulingView } from './scheduling-view.ts'

/** What the scheduler would find if it looked at the pod now. */
export interface FitEvaluation extends Pick<FitMessage, 'nodes' | 'reasons' | 'preFilter'> {
  /** Names of the nodes that can take the pod. */
  readonly feasible: readonly string[]
  /** For each reason some of the nodes that give it, in the order of the nodes; see `shownNodes`. */
  readonly examples: ReadonlyMap<string, readonly string[]>
}

/** Nodes named for each reason: who wants all of thousands asks the node itself. */
export const shownNodes = 20

/** Asks every node: its cost grows with the nodes, and with the pods that the pod's constraints may count. */
export function evaluateFit(pod: Pod, view: SchedulingView, rules: SchedulerRules): FitEvaluation {
  const fit = new PodFit(pod, view, rules)
  const nodes = view.rooms.length
  if (fit.preFilter !== '') {
    return { nodes, reasons: new Map(), preFilter: fit.preFilter, feasible: [], examples: new Map() }
  }
  const feasible: string[] = []
  const reasons = new Map<string, number>()
  const examples = new Map<string, string[]>()
  for (const room of view.rooms) {
    const rejection = fit.rejection(room)
    if (!rejection) feasible.push(room.node.name)
    for (const reason of rejection?.reasons ?? []) {
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
      const named = examples.get(reason)
      if (!named) examples.set(reason, [room.node.name])
      else if (named.length < shownNodes) named.push(room.node.name)
    }
  }
  return { nodes, reasons, preFilter: '', feasible, examples }
}

/** The message that the scheduler would give, without what preemption would add. */
export function fitMessage({ nodes, reasons, preFilter }: FitEvaluation): string {
  return buildFitMessage({ nodes, reasons, preFilter, postFilter: '' })
}
