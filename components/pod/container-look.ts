import type { Severity } from '../../domain/health/severity.ts'
import type { ContainerDetail } from '../../domain/live/protocol.ts'
import type { ContainerState } from '../../domain/model/pod.ts'

/** Reasons that only say that the kubelet is at work (k/k pkg/kubelet/kubelet_pods.go). */
const starting = new Set(['', 'ContainerCreating', 'PodInitializing'])

/** The colour and shape of one container's present state. The pod's own severity comes from the server. */
export function containerSeverity(container: ContainerDetail): Severity | 'none' {
  const { state, type, init } = container
  if (container.loop) return 'error'
  if (state.type === 'none') return init?.state === 'waiting' ? 'none' : 'progress'
  if (state.type === 'waiting') {
    if (!starting.has(state.reason)) return 'error'
    return init?.state === 'waiting' ? 'none' : 'progress'
  }
  if (state.type === 'terminated') return state.exitCode === 0 ? 'ok' : 'error'
  if (type === 'init') return 'progress'
  if (container.ready || (type === 'sidecar' && container.started === true)) return 'ok'
  return container.started === false ? 'progress' : 'warning'
}

/** A state in few words, without times: "Waiting: CrashLoopBackOff". */
export function stateWords(state: ContainerState): string {
  if (state.type === 'none') return 'No state reported yet'
  if (state.type === 'running') return 'Running'
  if (state.type === 'waiting') return state.reason === '' ? 'Waiting' : `Waiting: ${state.reason}`
  return state.reason === '' ? 'Ended' : `Ended: ${state.reason}`
}
