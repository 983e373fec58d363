import { z } from 'zod'
import type { ClusterAnalysis } from '../../domain/analysis/cluster-analysis.ts'
import { OverviewSource } from '../../domain/live/overview-source.ts'
import { PlacementSource } from '../../domain/live/placement-source.ts'
import { PodSource } from '../../domain/live/pod-source.ts'
import { podsQuerySchema, podsRoom } from '../../domain/live/pods-query.ts'
import { PodsSource } from '../../domain/live/pods-source.ts'
import { PodsView } from '../../domain/live/pods-view.ts'
import { ProblemsSource } from '../../domain/live/problems-source.ts'
import type { RoomSource } from '../../domain/live/room-source.ts'
import { WorkloadSource } from '../../domain/live/workload-source.ts'
import type { ClusterState } from '../../domain/state/cluster-state.ts'

const workloadQuerySchema = z.object({
  namespace: z.string().min(1).max(253),
  kind: z.enum(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job', 'CronJob']),
  name: z.string().min(1).max(253),
})
const podQuerySchema = z.object({ namespace: z.string().min(1).max(253), name: z.string().min(1).max(253) })

export type FoundRoom = { readonly name: string; readonly open: () => RoomSource } | { readonly error: string }

/** Which rooms there are. Names come from browsers and are checked here; equal queries give equal names. */
export class RoomCatalogue {
  readonly #state: ClusterState
  readonly #analysis: ClusterAnalysis
  /** One view for all pages of the same filter and order; let go with its last page. */
  readonly #views = new Map<string, WeakRef<PodsView>>()

  constructor(state: ClusterState, analysis: ClusterAnalysis) {
    this.#state = state
    this.#analysis = analysis
  }

  find(asked: unknown): FoundRoom {
    if (typeof asked !== 'string' || asked.length > 2_000)
      return { error: 'room: must be a string of at most 2,000 characters' }
    const [kind = '', search = ''] = split(asked)
    const parameters = Object.fromEntries(new URLSearchParams(search))
    switch (kind) {
      case 'overview':
        return { name: 'overview', open: () => new OverviewSource(this.#state, this.#analysis) }
      case 'placement':
        return { name: 'placement', open: () => new PlacementSource(this.#analysis) }
      case 'problems':
        return { name: 'problems', open: () => new ProblemsSource(this.#analysis) }
      case 'pod': {
        const query = podQuerySchema.safeParse(parameters)
        if (!query.success) return { error: 'room pod: give namespace and name' }
        const { namespace, name } = query.data
        const room = `pod?${new URLSearchParams({ namespace, name })}`
        return { name: room, open: () => new PodSource(this.#state, this.#analysis, namespace, name) }
      }
      case 'workload': {
        const query = workloadQuerySchema.safeParse(parameters)
        if (!query.success) {
          return { error: 'room workload: give namespace, kind (Deployment, StatefulSet, DaemonSet …) and name' }
        }
        const { namespace, kind, name } = query.data
        const room = `workload?${new URLSearchParams({ namespace, kind, name })}`
        return { name: room, open: () => new WorkloadSource(this.#state, this.#analysis, namespace, kind, name) }
      }
      case 'pods': {
        const query = podsQuerySchema.safeParse(parameters)
        if (!query.success) {
          const issue = query.error.issues[0]
          return { error: `room pods: ${issue?.path.join('.')}: ${issue?.message}` }
        }
        const view = { ...query.data, page: 0 }
        return {
          name: podsRoom(query.data),
          open: () => new PodsSource(this.#view(podsRoom(view), view), this.#analysis, query.data.page),
        }
      }
      default:
        return { error: `room: there is no room "${kind.slice(0, 50)}"` }
    }
  }

  #view(key: string, query: z.infer<typeof podsQuerySchema>): PodsView {
    const open = this.#views.get(key)?.deref()
    if (open) return open
    for (const [each, view] of this.#views) if (!view.deref()) this.#views.delete(each)
    const view = new PodsView(query, this.#analysis)
    this.#views.set(key, new WeakRef(view))
    return view
  }
}

function split(room: string): [string, string] {
  const mark = room.indexOf('?')
  return mark < 0 ? [room, ''] : [room.slice(0, mark), room.slice(mark + 1)]
}
