import type { Pod } from '../model/pod.ts'
import { loopStory } from './loop-story.ts'
import { notReadyStory } from './not-ready-story.ts'
import { pendingStory } from './pending-story.ts'
import { containerNamed } from './pod-container.ts'
import { failedStory, terminatingStory } from './pod-end-story.ts'
import { probeStory } from './probe-story.ts'
import type { Problem, ProblemKind, ProblemStory } from './problem.ts'
import { problemDocs } from './problem-docs.ts'
import { creationStory, initStuckStory } from './start-story.ts'
import type { PodStory, StoryContext } from './story-context.ts'
import { waitingStory } from './waiting-story.ts'
import { waitingTrouble } from './waiting-trouble.ts'

/** What there is to tell of a pod's problem: the story of its kind and cause, and where to read on. */
export function podProblemStory(problem: Problem, pod: Pod, context: StoryContext): ProblemStory {
  return { ...storyOf(problem)(problem, pod, context), docs: problemDocs(problem) }
}

/** An init container that fails has either not been able to start or ended badly. */
const initFailingStory: PodStory = (problem, pod, context) => {
  const state = problem.container === null ? null : containerNamed(pod, problem.container)?.status?.state
  const tell = state?.type === 'waiting' && waitingTrouble(state.reason) ? waitingStory : loopStory
  return tell(problem, pod, context)
}

const byKind: Partial<Readonly<Record<ProblemKind, PodStory>>> = {
  'restart-loop': loopStory,
  'probe-failing': probeStory,
  'container-waiting': waitingStory,
  'init-failing': initFailingStory,
  'init-stuck': initStuckStory,
  'pod-failed': failedStory,
  'pod-pending': pendingStory,
  'pod-not-ready': notReadyStory,
  'pod-terminating-stuck': terminatingStory,
}

const nothing: PodStory = () => ({ evidence: [], next: null, advice: [] })

function storyOf({ kind, cause }: Problem): PodStory {
  return cause === 'creation' || cause.endsWith('/creation') ? creationStory : (byKind[kind] ?? nothing)
}
