import type { Problem, ProblemGroup } from '../health/problem.ts'
import { problemStory } from '../health/problem-story.ts'
import type { Counter } from './counter.ts'
import type { ProblemGroups } from './problem-groups.ts'
import type { ProblemMembers } from './problem-members.ts'
import { workloadKey } from './workload-key.ts'

const listed = 50

/**
 * Tells problems and groups whole: for what somebody looks at, and only once until something in it
 * changes.
 */
export class ProblemStories {
  readonly #groups: ProblemGroups
  /** Pods by workload. */
  readonly #podsByWorkload: Counter
  readonly #told = new Map<string, ProblemGroup>()

  constructor(groups: ProblemGroups, podsByWorkload: Counter) {
    this.#groups = groups
    this.#podsByWorkload = podsByWorkload
  }

  /** Null: there is no such group (any more). */
  group(id: string): ProblemGroup | null {
    const told = this.#told.get(id)
    if (told) return told
    const group = this.#groups.get(id)
    const [lead] = group?.problems.slice(0, 1) ?? []
    if (!group || !lead) return null
    const made = this.#tell(group, lead)
    this.#told.set(id, made)
    return made
  }

  forget(id: string): void {
    this.#told.delete(id)
  }

  #tell(group: ProblemMembers, lead: Problem): ProblemGroup {
    const { id, kind, severity, cause, namespace, workload, role, since, pods } = group
    const subjects = group.problems.slice(0, listed)
    let lastSeenAt = 0
    for (const problem of group.problems) if (problem.lastSeenAt > lastSeenAt) lastSeenAt = problem.lastSeenAt
    return {
      id,
      kind,
      severity,
      cause,
      namespace,
      workload,
      role,
      title: lead.title,
      detail: lead.detail,
      since,
      lastSeenAt,
      affects: {
        pods,
        podsTotal: workload ? this.#podsByWorkload.get(workloadKey(namespace, workload)) : pods,
        containers: group.containers
          .entries()
          .slice(0, listed)
          .map(([name]) => name),
        subjects: subjects.map(({ subject, container, since }) => ({ ...subject, container, since })),
        services: [],
      },
      rollout: null,
      explainedBy: [],
      ...problemStory(lead),
    }
  }
}
