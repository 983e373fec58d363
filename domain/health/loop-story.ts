import type { Pod } from '../model/pod.ts'
import { containerEvents, latest } from './container-event.ts'
import { eventEvidence, stateEvidence } from './evidence.ts'
import { kubectl } from './kubectl-command.ts'
import { lastRun, type PodContainer } from './pod-container.ts'
import type { Advice, Evidence, Problem } from './problem.ts'
import { loopOf, type RestartLoop } from './restart-loop.ts'
import { containerRunCause, type RunCause } from './run-cause.ts'
import { advise, fact, ofContainer, type Told } from './story-context.ts'

/** Restart loops, and init containers that have failed. */
export const loopStory = ofContainer((problem, pod, container, context) => {
  const { status, spec } = container
  const loop = loopOf(pod, container, context.events, context.now, context.node?.kubeletVersion ?? '')
  const run = status && lastRun(status)
  const cause = loop?.runCause ?? containerRunCause(pod, container, run, context.events)
  const list = container.type === 'main' ? 'containerStatuses' : 'initContainerStatuses'
  const restarts: Evidence = {
    ...fact('status', `status.${list}[${spec.name}].restartCount`, 'restarts in the life of this pod'),
    count: status?.restartCount ?? 0,
  }
  return {
    evidence: [
      ...cause.evidence,
      ...stateEvidence(container),
      restarts,
      ...eventEvidence([latest(containerEvents(context.events, spec.name, 'BackOff'))]),
    ],
    next: nextOf(container, loop),
    advice: adviceOf(problem, pod, container, cause),
  }
})

function nextOf({ status, spec, restartPolicy }: PodContainer, loop: RestartLoop | null): Told['next'] {
  const state = status?.state
  if (!state) return null
  if (state.type === 'waiting' && loop?.nextAttemptAt) {
    return { text: `The kubelet starts container ${spec.name} again when its back-off is over`, at: loop.nextAttemptAt }
  }
  if (state.type === 'running' && loop) {
    return {
      text: 'If it runs that long the kubelet forgets its back-off, and the loop is over',
      at: loop.overAt,
    }
  }
  if (restartPolicy === 'Never')
    return { text: 'The kubelet doesn’t start it again: its restartPolicy is Never', at: null }
  return { text: 'The kubelet starts it again, after a back-off of at most five minutes', at: null }
}

function adviceOf({ subject }: Problem, pod: Pod, container: PodContainer, cause: RunCause): readonly Advice[] {
  const { spec } = container
  const at = ['-n', pod.namespace]
  const logs = advise(
    'Read what it wrote before it ended',
    kubectl('logs', subject.name, ...at, '-c', spec.name, '--previous', '--tail=100'),
  )
  const command = kubectl(
    'get',
    'pod',
    subject.name,
    ...at,
    '-o',
    `jsonpath={.spec.${container.type === 'main' ? 'containers' : 'initContainers'}[?(@.name=="${spec.name}")].command}`,
  )
  switch (cause.type) {
    case 'liveness':
    case 'startup': {
      const probe = cause.type === 'liveness' ? spec.livenessProbe : spec.startupProbe
      return [
        advise('See what the probe was answered', kubectl('describe', 'pod', subject.name, ...at)),
        logs,
        advise(
          cause.type === 'liveness'
            ? `If it is only slow (timeoutSeconds is ${probe?.timeoutSeconds ?? 1}), give the probe more time; if it starts slowly, add a startupProbe`
            : `If it needs longer to start than ${probe ? probe.failureThreshold * probe.periodSeconds : 30} s, raise failureThreshold of the startup probe`,
        ),
      ]
    }
    case 'oom':
      return [
        advise('See what it uses now', kubectl('top', 'pod', subject.name, ...at, '--containers')),
        logs,
        advise(
          spec.limits.memory
            ? `Raise its memory limit above ${spec.limits.memory}, or make it use less`
            : 'It has no memory limit of its own: the pod’s, or the node’s memory, ran out',
        ),
      ]
    case 'executable':
    case 'start-failed':
      return [
        advise('Compare its command with what the image holds', command),
        advise('See what the runtime says', kubectl('describe', 'pod', subject.name, ...at)),
      ]
    case 'completed':
      return [
        logs,
        advise('A container that is to run on must not end; work that ends belongs in a Job. See its command', command),
      ]
    case 'hook':
      return [advise('See how the hook failed', kubectl('describe', 'pod', subject.name, ...at)), logs]
    default:
      return [logs, advise('See its events and state', kubectl('describe', 'pod', subject.name, ...at))]
  }
}
