import type { Node, NodeCondition } from '../model/node.ts'
import { sentences } from './pod-problem.ts'
import type { Problem } from './problem.ts'

/** A new node registers, gets its network and reports itself ready within this time. */
export const nodeStartsWithin = 60_000

/** Conditions that should not be True, and what they mean. */
const pressures: ReadonlyMap<string, string> = new Map([
  ['MemoryPressure', 'is short of memory'],
  ['DiskPressure', 'is short of disk space'],
  ['PIDPressure', 'is short of process ids'],
  ['NetworkUnavailable', 'has no network yet'],
])

/**
 * What is wrong with a node: not ready (error), or short of something (warning). A cordoned node is
 * as somebody wants it.
 * @param now ms since the Unix epoch
 */
export function nodeProblems(node: Node, now: number): readonly Problem[] {
  const problems: Problem[] = []
  const ready = node.conditions.find(({ type }) => type === 'Ready')
  const isStarting = now < node.createdAt + nodeStartsWithin
  if (!ready && !isStarting) {
    problems.push({
      ...nodeProblem(node, 'node-not-ready', ''),
      severity: 'error',
      cause: 'never-reported',
      since: node.createdAt,
      lastSeenAt: node.createdAt,
      title: 'The node has never reported',
      detail: 'It has no condition Ready: no kubelet has registered itself under this name.',
    })
  } else if (ready && ready.status !== 'True' && !isStarting) {
    problems.push({
      ...nodeProblem(node, 'node-not-ready', ''),
      severity: 'error',
      cause: ready.status === 'Unknown' ? 'unheard' : 'not-ready',
      since: ready.lastTransitionTime ?? node.createdAt,
      lastSeenAt: ready.lastTransitionTime ?? node.createdAt,
      title: ready.status === 'Unknown' ? 'The node isn’t heard any more' : 'The node isn’t ready',
      detail: words(ready),
    })
  }
  for (const condition of node.conditions) {
    const meaning = pressures.get(condition.type)
    if (!meaning || condition.status !== 'True') continue
    problems.push({
      ...nodeProblem(node, 'node-pressure', condition.type),
      severity: 'warning',
      cause: `pressure/${condition.type}`,
      since: condition.lastTransitionTime ?? node.createdAt,
      lastSeenAt: condition.lastTransitionTime ?? node.createdAt,
      title: `The node ${meaning}`,
      detail: words(condition),
    })
  }
  return problems
}

function nodeProblem(
  { uid, name }: Node,
  kind: Problem['kind'],
  condition: string,
): Pick<Problem, 'id' | 'kind' | 'subject' | 'container' | 'role' | 'workload'> {
  return {
    id: condition === '' ? `${kind}/${uid}` : `${kind}/${uid}/${condition}`,
    kind,
    subject: { kind: 'Node', namespace: '', name, uid },
    container: null,
    role: null,
    workload: null,
  }
}

function words({ reason, message, type, status }: NodeCondition): string {
  return sentences(message || reason || `${type} is ${status}`)
}
