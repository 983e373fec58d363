import type { Problem, ProblemStory } from './problem.ts'
import { problemDocs } from './problem-docs.ts'

/** What there is to tell of a problem. */
export function problemStory(problem: Problem): ProblemStory {
  return { evidence: [], next: null, advice: [], docs: problemDocs(problem) }
}
