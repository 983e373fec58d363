import type { LabelSelector, LabelSelectorRequirement, Labels } from '../model/labels.ts'
import { isRecord, type Raw, records, text, texts } from './raw.ts'

type MutableLabels = Record<string, string | undefined>

/**
 * An empty record without a prototype. Object.create(null) would do as well but makes V8 keep a
 * hash table of some 300 bytes for each; this stays a plain object of a third of that.
 */
export function emptyLabels(): MutableLabels {
  return Object.setPrototypeOf({}, null)
}

export const noLabels: Labels = Object.freeze(emptyLabels())

/**
 * The entries whose value is a string; `__proto__` is a key like any other.
 * @param like an earlier answer: given back itself where it is equal
 */
export function readLabels(value: unknown, like?: Labels): Labels {
  return readEntries(value, text, like)
}

/** @param read gives the empty string for what is to be left out, which is left out only if it wasn't one */
export function readEntries(value: unknown, read: (value: unknown) => string, like?: Labels): Labels {
  if (!isRecord(value)) return noLabels
  const keys = Object.keys(value)
  if (keys.length === 0) return noLabels
  if (like && isSame(value, keys, read, like)) return like
  let labels: MutableLabels | null = null
  for (const key of keys) {
    const entry = read(value[key])
    if (entry === '' && value[key] !== '') continue
    labels ??= emptyLabels()
    labels[key] = entry
  }
  return labels ?? noLabels
}

function isSame(value: Raw, keys: readonly string[], read: (value: unknown) => string, like: Labels): boolean {
  if (Object.keys(like).length !== keys.length) return false
  for (const key of keys) {
    const known = like[key]
    if (known === undefined || known !== read(value[key])) return false
    if (known === '' && value[key] !== '') return false
  }
  return true
}

/** Null where the object has no selector at all, which means something else than an empty one. */
export function readSelector(value: unknown, like?: LabelSelector | null): LabelSelector | null {
  if (!isRecord(value)) return null
  const matchLabels = readLabels(value.matchLabels, like?.matchLabels)
  const matchExpressions = readRequirements(value.matchExpressions, like?.matchExpressions)
  return like && like.matchLabels === matchLabels && like.matchExpressions === matchExpressions
    ? like
    : { matchLabels, matchExpressions }
}

/** For selectors of labels and of nodes alike. */
export function readRequirements(
  value: unknown,
  like?: readonly LabelSelectorRequirement[],
): readonly LabelSelectorRequirement[] {
  return records(value, readRequirement, like)
}

function readRequirement(item: Raw, like: LabelSelectorRequirement | undefined): LabelSelectorRequirement {
  const key = text(item.key)
  const operator = text(item.operator)
  const values = texts(item.values, like?.values)
  return like && like.key === key && like.operator === operator && like.values === values
    ? like
    : { key, operator, values }
}
