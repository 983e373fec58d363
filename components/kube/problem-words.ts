import type { Problem, ProblemGroup } from '../../domain/health/problem.ts'
import { countText } from '../ui/count-text.ts'

const words: Readonly<Record<string, string>> = {
  'restart-loop': 'Restart loop',
  'probe-failing': 'Probe failing',
  'container-waiting': 'Container waiting',
  'init-failing': 'Init failing',
  'init-stuck': 'Init stuck',
  'pod-failed': 'Pod failed',
  'pod-pending': 'Pending',
  'pod-not-ready': 'Not ready',
  'pod-terminating-stuck': 'Stuck terminating',
  'node-not-ready': 'Node not ready',
  'node-pressure': 'Node under pressure',
  'skew-violated': 'Skew violated',
  'skew-uneven': 'Uneven spread',
  'service-down': 'Service down',
}

/** A kind that this page doesn't know yet (a newer server) is shown as it came. */
export function problemKindWord(kind: string): string {
  return Object.hasOwn(words, kind) ? (words[kind] ?? kind) : kind
}

/** "shop/cart", or only the name of what lies in no namespace. */
export function subjectWords(subject: Pick<Problem['subject'], 'namespace' | 'name'>): string {
  return subject.namespace === '' ? subject.name : `${subject.namespace}/${subject.name}`
}

/** Whom a group of problems is about: "shop/web-0", "Node node-1", "3 of 6 pods of Deployment shop/web". */
export function groupSubjectWords({ namespace, workload, affects }: ProblemGroup): string {
  const [subject] = affects.subjects
  if (workload && subject?.kind === 'Pod' && affects.pods > 1) {
    const all = affects.podsTotal === affects.pods
    const pods = all
      ? `all ${countText(affects.pods, 'pod')}`
      : `${affects.pods} of ${countText(affects.podsTotal, 'pod')}`
    return `${pods} of ${workload.kind} ${subjectWords({ namespace, name: workload.name })}`
  }
  if (!subject) return ''
  return subject.kind === 'Pod' ? subjectWords(subject) : `${subject.kind} ${subjectWords(subject)}`
}
