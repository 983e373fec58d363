import type { AnalysisChanges, ClusterAnalysis } from '../analysis/cluster-analysis.ts'
import type { RoomSource } from './room-source.ts'

const shownGroups = 2_000

/** The room `problems`: groups of problems, the worst 2,000. */
export class ProblemsSource implements RoomSource {
  readonly #analysis: ClusterAnalysis
  #shown = new Set<string>()

  constructor(analysis: ClusterAnalysis) {
    this.#analysis = analysis
  }

  *records(): Generator<readonly [string, object]> {
    this.#shown = new Set()
    for (const [key, record] of this.#records(null)) if (record) yield [key, record]
  }

  *update(changes: AnalysisChanges): Generator<readonly [string, object | null]> {
    if (changes.problemGroups.size > 0) yield* this.#records(changes.problemGroups)
  }

  /** @param changed groups that may be told differently; null: all */
  *#records(changed: ReadonlySet<string> | null): Generator<readonly [string, object | null]> {
    const shown = new Set<string>()
    for (const { id } of this.#analysis.problemGroups.order.slice(0, shownGroups)) {
      shown.add(id)
      if (changed && this.#shown.has(id) && !changed.has(id)) continue
      const group = this.#analysis.problemGroup(id)
      if (group) yield [`group/${id}`, group]
    }
    for (const id of this.#shown) if (!shown.has(id)) yield [`group/${id}`, null]
    this.#shown = shown
  }
}
