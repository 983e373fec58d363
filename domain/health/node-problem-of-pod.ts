import type { Pod } from '../model/pod.ts'
import type { NextCheck } from './next-check.ts'
import { nodeStartsWithin } from './node-health.ts'
import { conditionSince, nodeNotReady } from './pod-condition.ts'
import type { PodContext } from './pod-context.ts'
import { podProblem, sentences } from './pod-problem.ts'
import type { Problem } from './problem.ts'

/**
 * A pod whose node isn't heard any more: its containers' states are the last ones known and say
 * nothing about now. Only a warning, as below: the error is the node's.
 */
export function unheardProblem(pod: Pod, context: PodContext, check: NextCheck): Problem | null {
  const node = nodeNotReady(context.node)
  if (node?.status !== 'Unknown' && pod.phase !== 'Unknown' && pod.reason !== 'NodeLost') return null
  return podProblem(pod, context, {
    kind: 'pod-not-ready',
    severity: 'warning',
    cause: 'node-unheard',
    since: node?.lastTransitionTime ?? conditionSince(pod, 'Ready', 'False') ?? pod.startTime ?? check.now,
    title: node
      ? `Nobody knows how this pod is: its node ${pod.nodeName} isn’t heard`
      : 'Nobody knows how this pod is: its node is lost',
    detail: sentences(node?.message, pod.message),
  })
}

/** A pod on a node whose kubelet reports but isn't ready: the control plane takes the pod out of service. */
export function nodeNotReadyProblem(pod: Pod, context: PodContext, check: NextCheck): Problem | null {
  const node = nodeNotReady(context.node)
  if (!node || !context.node || !check.reached(context.node.createdAt + nodeStartsWithin)) return null
  return podProblem(pod, context, {
    kind: 'pod-not-ready',
    severity: 'warning',
    cause: 'node-not-ready',
    since: node.lastTransitionTime ?? conditionSince(pod, 'Ready', 'False') ?? pod.startTime ?? check.now,
    title: `The pod is out of service: its node ${pod.nodeName} isn’t ready`,
    detail: sentences(node.message || node.reason),
  })
}
