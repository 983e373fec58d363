import { containerEvents, latest } from './container-event.ts'
import { conditionEvidence, eventEvidence, stateEvidence } from './evidence.ts'
import { kubectl } from './kubectl-command.ts'
import { advise, fact, ofContainer, type PodStory } from './story-context.ts'

/** An init container that doesn't come to its end. */
export const initStuckStory = ofContainer((_problem, pod, container, context) => {
  const { spec } = container
  return {
    evidence: [
      ...stateEvidence(container),
      ...conditionEvidence(pod, 'Initialized'),
      ...eventEvidence([latest(containerEvents(context.events, spec.name, 'Started', 'Unhealthy'))]),
    ],
    next: { text: 'Kubernetes waits for it without a limit; what comes after it starts when it has ended', at: null },
    advice: [
      advise('Read what it waits for', kubectl('logs', pod.name, '-n', pod.namespace, '-c', spec.name, '--tail=100')),
      advise('Most wait for another Service or a database: look whether that answers'),
    ],
  }
})

/** A container whose sandbox, volumes or image aren't there yet. */
export const creationStory: PodStory = (problem, pod, { events }) => {
  const pulling = problem.container === null ? [] : containerEvents(events, problem.container, 'Pulling')
  const warnings = events.filter(({ type }) => type === 'Warning')
  return {
    evidence: [
      ...eventEvidence([latest(warnings), latest(pulling)]),
      ...conditionEvidence(pod, 'PodScheduled', 'PodReadyToStartContainers', 'Initialized'),
      fact('spec', 'spec.nodeName', pod.nodeName),
    ],
    next: { text: 'The kubelet tries again about every minute, without a limit', at: null },
    advice: [
      advise('See what the kubelet says', kubectl('describe', 'pod', pod.name, '-n', pod.namespace)),
      advise('See whether its claims are bound', kubectl('get', 'pvc', '-n', pod.namespace)),
      advise('See how its node is', kubectl('describe', 'node', pod.nodeName)),
    ],
  }
}
