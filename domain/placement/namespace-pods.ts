import type { Labels } from '../model/labels.ts'
import { LabelClass } from './label-class.ts'
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
 * The counted pods of one namespace and the counts that there are, so arranged that a new class of
 * pods meets only the counts that may match it and new counts meet only such classes: a namespace
 * with thousands of workloads costs no more than one with a few.
 */
export class NamespacePods {
  readonly #namespace: string
  /** By the labels object itself, which pods of one template share. */
  readonly #classes = new Map<Labels, LabelClass>()
  /** Null: the selector requires no label, so it is asked about every class. */
  readonly #places = new Map<SpreadCounts, Place | null>()
  readonly #unplaced = new Set<SpreadCounts>()
  /** For the label keys by which some counts are found. */
  readonly #indices = new Map<string, LabelIndex>()

  constructor(namespace: string) {
    this.#namespace = namespace
  }

  get isEmpty(): boolean {
    return this.#classes.size === 0 && this.#places.size === 0
  }

  /** The class of pods with these labels; a new one where there is none yet. */
  classOf(labels: Labels): LabelClass {
    const known = this.#classes.get(labels)
    if (known) return known
    const made = new LabelClass(this.#namespace, labels)
    this.#classes.set(labels, made)
    for (const counts of this.#unplaced) if (counts.matches(labels)) counts.addClass(made)
    for (const [key, { counts: indexed, classes }] of this.#indices) {
      const value = labels[key]
      if (value === undefined) continue
      addTo(classes, value, made)
      for (const counts of indexed.get(value) ?? none) if (counts.matches(labels)) counts.addClass(made)
    }
    return made
  }

  /** A class whose last pod has gone. */
  dropClass(dropped: LabelClass): void {
    this.#classes.delete(dropped.labels)
    for (const [key, { classes }] of this.#indices) {
      const value = dropped.labels[key]
      if (value !== undefined) deleteFrom(classes, value, dropped)
    }
    for (const counts of dropped.countedBy) counts.classes.delete(dropped)
  }

  addCounts(counts: SpreadCounts): void {
    const place = this.#placeOf(counts)
    this.#places.set(counts, place)
    if (place === null) {
      this.#unplaced.add(counts)
      for (const each of this.#classes.values()) if (counts.matches(each.labels)) counts.addClass(each)
      return
    }
    const index = this.#index(place.key)
    for (const value of place.values) {
      addTo(index.counts, value, counts)
      for (const each of index.classes.get(value) ?? none) if (counts.matches(each.labels)) counts.addClass(each)
    }
  }

  dropCounts(counts: SpreadCounts): void {
    const place = this.#places.get(counts)
    this.#places.delete(counts)
    this.#unplaced.delete(counts)
    if (place) {
      const index = this.#index(place.key)
      for (const value of place.values) deleteFrom(index.counts, value, counts)
      if (index.counts.size === 0) this.#indices.delete(place.key)
    }
    for (const each of counts.classes) each.countedBy.delete(counts)
  }

  /** Of the labels that the selector requires the one where the fewest others stand. */
  #placeOf(counts: SpreadCounts): Place | null {
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
    for (const each of this.#classes.values()) {
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
