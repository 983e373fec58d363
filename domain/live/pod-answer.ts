import type { ClusterAnalysis } from '../analysis/cluster-analysis.ts'
import type { ClusterState } from '../state/cluster-state.ts'
import { PodSource } from './pod-source.ts'
import type { PodDetail, PodEvent } from './protocol.ts'

/** All that is known of a pod by its name, for those who ask once; null where there is no such pod. */
export function podAnswer(
  state: ClusterState,
  analysis: ClusterAnalysis,
  namespace: string,
  name: string,
): { readonly pod: PodDetail; readonly events: readonly PodEvent[] } | null {
  const records = [...new PodSource(state, analysis, namespace, name).records()]
  const pod = records.find(([key]) => key === 'pod')?.[1] as PodDetail | undefined
  const events = records.filter(([key]) => key.startsWith('event/')).map(([, event]) => event as PodEvent)
  return pod ? { pod, events } : null
}
