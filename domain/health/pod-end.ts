import type { Pod } from '../model/pod.ts'
import type { Evidence } from './problem.ts'
import type { RunCause } from './run-cause.ts'

type End = Pick<RunCause, 'type' | 'words' | 'endedBy' | 'certain'>

const shutdown: End = { type: 'node-shutdown', words: 'the node shut down', endedBy: 'node', certain: true }

/** status.reason of pods that were ended from outside (k/k pkg/kubelet: eviction, nodeshutdown, lifecycle; podgc). */
const byReason: ReadonlyMap<string, End> = new Map([
  ['Evicted', { type: 'evicted', words: 'evicted by the kubelet', endedBy: 'kubelet', certain: true }],
  ['Preempting', { type: 'evicted', words: 'made room for a critical pod', endedBy: 'kubelet', certain: true }],
  ['NodeShutdown', shutdown],
  ['Shutdown', shutdown],
  ['Terminated', shutdown],
  ['NodeLost', { type: 'lost', words: 'its node was lost', endedBy: 'node', certain: true }],
  ['DeadlineExceeded', { type: 'deleted', words: 'the pod’s deadline', endedBy: 'kubelet', certain: true }],
])

/** Reasons of the condition DisruptionTarget (core/v1 types.go). */
const byDisruption: ReadonlyMap<string, End> = new Map([
  ['PreemptionByScheduler', { type: 'evicted', words: 'preempted by another pod', endedBy: 'user', certain: true }],
  ['DeletionByTaintManager', { type: 'evicted', words: 'evicted by a taint', endedBy: 'node', certain: true }],
  [
    'DeletionByDeviceTaintManager',
    { type: 'evicted', words: 'evicted by a device’s taint', endedBy: 'node', certain: true },
  ],
  ['EvictionByEvictionAPI', { type: 'evicted', words: 'evicted through the API', endedBy: 'user', certain: true }],
  ['DeletionByPodGC', { type: 'deleted', words: 'its node is gone', endedBy: 'node', certain: true }],
  ['TerminationByKubelet', { type: 'evicted', words: 'ended by the kubelet', endedBy: 'kubelet', certain: true }],
])

/** What ended the pod as a whole, where it was ended from outside and says so; null else. */
export function podEnd({
  phase,
  reason,
  message,
  conditions,
}: Pick<Pod, 'phase' | 'reason' | 'message' | 'conditions'>):
  | (End & { readonly evidence: readonly Evidence[] })
  | null {
  const told = byReason.get(reason)
  if (told && (phase === 'Failed' || reason === 'NodeLost')) {
    const text = message.trim() === '' ? reason : `${reason}: ${message.trim()}`
    return { ...told, evidence: [{ source: 'status', path: 'status.reason', text, at: null, count: null }] }
  }
  const target = conditions.find(({ type, status }) => type === 'DisruptionTarget' && status === 'True')
  const disrupted = target && byDisruption.get(target.reason)
  if (!target || !disrupted) return null
  return {
    ...disrupted,
    evidence: [
      {
        source: 'condition',
        path: 'Pod condition DisruptionTarget',
        text: target.message.trim() || target.reason,
        at: target.lastTransitionTime,
        count: null,
      },
    ],
  }
}
