/** What a waiting reason means when it isn't just the normal way to a start. */
export interface WaitingTrouble {
  /** What puts the same trouble of several pods together. */
  readonly cause: string
  /** Completes "Container app …" and "Init container app …". */
  readonly words: string
  /** Whether the trouble is that a run could not begin, which the kubelet counts as a restart. */
  readonly isRestartFailure: boolean
}

const image: WaitingTrouble = {
  cause: 'image',
  words: 'can’t start: its image can’t be pulled',
  isRestartFailure: false,
}
const hook: WaitingTrouble = { cause: 'hook', words: 'can’t start: a hook fails', isRestartFailure: true }

/** Reasons of the kubelet: k/k pkg/kubelet/images/types.go and pkg/kubelet/kuberuntime/kuberuntime_container.go. */
const troubles: ReadonlyMap<string, WaitingTrouble> = new Map([
  ['ErrImagePull', image],
  ['ImagePullBackOff', image],
  ['RegistryUnavailable', image],
  [
    'SignatureValidationFailed',
    { cause: 'image-signature', words: 'can’t start: its image’s signature isn’t valid', isRestartFailure: false },
  ],
  [
    'ErrImageNeverPull',
    {
      cause: 'image-absent',
      words: 'can’t start: its image isn’t on the node and may not be pulled',
      isRestartFailure: false,
    },
  ],
  [
    'InvalidImageName',
    { cause: 'image-name', words: 'can’t start: its image’s name isn’t valid', isRestartFailure: false },
  ],
  [
    'ImageInspectError',
    { cause: 'image-inspect', words: 'can’t start: its image can’t be inspected', isRestartFailure: false },
  ],
  [
    'CreateContainerConfigError',
    { cause: 'config', words: 'can’t start: its configuration is incomplete', isRestartFailure: false },
  ],
  ['CreateContainerError', { cause: 'create', words: 'can’t be created', isRestartFailure: false }],
  ['RunContainerError', { cause: 'run', words: 'can’t be started', isRestartFailure: true }],
  ['PreCreateHookError', hook],
  ['PreStartHookError', hook],
  ['PostStartHookError', hook],
])

/** Null for reasons that belong to any start, for CrashLoopBackOff (see restart-loop.ts) and for unknown ones. */
export function waitingTrouble(reason: string): WaitingTrouble | null {
  return troubles.get(reason) ?? null
}

export function isImageTrouble(reason: string): boolean {
  return troubles.get(reason) === image
}
