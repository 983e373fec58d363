import type { AnalysisChanges, ClusterAnalysis } from '../analysis/cluster-analysis.ts'
import type { RoomSource } from './room-source.ts'

const shownProblems = 5_000

/** The room `problems`: all of them, the worst 5,000. */
export class ProblemsSource implements RoomSource {
  readonly #analysis: ClusterAnalysis
  #shown = new Set<string>()

  constructor(analysis: ClusterAnalysis) {
    this.#analysis = analysis
  }

  *records(): Generator<readonly [string, object]> {
    this.#shown = new Set()
    for (const problem of this.#analysis.problems.slice(0, shownProblems)) {
      this.#shown.add(problem.id)
      yield [`problem/${problem.id}`, problem]
    }
  }

  *update(changes: AnalysisChanges): Generator<readonly [string, object | null]> {
    if (this.#analysis.problems.length <= shownProblems && this.#shown.size < shownProblems) {
      for (const [id, { next }] of changes.problems) {
        if (next) this.#shown.add(id)
        else this.#shown.delete(id)
        yield [`problem/${id}`, next]
      }
      return
    }
    if (changes.problems.size === 0) return
    const before = this.#shown
    for (const record of this.records()) yield record
    for (const id of before) if (!this.#shown.has(id)) yield [`problem/${id}`, null]
  }
}
