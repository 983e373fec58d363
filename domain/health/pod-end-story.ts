import type { Pod } from '../model/pod.ts'
import { latest } from './container-event.ts'
import { conditionEvidence, eventEvidence, stateEvidence } from './evidence.ts'
import { kubectl } from './kubectl-command.ts'
import { podContainers } from './pod-container.ts'
import type { Evidence } from './problem.ts'
import { advise, fact, ofContainer, type PodStory, type Told } from './story-context.ts'

/** A pod of phase Failed. */
export const failedStory: PodStory = (_problem, pod, { events }) => {
  const failed = podContainers(pod).filter(
    ({ status }) => status?.state.type === 'terminated' && status.state.exitCode !== 0,
  )
  const [first] = failed
  return {
    evidence: [
      fact('status', 'status.phase', 'Failed'),
      ...(pod.reason === ''
        ? []
        : [fact('status', 'status.reason', [pod.reason, pod.message].filter(Boolean).join(': '))]),
      ...failed.slice(0, 3).flatMap(stateEvidence),
      ...conditionEvidence(pod, 'DisruptionTarget'),
      ...eventEvidence([latest(events.filter(({ type }) => type === 'Warning'))]),
    ],
    next: afterFailure(pod),
    advice: [
      ...(first
        ? [
            advise(
              'Read what it wrote before it ended',
              kubectl('logs', pod.name, '-n', pod.namespace, '-c', first.spec.name, '--tail=100'),
            ),
          ]
        : []),
      advise('See its end', kubectl('describe', 'pod', pod.name, '-n', pod.namespace)),
      advise(
        'When it has told all it can, it may be deleted: it only keeps a record',
        kubectl('delete', 'pod', pod.name, '-n', pod.namespace),
      ),
    ],
  }
}

function afterFailure({ owner }: Pod): NonNullable<Told['next']> {
  if (!owner) return { text: 'Nothing: no controller makes this pod anew', at: null }
  if (owner.kind === 'Job')
    return { text: `Job ${owner.name} makes another pod until its backoffLimit is reached`, at: null }
  return { text: `${owner.kind} ${owner.name} makes another pod in its place; this one stays as a record`, at: null }
}

/** A container that ended and isn't started again while others run on. */
export const endedStory = ofContainer((_problem, pod, container) => ({
  evidence: [...stateEvidence(container), fact('spec', 'spec.restartPolicy', pod.spec.restartPolicy)],
  next: { text: 'The kubelet doesn’t start it again: its restartPolicy is Never', at: null },
  advice: [
    advise(
      'Read what it wrote',
      kubectl('logs', pod.name, '-n', pod.namespace, '-c', container.spec.name, '--tail=100'),
    ),
  ],
}))

/** A pod that is deleted but still there. */
export const terminatingStory: PodStory = (problem, pod, { events }) => {
  const running = podContainers(pod).filter(({ status }) => status?.state.type === 'running')
  const deleted: Evidence = fact(
    'spec',
    'metadata.deletionTimestamp',
    `its grace period (${pod.spec.terminationGracePeriodSeconds} s) was over then`,
    pod.deletedAt,
  )
  const [text, advice] = terminatingWords(problem.cause, pod)
  return {
    evidence: [
      deleted,
      ...running.slice(0, 3).flatMap(stateEvidence),
      ...conditionEvidence(pod, 'DisruptionTarget'),
      ...eventEvidence([latest(events.filter(({ reason }) => reason === 'Killing' || reason === 'FailedKillPod'))]),
    ],
    next: { text, at: null },
    advice: [
      ...advice,
      advise(
        'See what holds it: its finalizers',
        kubectl('get', 'pod', pod.name, '-n', pod.namespace, '-o', 'jsonpath={.metadata.finalizers}'),
      ),
    ],
  }
}

function terminatingWords(cause: string, pod: Pod): readonly [string, Told['advice']] {
  if (cause === 'node') {
    return [
      'It stays Terminating until the kubelet answers again, its Node object is deleted, or the node gets the taint out-of-service',
      [
        advise('See how its node is', kubectl('describe', 'node', pod.nodeName)),
        advise(
          'If that machine is surely off, its pods can be given up',
          kubectl('taint', 'node', pod.nodeName, 'node.kubernetes.io/out-of-service=nodeshutdown:NoExecute'),
        ),
      ],
    ]
  }
  if (cause === 'running') {
    return [
      'The kubelet keeps trying to kill its containers: SIGKILL was due when the grace period was over',
      [advise('See what the kubelet says', kubectl('describe', 'pod', pod.name, '-n', pod.namespace))],
    ]
  }
  return ['It goes when its last finalizer is removed and the kubelet has tidied up', []]
}
