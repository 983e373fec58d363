import type { Labels } from '../model/labels.ts'
import type { Pod } from '../model/pod.ts'
import { ClassIndex } from './class-index.ts'
import { LabelClass } from './label-class.ts'
import { selectorLabelKeys } from './label-selector.ts'
import type { SpreadCounts } from './spread-counts.ts'
import type { SpreadTemplate } from './spread-template.ts'

/** What is kept of a pod. */
export interface PodRecord {
  labels: Labels
  node: string
  /** Null while it isn't counted: not bound, ended or being deleted. */
  labelClass: LabelClass | null
  /** Null while it carries no constraint. */
  template: SpreadTemplate | null
}

/** The counted pods of one namespace, in classes, and the counts that there are. */
export class NamespacePods {
  readonly #namespace: string
  readonly #index = new ClassIndex()
  readonly #records = new Set<PodRecord>()
  /** The label keys of which some selector speaks or has spoken: by their values pods are told apart. */
  #keys: readonly string[] = []
  #classes = new Map<string, LabelClass>()

  constructor(namespace: string) {
    this.#namespace = namespace
  }

  get isEmpty(): boolean {
    return this.#records.size === 0 && this.#index.size === 0
  }

  /** A pod that is to be counted. Its class tells by what. */
  addPod(record: PodRecord, pod: Pod): LabelClass {
    record.labels = pod.labels
    record.node = pod.nodeName
    const labelClass = this.#classOf(pod.labels)
    labelClass.add(pod.nodeName, 1)
    record.labelClass = labelClass
    this.#records.add(record)
    return labelClass
  }

  /** A pod that isn't to be counted any longer. */
  deletePod(record: PodRecord): void {
    const { labelClass } = record
    if (!labelClass) return
    this.#records.delete(record)
    record.labelClass = null
    labelClass.add(record.node, -1)
    if (!labelClass.isEmpty) return
    this.#classes.delete(this.#classKey(labelClass.labels))
    this.#index.deleteClass(labelClass)
    for (const counts of labelClass.countedBy) counts.classes.delete(labelClass)
  }

  /** The classes that new counts count are theirs afterwards; adding up their pods is left to the caller. */
  addCounts(counts: SpreadCounts): void {
    const keys = selectorLabelKeys(counts.selector)
    if (keys.some((key) => !this.#keys.includes(key))) this.#tellApartBy(keys)
    this.#index.addCounts(counts)
    for (const labelClass of this.#index.classesOf(counts)) join(labelClass, counts)
  }

  deleteCounts(counts: SpreadCounts): void {
    this.#index.deleteCounts(counts)
    for (const labelClass of counts.classes) labelClass.countedBy.delete(counts)
  }

  #classOf(labels: Labels): LabelClass {
    const key = this.#classKey(labels)
    const known = this.#classes.get(key)
    if (known) return known
    const made = this.#makeClass(key, labels)
    for (const counts of this.#index.countsOf(made)) join(made, counts)
    return made
  }

  #makeClass(key: string, labels: Labels): LabelClass {
    const made = new LabelClass(this.#namespace, labels)
    this.#classes.set(key, made)
    this.#index.addClass(made)
    return made
  }

  /** Splits the classes by further keys. To the counts that there are this changes nothing: they don't speak of them. */
  #tellApartBy(keys: readonly string[]): void {
    const before = this.#classes
    this.#classes = new Map()
    this.#keys = [...new Set([...this.#keys, ...keys])].sort()
    for (const old of before.values()) {
      this.#index.deleteClass(old)
      for (const counts of old.countedBy) counts.classes.delete(old)
    }
    for (const record of this.#records) {
      const key = this.#classKey(record.labels)
      let labelClass = this.#classes.get(key)
      if (!labelClass) {
        labelClass = this.#makeClass(key, record.labels)
        for (const counts of record.labelClass?.countedBy ?? []) join(labelClass, counts)
      }
      labelClass.add(record.node, 1)
      record.labelClass = labelClass
    }
  }

  #classKey(labels: Labels): string {
    let text = ''
    for (const key of this.#keys) {
      const value = labels[key]
      text += value === undefined ? '-' : `${value.length}:${value}`
    }
    return text
  }
}

function join(labelClass: LabelClass, counts: SpreadCounts): void {
  labelClass.countedBy.add(counts)
  counts.classes.add(labelClass)
}
