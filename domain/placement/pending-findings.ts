import type { Advice, Evidence, ProblemStory } from '../health/problem.ts'
import { advise, fact } from '../health/story-context.ts'
import type { PendingExplanation } from './pending-explanation.ts'

const reasonsTold = 4
const changesTold = 3

/**
 * The story of a pending pod with what running the scheduler's filters on the cluster as it is now has
 * shown: what each reason keeps off, and the single changes that would let the pod fit, which are better
 * advice than what the scheduler's words suggest.
 */
export function withFindings(story: ProblemStory, found: PendingExplanation): ProblemStory {
  const advice = found.changes?.slice(0, changesTold).map(changeAdvice) ?? []
  return {
    ...story,
    evidence: [...story.evidence, ...evidence(found)],
    advice: [...advice, ...story.advice],
  }
}

function evidence({ feasible, feasibleNodes, nodes, reasons, unseen }: PendingExplanation): readonly Evidence[] {
  const path = 'The scheduler’s filters on the cluster as it is now'
  if (feasible > 0) {
    const more = feasible > 1 ? `, such as ${feasibleNodes[0]}` : `: ${feasibleNodes[0]}`
    return [fact('status', path, `${feasible} of ${nodes} nodes can take it${more}`), ...unseen.map(unseenFact)]
  }
  return [
    ...reasons
      .slice(0, reasonsTold)
      .map((each) => fact('status', path, `${each.nodes} of ${nodes} nodes ${each.words}`)),
    ...unseen.map(unseenFact),
  ]
}

function unseenFact(text: string): Evidence {
  return fact('spec', 'Not looked at', text)
}

function changeAdvice({ text, nodes }: NonNullable<PendingExplanation['changes']>[number]): Advice {
  return advise(nodes === 1 ? text : `${text}: ${nodes} nodes could take it then`)
}
