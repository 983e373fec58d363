import type { RunDetail } from '../live/protocol.ts'
import type { ClusterEvent } from '../model/cluster-event.ts'
import type { Pod } from '../model/pod.ts'
import type { PodContainer, TerminatedState } from './pod-container.ts'
import { containerRunCause } from './run-cause.ts'

/** The runs of a container that its status still tells: the last one that is over, then the present one. Oldest first. */
export function runDetails(pod: Pod, container: PodContainer, events: readonly ClusterEvent[]): readonly RunDetail[] {
  const { status } = container
  if (!status) return []
  const runs: RunDetail[] = []
  const ended = (run: TerminatedState): RunDetail => ({
    startedAt: run.startedAt || null,
    finishedAt: run.finishedAt || null,
    exitCode: run.exitCode,
    signal: run.signal === 0 ? null : run.signal,
    reason: run.reason,
    message: run.message,
    cause: containerRunCause(pod, container, run, events),
  })
  if (status.lastState.type === 'terminated') runs.push(ended(status.lastState))
  if (status.state.type === 'terminated') runs.push(ended(status.state))
  if (status.state.type === 'running') {
    runs.push({
      startedAt: status.state.startedAt || null,
      finishedAt: null,
      exitCode: null,
      signal: null,
      reason: '',
      message: '',
      cause: null,
    })
  }
  return runs
}
