import type { Node } from '../model/node.ts'
import type { Pod } from '../model/pod.ts'
import { conditionEvidence, nodeConditionEvidence } from './evidence.ts'
import { kubectl } from './kubectl-command.ts'
import { nodeNotReady } from './pod-condition.ts'
import { endedStory } from './pod-end-story.ts'
import { advise, fact, type PodStory, type StoryContext, type Told } from './story-context.ts'

/** A pod that isn't ready though none of its containers is to blame. */
export const notReadyStory: PodStory = (problem, pod, context) => {
  if (problem.container !== null) return endedStory(problem, pod, context)
  if (problem.cause === 'node-unheard' || problem.cause === 'node-not-ready') return nodeStory(pod, context)
  const gates = pod.spec.readinessGates
  return {
    evidence: [
      ...conditionEvidence(pod, 'Ready', 'ContainersReady'),
      ...gates.flatMap((gate) => {
        const told = conditionEvidence(pod, gate)
        return told.length > 0
          ? told
          : [fact('condition', `Pod condition ${gate}`, 'There is none: it counts as False')]
      }),
    ],
    next:
      gates.length > 0
        ? { text: 'The pod is ready as soon as whoever owns its readiness gates sets them to True', at: null }
        : { text: 'The kubelet reports it ready when its containers are', at: null },
    advice: [advise('See its conditions', kubectl('describe', 'pod', pod.name, '-n', pod.namespace))],
  }
}

function nodeStory(pod: Pod, { node, now }: StoryContext): Told {
  return {
    evidence: [
      ...(node ? nodeConditionEvidence(node, 'Ready') : []),
      ...conditionEvidence(pod, 'Ready', 'DisruptionTarget'),
      ...(pod.reason === '' ? [] : [fact('status', 'status.reason', pod.reason)]),
    ],
    next: taintEviction(pod, node, now),
    advice: [
      advise('See how its node is', kubectl('describe', 'node', pod.nodeName)),
      advise('See all nodes', kubectl('get', 'nodes', '-o', 'wide')),
    ],
  }
}

/**
 * The node controller taints a node that isn't ready with NoExecute, and its pods are evicted when
 * their toleration of that is over: admission gives 300 s, DaemonSets tolerate it for ever
 * (k/k plugin/pkg/admission/defaulttolerationseconds, pkg/controller/tainteviction).
 */
export function taintEviction(pod: Pod, node: Node | null, now: number): Told['next'] {
  const ready = nodeNotReady(node)
  if (!ready || pod.deletedAt !== null) return null
  const key = ready.status === 'Unknown' ? 'node.kubernetes.io/unreachable' : 'node.kubernetes.io/not-ready'
  const tolerations = pod.spec.tolerations.filter(
    (each) =>
      (each.key === key || (each.key === '' && each.operator === 'Exists')) &&
      (each.effect === 'NoExecute' || each.effect === ''),
  )
  if (tolerations.length === 0)
    return { text: `The pod is evicted: it doesn’t tolerate the taint ${key}`, at: ready.lastTransitionTime }
  // The shortest of them counts; one without a time is for ever.
  const seconds = tolerations.reduce<number | null>(
    (least, { tolerationSeconds }) =>
      tolerationSeconds === null ? least : Math.min(least ?? Number.POSITIVE_INFINITY, Math.max(0, tolerationSeconds)),
    null,
  )
  if (seconds === null)
    return { text: `The pod stays bound to its node: it tolerates the taint ${key} without a limit`, at: null }
  const at = ready.lastTransitionTime === null ? null : ready.lastTransitionTime + seconds * 1_000
  const limit = `it tolerates the taint ${key} for ${seconds} s`
  return at !== null && at < now
    ? { text: `The pod is evicted any moment: ${limit}, and that is over`, at: null }
    : { text: `The pod is evicted if its node isn’t back by then: ${limit}`, at }
}
