import type { Pod } from '../model/pod.ts'
import { containerRoles } from './container-role.ts'
import type { PodContext } from './pod-context.ts'
import type { Problem } from './problem.ts'

type Told = Pick<Problem, 'kind' | 'severity' | 'cause' | 'since' | 'title' | 'detail'> & {
  readonly lastSeenAt?: number | null | undefined
  readonly container?: string
}

/** A problem of a pod or of one of its containers. */
export function podProblem(pod: Pod, { workload }: PodContext, told: Told): Problem {
  const { kind, severity, cause, since, title, detail, container = null } = told
  return {
    id: container === null ? `${kind}/${pod.uid}` : `${kind}/${pod.uid}/${container}`,
    kind,
    severity,
    subject: { kind: 'Pod', namespace: pod.namespace, name: pod.name, uid: pod.uid },
    container,
    role: container === null ? null : (containerRoles(pod).get(container)?.role ?? null),
    workload: workload && { kind: workload.kind, name: workload.name },
    cause,
    since,
    lastSeenAt: Math.max(told.lastSeenAt ?? 0, since),
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
