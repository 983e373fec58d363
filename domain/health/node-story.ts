import type { Node } from '../model/node.ts'
import { nodeConditionEvidence } from './evidence.ts'
import { kubectl } from './kubectl-command.ts'
import type { Problem } from './problem.ts'
import { advise, fact, type Told } from './story-context.ts'

/** k/k plugin/pkg/admission/defaulttolerationseconds */
const defaultToleration = 300_000

/** Pressures that the kubelet relieves by evicting pods (k/k pkg/kubelet/eviction). */
const evicting: ReadonlySet<string> = new Set(['MemoryPressure', 'DiskPressure', 'PIDPressure'])

/** A node that isn't ready or short of something. */
export function nodeStory(problem: Problem, node: Node, now: number): Told {
  const describe = advise('See its conditions and events', kubectl('describe', 'node', node.name))
  if (problem.kind === 'node-pressure') {
    const condition = problem.cause.replace('pressure/', '')
    return {
      evidence: nodeConditionEvidence(node, condition),
      next: evicting.has(condition)
        ? { text: 'The kubelet evicts pods, those above their requests first, until the pressure is gone', at: null }
        : { text: 'New pods stay away until the condition is False', at: null },
      advice: [
        describe,
        advise(
          'See what it runs',
          kubectl('get', 'pods', '-A', '-o', 'wide', `--field-selector=spec.nodeName=${node.name}`),
        ),
        ...(condition === 'MemoryPressure'
          ? [advise('See who uses the memory', kubectl('top', 'pods', '-A', '--sort-by=memory'))]
          : []),
      ],
    }
  }
  const ready = node.conditions.find(({ type }) => type === 'Ready')
  const since = ready?.lastTransitionTime ?? null
  return {
    evidence: [
      ...nodeConditionEvidence(node, 'Ready'),
      ...(ready ? [] : [fact('condition', 'Node condition Ready', 'There is none', node.createdAt)]),
      ...node.taints.map(({ key, effect }) => fact('spec', 'spec.taints', `${key}:${effect}`)),
    ],
    next: ready ? evictions(since, now) : { text: 'Nothing, until a kubelet registers under this name', at: null },
    advice: [
      describe,
      advise(
        'See when its kubelet was last heard',
        kubectl('get', 'lease', node.name, '-n', 'kube-node-lease', '-o', 'jsonpath={.spec.renewTime}'),
      ),
      advise('On the machine, look at the kubelet: is it running, does it reach the API server, is its disk full?'),
    ],
  }
}

function evictions(since: number | null, now: number): Told['next'] {
  const at = since === null ? null : since + defaultToleration
  if (at === null || at >= now) {
    return {
      text: 'Its pods are out of their Services; those that tolerate it for the usual 300 s are evicted then',
      at,
    }
  }
  return {
    text: 'Pods that tolerate it for the usual 300 s are evicted; they stay Terminating until the node is heard again or deleted',
    at: null,
  }
}
