import type { Pod } from '../model/pod.ts'
import type { PodContext } from './pod-context.ts'
import type { Problem } from './problem.ts'

type Told = Pick<Problem, 'kind' | 'severity' | 'since' | 'title' | 'detail'> & { readonly container?: string }

/** A problem of a pod or of one of its containers. */
export function podProblem(pod: Pod, { workload }: PodContext, told: Told): Problem {
  const { kind, severity, since, title, detail, container = null } = told
  return {
    id: container === null ? `${kind}/${pod.uid}` : `${kind}/${pod.uid}/${container}`,
    kind,
    severity,
    subject: { kind: 'Pod', namespace: pod.namespace, name: pod.name, uid: pod.uid },
    container,
    workload: workload && { kind: workload.kind, name: workload.name },
    since,
    title,
    detail,
  }
}

/** The sentences that have something to say, each with its full stop, in one line. */
export function sentences(...parts: readonly (string | null | undefined | false)[]): string {
  return parts
    .flatMap((part) => (part ? part.trim().replace(/\s*\n\s*/g, ' ') : ''))
    .filter((part) => part !== '')
    .map((part) => (/[.!?…:]$/.test(part) ? part : `${part}.`))
    .join(' ')
}
