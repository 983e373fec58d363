import type { Severity } from '../../domain/health/severity.ts'
import type { PendingPodRecord } from '../../domain/live/protocol.ts'
import { countText } from '../ui/count-text.ts'

/** What keeps the pod, in one line. */
export function pendingWords({ state, gates, explanation, nominatedNode, scheduler }: PendingPodRecord): string {
  if (state === 'gated') return `held back by ${gates.length === 0 ? 'a scheduling gate' : `gate ${gates.join(', ')}`}`
  if (nominatedNode !== null) return `pods are being moved out of its way on ${nominatedNode}`
  if (!explanation) {
    return scheduler === 'default-scheduler'
      ? 'not looked at yet'
      : `for the scheduler ${scheduler}, whose rules aren’t known`
  }
  if (explanation.nodes === 0) return 'no nodes are known'
  if (explanation.feasible > 0) return `${countText(explanation.feasible, 'node')} could take it now`
  return `none of ${countText(explanation.nodes, 'node')} can take it`
}

/** A pod that is held back on purpose, or is about to be placed, is on its way. */
export function pendingLook({ state, nominatedNode }: PendingPodRecord): Severity {
  return state === 'gated' || state === 'fitting' || nominatedNode !== null ? 'progress' : 'warning'
}

/** "are cordoned" of one node: "is cordoned". */
export function reasonOf(words: string, nodes: number): string {
  if (nodes !== 1) return words
  for (const [many, one] of singular) if (words.startsWith(many)) return one + words.slice(many.length)
  return words
}

const singular = [
  ['are ', 'is '],
  ['aren’t ', 'isn’t '],
  ['have ', 'has '],
  ['don’t ', 'doesn’t '],
  ['lack ', 'lacks '],
] as const
