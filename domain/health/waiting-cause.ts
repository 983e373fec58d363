import type { ContainerStatus } from '../model/pod.ts'
import type { RunCause } from './run-cause.ts'
import { isExecutableMissing, startFailureWords } from './start-failure.ts'

const types: ReadonlyMap<string, readonly [type: RunCause['type'], words: string]> = new Map([
  ['ErrImagePull', ['image', 'its image can’t be pulled']],
  ['ImagePullBackOff', ['image', 'its image can’t be pulled']],
  ['RegistryUnavailable', ['image', 'its image’s registry can’t be reached']],
  ['SignatureValidationFailed', ['image', 'its image’s signature isn’t valid']],
  ['ErrImageNeverPull', ['image', 'its image isn’t on the node and may not be pulled']],
  ['InvalidImageName', ['image', 'its image’s name isn’t valid']],
  ['ImageInspectError', ['image', 'its image can’t be inspected']],
  ['CreateContainerConfigError', ['config', 'its configuration is incomplete']],
  ['CreateContainerError', ['start-failed', 'it can’t be created']],
  ['RunContainerError', ['start-failed', '']],
  // The kubelet's own hooks (internal_lifecycle.go), not the pod's.
  ['PreCreateHookError', ['start-failed', 'the kubelet can’t prepare it']],
  ['PreStartHookError', ['start-failed', 'the kubelet can’t prepare it']],
  ['PostStartHookError', ['hook', 'postStart hook failed']],
])

/**
 * Why a container that waits can't start; null where it only waits its turn or for the back-off after
 * a crash (reasons of k/k pkg/kubelet/images/types.go and kuberuntime/kuberuntime_container.go).
 * @param list the status' list that it stands in
 */
export function waitingCause(
  { name, state }: ContainerStatus,
  list: 'initContainerStatuses' | 'containerStatuses',
): RunCause | null {
  const found = state.type === 'waiting' ? types.get(state.reason) : undefined
  if (!found || state.type !== 'waiting') return null
  const isMissing = state.reason === 'RunContainerError' && isExecutableMissing(state.message)
  const [type, words] = isMissing ? (['executable', ''] as const) : found
  const text = state.message.trim() === '' ? state.reason : `${state.reason}: ${state.message.trim()}`
  return {
    type,
    words: words || startFailureWords(state.message),
    endedBy: 'kubelet',
    certain: true,
    evidence: [{ source: 'status', path: `status.${list}[${name}].state.waiting`, text, at: null, count: null }],
  }
}
