import type { AnalysisChanges, ClusterAnalysis } from '../analysis/cluster-analysis.ts'
import { podsPageSize } from './pods-query.ts'
import type { PodsView } from './pods-view.ts'
import type { PodsFacets, PodsPage } from './protocol.ts'
import type { RoomSource } from './room-source.ts'

/** The room `pods?…`: one page of one view. */
export class PodsSource implements RoomSource {
  readonly #view: PodsView
  readonly #analysis: ClusterAnalysis
  readonly #offset: number
  #page: PodsPage | null = null
  #facets: PodsFacets | null = null

  constructor(view: PodsView, analysis: ClusterAnalysis, page: number) {
    this.#view = view
    this.#analysis = analysis
    this.#offset = page * podsPageSize
  }

  *records(): Generator<readonly [string, object]> {
    for (const [key, record] of this.#all()) if (record) yield [key, record]
  }

  *update(changes: AnalysisChanges): Generator<readonly [string, object | null]> {
    if (changes.pods.size === 0) return
    this.#view.update(changes)
    yield* this.#all()
  }

  *#all(): Generator<readonly [string, object | null]> {
    const before = this.#page
    const rows = this.#view.slice(this.#offset, this.#offset + podsPageSize)
    const order = rows.map((row) => row.uid)
    const page: PodsPage = { total: this.#analysis.rows.size, matched: this.#view.matched, offset: this.#offset, order }
    const same =
      before !== null &&
      before.total === page.total &&
      before.matched === page.matched &&
      before.order.length === order.length &&
      before.order.every((uid, index) => uid === order[index])
    if (!same) this.#page = page
    yield ['page', this.#page ?? page]
    yield ['facets', this.#newFacets()]
    for (const row of rows) yield [`row/${row.uid}`, row]
    if (before && !same) {
      const kept = new Set(order)
      for (const uid of before.order) if (!kept.has(uid)) yield [`row/${uid}`, null]
    }
  }

  #newFacets(): PodsFacets {
    const { byNamespace, byStatus, byZone } = this.#analysis
    const facets: PodsFacets = {
      namespaces: byNamespace.entries(),
      statuses: byStatus.entries(),
      zones: byZone.entries(),
    }
    // Namespaces can be thousands: the record is sent again only when a count in it has changed.
    if (this.#facets === null || JSON.stringify(facets) !== JSON.stringify(this.#facets)) this.#facets = facets
    return this.#facets
  }
}
