import type { InitStepDetail } from '../live/protocol.ts'
import type { Pod } from '../model/pod.ts'
import { lastRun, type PodContainer } from './pod-container.ts'
import { waitingTrouble } from './waiting-trouble.ts'

/**
 * Where an init container or native sidecar stands.
 * @param index its place among them
 * @param blocking the name of the step at which the pod's initialisation stands; null: at none
 */
export function initStep(
  pod: Pod,
  { spec, status, type }: PodContainer,
  index: number,
  blocking: string | null,
): InitStepDetail {
  const run = status && lastRun(status)
  const running = status?.state.type === 'running' ? status.state : null
  return {
    index,
    state: type === 'sidecar' && isEnded(pod, status) ? 'done' : stepState({ status, type }),
    startedAt: (running ? running.startedAt : run?.startedAt) || null,
    finishedAt: running ? null : run?.finishedAt || null,
    tries: tries(status),
    blocks: spec.name === blocking,
  }
}

/** Sidecars are ended with their pod, and then their exit code means nothing (KEP-753). */
function isEnded({ phase, deletedAt }: Pod, status: PodContainer['status']): boolean {
  return (phase === 'Succeeded' || phase === 'Failed' || deletedAt !== null) && status?.state.type === 'terminated'
}

function stepState({ status, type }: Pick<PodContainer, 'status' | 'type'>): InitStepDetail['state'] {
  if (!status) return 'waiting'
  const { state } = status
  switch (state.type) {
    case 'running':
      return type === 'sidecar' && status.started === true ? 'started' : 'running'
    case 'terminated':
      return state.exitCode === 0 && type === 'init' ? 'done' : 'failed'
    case 'waiting':
      return state.reason === 'CrashLoopBackOff' || waitingTrouble(state.reason) ? 'failed' : 'waiting'
    default:
      return 'waiting'
  }
}

/** restartCount is that of the present run, or, while the container waits, of the last one. */
function tries(status: PodContainer['status']): number {
  if (!status) return 0
  const hasRun = status.state.type === 'running' || lastRun(status) !== null
  return hasRun ? status.restartCount + 1 : status.restartCount
}
