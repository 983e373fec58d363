import type { AnalysisChanges, ClusterAnalysis } from '../analysis/cluster-analysis.ts'
import { placementGroup } from './placement-group.ts'
import type { RoomSource } from './room-source.ts'

const shownGroups = 2_000

/** The room `placement`: spread constraints in use, violated ones first where there are too many for one screen. */
export class PlacementSource implements RoomSource {
  readonly #analysis: ClusterAnalysis
  #shown = new Set<string>()

  constructor(analysis: ClusterAnalysis) {
    this.#analysis = analysis
  }

  *records(): Generator<readonly [string, object]> {
    const { spread, violatedSince } = this.#analysis
    const ids = new Set([...violatedSince.keys()].slice(0, shownGroups))
    for (const id of spread.ids()) {
      if (ids.size >= shownGroups) break
      ids.add(id)
    }
    this.#shown = ids
    for (const id of ids) {
      const group = placementGroup(this.#analysis, id)
      if (group) yield [`group/${id}`, group]
    }
  }

  *update(changes: AnalysisChanges): Generator<readonly [string, object | null]> {
    for (const id of changes.groups) {
      const group = placementGroup(this.#analysis, id)
      if (!group) {
        if (this.#shown.delete(id)) yield [`group/${id}`, null]
      } else if (this.#shown.has(id) || this.#shown.size < shownGroups || group.violated) {
        this.#shown.add(id)
        yield [`group/${id}`, group]
      }
    }
  }
}
