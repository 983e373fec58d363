import type { Problem, ProblemKind } from '../health/problem.ts'
import { type Severity, worstSeverity } from '../health/severity.ts'
import { SortedList } from '../state/sorted-list.ts'
import { Counter } from './counter.ts'

/** The problems of one group, and what must be known of all of them without walking over them. */
export class ProblemMembers {
  readonly id: string
  readonly kind: ProblemKind
  readonly cause: string
  readonly namespace: string
  readonly workload: Problem['workload']
  readonly role: Problem['role']
  /** The oldest first. */
  readonly problems = new SortedList<Problem>(byAge)
  readonly containers = new Counter()
  /** Uids of the pods' controllers, with the number of pods of each. */
  readonly owners = new Counter()
  severity: Severity = 'ok'
  /** Kept by the groups' order: only to be set while this group is taken out of it. */
  since = Number.POSITIVE_INFINITY
  readonly #bySeverity = new Counter()
  readonly #pods = new Map<string, { problems: number; readonly owner: string }>()

  constructor(id: string, { kind, cause, subject, workload, role }: Problem) {
    this.id = id
    this.kind = kind
    this.cause = cause
    this.namespace = subject.namespace
    this.workload = workload
    this.role = role
  }

  /** Pods with at least one of these problems. */
  get pods(): number {
    return this.#pods.size
  }

  podUids(): IterableIterator<string> {
    return this.#pods.keys()
  }

  get worst(): Severity {
    let worst: Severity = 'ok'
    for (const [severity] of this.#bySeverity.entries()) worst = worstSeverity(worst, severity as Severity)
    return worst
  }

  /** @param owner uid of the pod's controller; empty where there is none */
  add(problem: Problem, owner: string): void {
    this.problems.add(problem)
    this.#bySeverity.add(problem.severity, 1)
    if (problem.container !== null) this.containers.add(problem.container, 1)
    if (problem.subject.kind !== 'Pod') return
    const pod = this.#pods.get(problem.subject.uid)
    if (pod) {
      pod.problems += 1
      return
    }
    this.#pods.set(problem.subject.uid, { problems: 1, owner })
    this.owners.add(owner, 1)
  }

  remove(problem: Problem): void {
    if (!this.problems.remove(problem)) return
    this.#bySeverity.add(problem.severity, -1)
    if (problem.container !== null) this.containers.add(problem.container, -1)
    const pod = this.#pods.get(problem.subject.uid)
    if (!pod) return
    pod.problems -= 1
    if (pod.problems > 0) return
    this.#pods.delete(problem.subject.uid)
    this.owners.add(pod.owner, -1)
  }
}

function byAge(a: Problem, b: Problem): number {
  return a.since - b.since || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}
