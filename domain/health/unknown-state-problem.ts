import type { Pod } from '../model/pod.ts'
import type { NextCheck } from './next-check.ts'
import { conditionSince, nodeNotReady } from './pod-condition.ts'
import type { PodContext } from './pod-context.ts'
import { podProblem, sentences } from './pod-problem.ts'
import type { Problem } from './problem.ts'

/**
 * A pod whose node isn't heard or isn't ready: its containers' states are the last ones known and
 * say nothing about now. Only a warning: the error is the node's.
 */
export function unknownStateProblem(pod: Pod, context: PodContext, check: NextCheck): Problem {
  const node = nodeNotReady(context.node)
  return podProblem(pod, context, {
    kind: 'pod-not-ready',
    severity: 'warning',
    since: node?.lastTransitionTime ?? conditionSince(pod, 'Ready', 'False') ?? pod.startTime ?? check.now,
    title: node
      ? `Nobody knows how this pod is: its node ${pod.nodeName} isn’t ready`
      : 'Nobody knows how this pod is: its node is lost',
    detail: sentences(node?.message, pod.message),
  })
}
