import type { ClusterEvent } from '../model/cluster-event.ts'
import type { Node } from '../model/node.ts'
import type { Pod } from '../model/pod.ts'
import type { PodContainer } from './pod-container.ts'
import type { Evidence } from './problem.ts'

/** What a condition of the pod says; none where it hasn't this condition. */
export function conditionEvidence(pod: Pod, ...wanted: readonly string[]): readonly Evidence[] {
  return pod.conditions.filter(({ type }) => wanted.includes(type)).map((condition) => toldCondition('Pod', condition))
}

export function nodeConditionEvidence(node: Node, type: string): readonly Evidence[] {
  return node.conditions.filter((each) => each.type === type).map((condition) => toldCondition('Node', condition))
}

type Condition = Pod['conditions'][number] | Node['conditions'][number]

function toldCondition(owner: string, { type, status, reason, message, lastTransitionTime }: Condition): Evidence {
  return {
    source: 'condition',
    path: `${owner} condition ${type}`,
    text: [status, reason, message].filter((part) => part.trim() !== '').join(': ') || 'It says nothing',
    at: lastTransitionTime,
    count: null,
  }
}

export function eventEvidence(events: readonly (ClusterEvent | null)[]): readonly Evidence[] {
  return events.flatMap((event) => {
    if (!event) return []
    const { reason, message, lastAt, count } = event
    return {
      source: 'event',
      path: `Event ${reason}`,
      text: message.trim() || reason || 'It says nothing',
      at: lastAt,
      count,
    }
  })
}

/** The present state of a container, as its status has it. */
export function stateEvidence({ spec, status, type }: PodContainer): readonly Evidence[] {
  const list = type === 'main' ? 'containerStatuses' : 'initContainerStatuses'
  const path = `status.${list}[${spec.name}]`
  if (!status || status.state.type === 'none') {
    return [{ source: 'status', path, text: 'The kubelet hasn’t reported it', at: null, count: null }]
  }
  const { state } = status
  const told = (text: string, at: number | null): Evidence => {
    return { source: 'status', path: `${path}.state.${state.type}`, text, at, count: null }
  }
  switch (state.type) {
    case 'waiting':
      return [told([state.reason || 'no reason', state.message].filter(Boolean).join(': '), null)]
    case 'running':
      return [told(`started${status.ready ? '' : ', not ready'}`, state.startedAt)]
    default:
      return [told(`exit code ${state.exitCode}${state.reason === '' ? '' : `, ${state.reason}`}`, state.finishedAt)]
  }
}
