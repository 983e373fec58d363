import type { Problem, ProblemGroup } from './problem.ts'

/** "shop/cart", or only the name of what lies in no namespace. */
export function subjectWords(subject: Pick<Problem['subject'], 'namespace' | 'name'>): string {
  return subject.namespace === '' ? subject.name : `${subject.namespace}/${subject.name}`
}

/** Whom a group of problems is about: "shop/web-0", "Node node-1", "3 of 6 pods of Deployment shop/web". */
export function groupSubjectWords({ namespace, workload, affects }: ProblemGroup): string {
  const [subject] = affects.subjects
  if (workload && subject?.kind === 'Pod' && affects.pods > 1) {
    const pods = affects.podsTotal === affects.pods ? `all ${affects.pods}` : `${affects.pods} of ${affects.podsTotal}`
    return `${pods} pods of ${workload.kind} ${subjectWords({ namespace, name: workload.name })}`
  }
  if (!subject) return ''
  return subject.kind === 'Pod' ? subjectWords(subject) : `${subject.kind} ${subjectWords(subject)}`
}
