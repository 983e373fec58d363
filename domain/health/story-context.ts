import type { Pod } from '../model/pod.ts'
import { containerNamed, type PodContainer } from './pod-container.ts'
import type { PodContext } from './pod-context.ts'
import type { Advice, Evidence, Problem, ProblemStory } from './problem.ts'

/** What a pod's problem is told from. */
export interface StoryContext extends PodContext {
  /** ms since the Unix epoch */
  readonly now: number
}

/** A story but for its documentation, which problem-docs.ts knows. */
export type Told = Omit<ProblemStory, 'docs'>

/** Tells one kind of problem of a pod. */
export type PodStory = (problem: Problem, pod: Pod, context: StoryContext) => Told

/** The container that a problem names, or a story without it where the pod has none of that name any more. */
export function ofContainer(
  tell: (problem: Problem, pod: Pod, container: PodContainer, context: StoryContext) => Told,
): PodStory {
  return (problem, pod, context) => {
    const container = problem.container === null ? null : containerNamed(pod, problem.container)
    return container ? tell(problem, pod, container, context) : { evidence: [], next: null, advice: [] }
  }
}

export function advise(text: string, command: string | null = null): Advice {
  return { text, command }
}

export function fact(source: Evidence['source'], path: string, text: string, at: number | null = null): Evidence {
  return { source, path, text: text.trim() || 'It says nothing', at, count: null }
}
