import type { Problem } from '../health/problem.ts'
import { compareProblemGroups } from '../health/problem-order.ts'
import { SortedList } from '../state/sorted-list.ts'
import { Counter } from './counter.ts'
import { ProblemMembers } from './problem-members.ts'
import { workloadKey } from './workload-key.ts'

/**
 * A group whose last problem has gone is remembered for so long, ms: when the same trouble comes back
 * (a readiness probe that flaps) it is as old as it was.
 */
export const groupRemembered = 5 * 60_000

/**
 * All problems put together by workload and cause. A change costs work for the groups that it
 * touches; the order of all groups is brought up to date with `settle`.
 */
export class ProblemGroups {
  /** The worst first. */
  readonly order = new SortedList<ProblemMembers>(compareProblemGroups)
  /** Groups by severity, and by `kind severity`. */
  readonly counts = new Counter()
  readonly #groups = new Map<string, ProblemMembers>()
  /** By the problems' ids. */
  readonly #groupOf = new Map<string, ProblemMembers>()
  readonly #byWorkload = new Map<string, Set<string>>()
  readonly #touched = new Set<string>()
  /** Since when groups that are over had lasted, the oldest end first. */
  readonly #over = new Map<string, { readonly since: number; readonly endedAt: number }>()

  get(id: string): ProblemMembers | undefined {
    return this.#groups.get(id)
  }

  /** @param owner uid of the controller of the pod that has the problem; empty where there is none */
  replace(previous: Problem | null, next: Problem | null, owner: string): void {
    if (previous) {
      const group = this.#groupOf.get(previous.id)
      this.#groupOf.delete(previous.id)
      group?.remove(previous)
      if (group) this.#touched.add(group.id)
    }
    if (!next) return
    const id = groupId(next)
    let group = this.#groups.get(id)
    if (!group) {
      group = new ProblemMembers(id, next)
      this.#groups.set(id, group)
      if (next.workload) this.#ofWorkload(workloadKey(group.namespace, next.workload)).add(id)
    }
    group.add(next, owner)
    this.#groupOf.set(next.id, group)
    this.#touched.add(id)
  }

  /** Something that a group's story tells of has changed, though none of its problems has. */
  touch(problem: Problem): void {
    const id = this.#groupOf.get(problem.id)?.id
    if (id !== undefined) this.#touched.add(id)
  }

  /** The id of the group that a problem belongs to. */
  idOf(problem: Problem): string | null {
    return this.#groupOf.get(problem.id)?.id ?? null
  }

  touchWorkload(key: string): void {
    for (const id of this.#byWorkload.get(key) ?? noIds) this.#touched.add(id)
  }

  /** Ids of its groups. */
  ofWorkload(key: string): ReadonlySet<string> {
    return this.#byWorkload.get(key) ?? noIds
  }

  /** Brings severity, age and order of the touched groups up to date, and names these groups. */
  settle(now: number): ReadonlySet<string> {
    for (const [id, { endedAt }] of this.#over) {
      if (endedAt > now - groupRemembered) break
      this.#over.delete(id)
    }
    const touched = new Set(this.#touched)
    this.#touched.clear()
    for (const id of touched) this.#settleGroup(id, now)
    return touched
  }

  #settleGroup(id: string, now: number): void {
    const group = this.#groups.get(id)
    if (!group) return
    const [oldest] = group.problems.slice(0, 1)
    const listed = Number.isFinite(group.since)
    if (!oldest) {
      this.#forget(group)
      if (!listed) return
      this.#unlist(group)
      this.#over.delete(id)
      this.#over.set(id, { since: group.since, endedAt: now })
      return
    }
    const severity = group.worst
    const before = listed ? group.since : (this.#over.get(id)?.since ?? oldest.since)
    const since = Math.min(before, oldest.since)
    if (severity === group.severity && since === group.since) return
    if (listed) this.#unlist(group)
    else this.#over.delete(id)
    group.severity = severity
    group.since = since
    this.order.add(group)
    this.counts.add(severity, 1)
    this.counts.add(`${group.kind} ${severity}`, 1)
  }

  #ofWorkload(key: string): Set<string> {
    let ids = this.#byWorkload.get(key)
    if (!ids) {
      ids = new Set()
      this.#byWorkload.set(key, ids)
    }
    return ids
  }

  #forget({ id, namespace, workload }: ProblemMembers): void {
    this.#groups.delete(id)
    if (!workload) return
    const key = workloadKey(namespace, workload)
    const ids = this.#byWorkload.get(key)
    if (ids?.delete(id) && ids.size === 0) this.#byWorkload.delete(key)
  }

  #unlist(group: ProblemMembers): void {
    this.order.remove(group)
    this.counts.add(group.severity, -1)
    this.counts.add(`${group.kind} ${group.severity}`, -1)
  }
}

const noIds: ReadonlySet<string> = new Set()

/** The same for all problems that are told as one. A companion's trouble isn't the main container's. */
function groupId({ kind, cause, subject, workload, role }: Problem): string {
  const owner = workload ?? subject
  const companion = role === null || role === 'main' || role === 'init' ? '' : `/${role}`
  return `${kind}/${subject.namespace}/${owner.kind}/${owner.name}/${cause}${companion}`
}
