import type { ClusterEvent } from '../model/cluster-event.ts'
import type { Pod } from '../model/pod.ts'
import { containerEvents, latest } from './container-event.ts'
import { eventEvidence, stateEvidence } from './evidence.ts'
import { kubectl } from './kubectl-command.ts'
import type { Advice } from './problem.ts'
import { advise, fact, ofContainer, type Told } from './story-context.ts'
import { isImageTrouble, waitingTrouble } from './waiting-trouble.ts'

/** k/k pkg/kubelet: image pulls have a back-off of their own, from 10 s to 5 min. */
const firstPullBackOff = 10_000
const longestPullBackOff = 300_000

/** Containers that can't start for their image, configuration or the runtime. */
export const waitingStory = ofContainer((problem, pod, container, { events, now }) => {
  const { spec, status } = container
  const own = containerEvents(events, spec.name, 'Failed', 'BackOff', 'InspectFailed', 'ErrImageNeverPull')
  const pulls = containerEvents(events, spec.name, 'Pulling')
  const state = status?.state
  const reason = state?.type === 'waiting' ? state.reason : ''
  const message = state?.type === 'waiting' ? state.message : ''
  const errors = own.filter((event) => event.type === 'Warning')
  return {
    evidence: [
      ...stateEvidence(container),
      ...(isImageTrouble(reason) ? [fact('spec', `spec.containers[${spec.name}].image`, spec.image)] : []),
      ...eventEvidence([latest(errors), latest(pulls)]),
    ],
    next: nextOf(reason, errors, pulls, now),
    advice: [
      ...adviceOf(waitingTrouble(reason)?.cause ?? '', pod, spec.image, message),
      advise('See all that the kubelet says', kubectl('describe', 'pod', problem.subject.name, '-n', pod.namespace)),
    ],
  }
})

function nextOf(
  reason: string,
  errors: readonly ClusterEvent[],
  pulls: readonly ClusterEvent[],
  now: number,
): Told['next'] {
  const cause = waitingTrouble(reason)?.cause
  switch (cause) {
    case 'image': {
      const pull = latest(pulls)
      const failed = latest(errors.filter(({ message }) => message.startsWith('Failed to pull image')))
      const tries = Math.max(pull?.count ?? 0, failed?.count ?? 0)
      const wait = Math.min(firstPullBackOff * 2 ** Math.min(tries - 1, 10), longestPullBackOff)
      const at = Math.max(pull?.lastAt ?? 0, failed?.lastAt ?? 0) + wait
      // Not every attempt leaves an event: a time that is over says nothing.
      return tries > 0 && at >= now
        ? { text: 'The kubelet pulls the image again at about this time', at }
        : { text: 'The kubelet pulls the image again, at least every five minutes', at: null }
    }
    case 'image-name':
    case 'image-absent':
      return { text: 'Nothing, until the image or its pull policy is changed: the kubelet won’t pull it', at: null }
    case 'config':
      return {
        text: 'The kubelet looks again about every minute, and starts it when what is missing is there',
        at: null,
      }
    default:
      return { text: 'The kubelet tries again, after a back-off of at most five minutes', at: null }
  }
}

/** "configmap "x" not found", "couldn't find key k in ConfigMap ns/x" (k/k pkg/kubelet/kubelet_pods.go). */
const missing = /\b(configmap|secret)s?\b[^"/]*(?:"([^"]+)"|\s[\w.-]+\/([\w.-]+))/i

function adviceOf(cause: string, pod: Pod, image: string, message: string): readonly Advice[] {
  const at = ['-n', pod.namespace]
  switch (cause) {
    case 'image':
    case 'image-signature':
    case 'image-name':
    case 'image-inspect':
      return [
        advise(`Check that ${image} exists and is spelt right`),
        advise(
          'If the registry wants a login, see which pull secrets the pod uses',
          kubectl('get', 'pod', pod.name, ...at, '-o', 'jsonpath={.spec.imagePullSecrets}'),
        ),
      ]
    case 'image-absent':
      return [advise(`Bring ${image} onto node ${pod.nodeName}, or set imagePullPolicy to IfNotPresent`)]
    case 'config': {
      const found = missing.exec(message)
      const name = found?.[2] ?? found?.[3]
      if (!found || !name) return [advise('Read what is missing from its configuration in the message above')]
      const kind = (found[1] ?? '').toLowerCase()
      return [
        advise(
          `See whether ${kind === 'secret' ? 'Secret' : 'ConfigMap'} ${name} exists, with the keys that the pod names`,
          kubectl('get', kind, name, ...at),
        ),
      ]
    }
    case 'hook':
      return [advise('Look at the lifecycle hook of this container: its command or request fails')]
    default:
      return [advise(`The runtime of node ${pod.nodeName} refuses it: its message names the reason`)]
  }
}
