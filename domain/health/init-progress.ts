import type { ContainerStatus, Pod } from '../model/pod.ts'
import { type PodContainer, podContainers } from './pod-container.ts'

/** How far a pod's initialisation has come. Sidecars are steps too: theirs is done when they have started. */
export interface InitProgress {
  readonly done: number
  readonly total: number
  /** The step at which it stands. */
  readonly current: string
  readonly state: 'waiting' | 'running' | 'failing'
}

/**
 * Null when there is nothing to initialise, before the kubelet has begun and afterwards. A new
 * sandbox (a rebooted node) starts it anew, though the condition Initialized stays True then; a
 * sidecar that fails later doesn't (k/k pkg/kubelet/status/generate.go, GeneratePodInitializedCondition).
 */
export function initProgress(pod: Pod): InitProgress | null {
  if (pod.spec.initContainers.length === 0 || pod.initContainerStatuses.length === 0) return null
  if (pod.phase === 'Succeeded' || pod.phase === 'Failed') return null
  const steps = podContainers(pod).filter(({ type }) => type !== 'main')
  const done = steps.findIndex((step) => !isDone(step))
  const current = steps[done]
  if (!current || (isInitialized(pod) && !pod.containerStatuses.every(waitsForInit))) return null
  return { done, total: steps.length, current: current.spec.name, state: stateOf(current.status) }
}

function isDone({ status, type }: PodContainer): boolean {
  if (!status) return false
  if (type === 'sidecar') return status.started === true
  return status.state.type === 'terminated' && status.state.exitCode === 0
}

function isInitialized(pod: Pod): boolean {
  return pod.conditions.some(({ type, status }) => type === 'Initialized' && status === 'True')
}

function waitsForInit({ state }: ContainerStatus): boolean {
  return state.type === 'none' || (state.type === 'waiting' && ['', 'PodInitializing'].includes(state.reason))
}

function stateOf(status: ContainerStatus | null): InitProgress['state'] {
  if (status?.state.type === 'running') return 'running'
  if (status?.state.type === 'terminated') return 'failing'
  return status?.state.type === 'waiting' && status.state.reason === 'CrashLoopBackOff' ? 'failing' : 'waiting'
}
