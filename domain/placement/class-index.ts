import type { LabelClass } from './label-class.ts'
import { requiredLabels } from './label-selector.ts'
import type { SpreadCounts } from './spread-counts.ts'

/** What stands under the values of one label key. */
interface LabelIndex {
  readonly counts: Map<string, Set<SpreadCounts>>
  readonly classes: Map<string, Set<LabelClass>>
}

/** Where counts stand in the indices. */
interface Place {
  readonly key: string
  readonly values: readonly string[]
}

/**
 * The classes of pods of one namespace and the counts that there are, so arranged that a new class
 * meets only the counts that may match it and new counts meet only such classes: a namespace with
 * thousands of workloads costs no more than one with a few.
 */
export class ClassIndex {
  readonly #classes = new Set<LabelClass>()
  /** Null: the selector requires no label, so it is asked about every class. */
  readonly #places = new Map<SpreadCounts, Place | null>()
  readonly #unplaced = new Set<SpreadCounts>()
  /** For the label keys by which some counts are found. */
  readonly #indices = new Map<string, LabelIndex>()

  /** Counts. */
  get size(): number {
    return this.#places.size
  }

  addClass(added: LabelClass): void {
    this.#classes.add(added)
    for (const [key, { classes }] of this.#indices) {
      const value = added.labels[key]
      if (value !== undefined) addTo(classes, value, added)
    }
  }

  deleteClass(deleted: LabelClass): void {
    this.#classes.delete(deleted)
    for (const [key, { classes }] of this.#indices) {
      const value = deleted.labels[key]
      if (value !== undefined) deleteFrom(classes, value, deleted)
    }
  }

  addCounts(added: SpreadCounts): void {
    const place = this.#choosePlace(added)
    this.#places.set(added, place)
    if (place === null) this.#unplaced.add(added)
    else for (const value of place.values) addTo(this.#index(place.key).counts, value, added)
  }

  deleteCounts(deleted: SpreadCounts): void {
    const place = this.#places.get(deleted)
    this.#places.delete(deleted)
    this.#unplaced.delete(deleted)
    if (!place) return
    const { counts } = this.#index(place.key)
    for (const value of place.values) deleteFrom(counts, value, deleted)
    if (counts.size === 0) this.#indices.delete(place.key)
  }

  /** The counts that count these pods. */
  *countsOf({ labels }: LabelClass): Generator<SpreadCounts> {
    for (const counts of this.#unplaced) if (counts.matches(labels)) yield counts
    for (const [key, index] of this.#indices) {
      const value = labels[key]
      if (value === undefined) continue
      for (const counts of index.counts.get(value) ?? none) if (counts.matches(labels)) yield counts
    }
  }

  /** The classes of pods that these counts count. */
  *classesOf(counts: SpreadCounts): Generator<LabelClass> {
    const place = this.#places.get(counts)
    if (!place) {
      for (const each of this.#classes) if (counts.matches(each.labels)) yield each
      return
    }
    const { classes } = this.#index(place.key)
    for (const value of place.values) {
      for (const each of classes.get(value) ?? none) if (counts.matches(each.labels)) yield each
    }
  }

  /** Of the labels that the selector requires the one where the fewest others stand. */
  #choosePlace(counts: SpreadCounts): Place | null {
    let best: Place | null = null
    let least = Number.POSITIVE_INFINITY
    for (const place of requiredLabels(counts.selector)) {
      const index = this.#indices.get(place.key)
      let others = 0
      for (const value of place.values) others += index?.counts.get(value)?.size ?? 0
      if (others >= least) continue
      best = place
      least = others
    }
    return best
  }

  #index(key: string): LabelIndex {
    const known = this.#indices.get(key)
    if (known) return known
    const made: LabelIndex = { counts: new Map(), classes: new Map() }
    for (const each of this.#classes) {
      const value = each.labels[key]
      if (value !== undefined) addTo(made.classes, value, each)
    }
    this.#indices.set(key, made)
    return made
  }
}

const none: ReadonlySet<never> = new Set()

function addTo<T>(sets: Map<string, Set<T>>, key: string, member: T): void {
  const set = sets.get(key)
  if (set) set.add(member)
  else sets.set(key, new Set([member]))
}

function deleteFrom<T>(sets: Map<string, Set<T>>, key: string, member: T): void {
  const set = sets.get(key)
  if (set?.delete(member) && set.size === 0) sets.delete(key)
}
