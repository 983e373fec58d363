import type { Severity } from '../../domain/health/severity.ts'
import type { ContainerDetail } from '../../domain/live/protocol.ts'
import type { ContainerState } from '../../domain/model/pod.ts'

/** Reasons that only say that the kubelet is at work (k/k pkg/kubelet/kubelet_pods.go). */
const starting = new Set(['', 'ContainerCreating', 'PodInitializing'])

/** The colour and shape of one container's present state. The pod's own severity comes from the server. */
export function containerSeverity(container: ContainerDetail): Severity {
  const { state, type } = container
  if (container.loop) return 'error'
  if (state.type === 'none') return 'progress'
  if (state.type === 'waiting') return starting.has(state.reason) ? 'progress' : 'error'
  if (state.type === 'terminated') return state.exitCode === 0 ? 'ok' : 'error'
  if (type === 'init') return 'progress'
  if (container.ready || (type === 'sidecar' && container.started === true)) return 'ok'
  return container.started === false ? 'progress' : 'warning'
}

/** Where an init container or sidecar stands in its row. */
export function initStep(container: ContainerDetail): 'done' | 'running' | 'waiting' | 'failed' {
  const { state, type } = container
  if (state.type === 'terminated') return state.exitCode === 0 ? 'done' : 'failed'
  if (state.type === 'running') return 'running'
  if (container.loop || (state.type === 'waiting' && !starting.has(state.reason))) return 'failed'
  // A finished init container whose status was lost counts as done once its last run ended well.
  return type === 'init' && container.ready ? 'done' : 'waiting'
}

/** A state in few words, without times: "Waiting: CrashLoopBackOff". */
export function stateWords(state: ContainerState): string {
  if (state.type === 'none') return 'No state reported yet'
  if (state.type === 'running') return 'Running'
  if (state.type === 'waiting') return state.reason === '' ? 'Waiting' : `Waiting: ${state.reason}`
  return state.reason === '' ? 'Ended' : `Ended: ${state.reason}`
}
