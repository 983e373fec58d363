import type { Pod } from '../model/pod.ts'
import { exitWords } from './exit-words.ts'
import { conditionSince, podCondition } from './pod-condition.ts'
import { podContainers, type TerminatedState } from './pod-container.ts'
import type { PodContext } from './pod-context.ts'
import { podProblem, sentences } from './pod-problem.ts'
import type { Problem } from './problem.ts'

/** Reasons of pods that were ended from outside (kubelet eviction, shutdown and admission; node lifecycle). */
const titles: ReadonlyMap<string, string> = new Map([
  ['Evicted', 'The pod was evicted from its node'],
  ['NodeLost', 'The pod’s node was lost'],
  ['NodeShutdown', 'The pod ended with its node’s shutdown'],
  ['Shutdown', 'The pod ended with its node’s shutdown'],
  ['Terminated', 'The pod ended with its node’s shutdown'],
  ['NodeAffinity', 'The node refused the pod: its labels don’t fit'],
  ['OutOfcpu', 'The node refused the pod: not enough CPU'],
  ['OutOfmemory', 'The node refused the pod: not enough memory'],
  ['OutOfpods', 'The node refused the pod: it is full'],
  ['UnexpectedAdmissionError', 'The node refused the pod'],
  ['Preempting', 'The pod was preempted'],
  ['DeadlineExceeded', 'The pod took longer than its deadline'],
])

/**
 * A pod of phase Failed. One that has a controller is replaced and only a record of what happened
 * (warning); a bare one is gone for good (error).
 */
export function failedProblem(pod: Pod, context: PodContext): Problem {
  const ended = podContainers(pod).flatMap(({ spec, status }) =>
    status?.state.type === 'terminated' ? [{ name: spec.name, run: status.state }] : [],
  )
  const failed = ended.filter(({ run }) => run.exitCode !== 0)
  const [first] = failed
  const since = endedAt(
    pod,
    ended.map(({ run }) => run),
  )
  return podProblem(pod, context, {
    kind: 'pod-failed',
    severity: pod.owner ? 'warning' : 'error',
    cause: failureCause(pod, first?.run ?? null),
    since,
    title: titles.get(pod.reason) ?? failureTitle(first ?? null),
    detail: sentences(
      pod.message,
      ...failed.map(({ name, run }) => `${name}: ${run.reason || 'ended'}, ${exitWords(run)}`),
      failed.find(({ run }) => run.message !== '')?.run.message,
      podCondition(pod, 'DisruptionTarget')?.message,
      pod.message === '' && failed.length === 0 && pod.reason,
    ),
  })
}

function failureCause({ reason }: Pod, run: TerminatedState | null): string {
  if (titles.has(reason)) return reason.toLowerCase()
  if (!run) return 'failed'
  return run.reason === 'OOMKilled' ? 'oom' : `exit/${run.exitCode}`
}

function failureTitle(failed: { readonly name: string; readonly run: TerminatedState } | null): string {
  if (!failed) return 'The pod failed'
  if (failed.run.reason === 'OOMKilled') return `The pod failed: container ${failed.name} ran out of memory`
  return `The pod failed: container ${failed.name} ended with ${exitWords(failed.run)}`
}

function endedAt(pod: Pod, runs: readonly TerminatedState[]): number {
  const last = Math.max(...runs.map(({ finishedAt }) => finishedAt ?? 0), 0)
  if (last > 0) return last
  return (
    conditionSince(pod, 'DisruptionTarget', 'True') ??
    conditionSince(pod, 'Ready', 'False') ??
    pod.startTime ??
    pod.createdAt
  )
}
