import type { Problem } from '../../domain/health/problem.ts'
import { compareSeverity } from '../../domain/health/severity.ts'

/** The same trouble in several pods of one workload: one line with a count instead of many. */
export interface ProblemGroup {
  readonly key: string
  /** The member that broke last stands for all. */
  readonly lead: Problem
  /** Newest first; the lead is one of them. */
  readonly members: readonly Problem[]
  /** When the first of them broke. */
  readonly since: number
}

/** A broken node takes many pods with it: it comes before what may only be its consequence. */
const firstKind = 'node-not-ready'

/** The worst first; among equals nodes, then what broke last. */
export function compareProblems(a: Problem, b: Problem): number {
  return (
    compareSeverity(a.severity, b.severity) ||
    Number(b.kind === firstKind) - Number(a.kind === firstKind) ||
    b.since - a.since ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  )
}

/** Sorts, and puts together what is the same kind, severity, workload and container. */
export function groupProblems(problems: readonly Problem[]): readonly ProblemGroup[] {
  const groups = new Map<string, Problem[]>()
  for (const problem of [...problems].sort(compareProblems)) {
    const key = groupKey(problem)
    const members = groups.get(key)
    if (members) members.push(problem)
    else groups.set(key, [problem])
  }
  const result: ProblemGroup[] = []
  for (const [key, members] of groups) {
    const [lead] = members
    if (lead) result.push({ key, lead, members, since: Math.min(...members.map((member) => member.since)) })
  }
  return result
}

/** Equal content: a row that shows one needn't be drawn again for the other. */
export function sameProblemGroup(a: ProblemGroup, b: ProblemGroup): boolean {
  return a.members.length === b.members.length && a.members.every((member, index) => member === b.members[index])
}

function groupKey(problem: Problem): string {
  const { workload, subject } = problem
  if (!workload || subject.kind !== 'Pod') return problem.id
  return JSON.stringify([
    problem.kind,
    problem.severity,
    subject.namespace,
    workload.kind,
    workload.name,
    problem.container,
  ])
}
