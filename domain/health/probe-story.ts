import type { Pod } from '../model/pod.ts'
import type { Probe } from '../model/pod-spec.ts'
import { conditionEvidence, eventEvidence, stateEvidence } from './evidence.ts'
import { kubectl } from './kubectl-command.ts'
import type { PodContainer } from './pod-container.ts'
import { lastProbeFailure } from './probes.ts'
import { advise, fact, ofContainer, type StoryContext, type Told } from './story-context.ts'

/** Probes that fail while their container runs. */
export const probeStory = ofContainer((problem, pod, container, context) =>
  problem.cause === 'liveness' ? liveness(pod, container, context) : readiness(pod, container, context),
)

function readiness(pod: Pod, container: PodContainer, { events }: StoryContext): Told {
  const { spec } = container
  const probe = spec.readinessProbe
  const successes = probe?.successThreshold ?? 1
  return {
    evidence: [
      ...eventEvidence([lastProbeFailure(events, spec.name, 'readiness')]),
      ...stateEvidence(container),
      ...conditionEvidence(pod, 'ContainersReady', 'Ready'),
      ...(probe ? [fact('spec', `spec.containers[${spec.name}].readinessProbe`, target(probe))] : []),
    ],
    next: probe && {
      text: `The kubelet asks again every ${probe.periodSeconds} s and puts the pod back into its Services after ${successes === 1 ? 'one success' : `${successes} successes in a row`}; it never restarts it for this`,
      at: null,
    },
    advice: [
      advise('See how the probe fails', kubectl('describe', 'pod', pod.name, '-n', pod.namespace)),
      advise(
        'Read what the container says',
        kubectl('logs', pod.name, '-n', pod.namespace, '-c', spec.name, '--tail=100'),
      ),
      advise('A probe that asks what the container depends on takes all replicas out at once when that fails'),
    ],
  }
}

function liveness(pod: Pod, container: PodContainer, { events }: StoryContext): Told {
  const { spec } = container
  const probe = spec.livenessProbe
  const failure = lastProbeFailure(events, spec.name, 'liveness')
  const more = probe ? (probe.failureThreshold - 1) * probe.periodSeconds * 1_000 : 0
  return {
    evidence: [
      ...eventEvidence([failure]),
      ...stateEvidence(container),
      ...(probe ? [fact('spec', `spec.containers[${spec.name}].livenessProbe`, target(probe))] : []),
    ],
    next: probe && {
      text: `The kubelet restarts the container after ${probe.failureThreshold} failures in a row, at the latest about this time if it keeps failing`,
      at: failure ? failure.lastAt + more + probe.timeoutSeconds * 1_000 : null,
    },
    advice: [
      advise('See how the probe fails', kubectl('describe', 'pod', pod.name, '-n', pod.namespace)),
      advise(
        'Read what the container says',
        kubectl('logs', pod.name, '-n', pod.namespace, '-c', spec.name, '--tail=100'),
      ),
    ],
  }
}

function target({ handler }: Probe): string {
  switch (handler.type) {
    case 'httpGet':
      return `httpGet ${handler.scheme.toLowerCase()}://${handler.host || '<pod IP>'}:${handler.port}${handler.path}`
    case 'tcpSocket':
      return `tcpSocket ${handler.host || '<pod IP>'}:${handler.port}`
    case 'grpc':
      return `grpc port ${handler.port}${handler.service === '' ? '' : `, service ${handler.service}`}`
    case 'exec':
      return 'exec'
    default:
      return 'of a kind that isn’t known'
  }
}
