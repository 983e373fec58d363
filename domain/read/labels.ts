import type { LabelSelector, LabelSelectorRequirement, Labels } from '../model/labels.ts'
import type { Interner } from './interner.ts'
import { isRecord, type Raw, records, text, texts } from './raw.ts'

export const noLabels: Labels = Object.freeze(Object.create(null) as Record<string, string>)

/** The entries whose value is a string. Without a prototype: `__proto__` is a key like any other. */
export function readLabels(value: unknown, interner: Interner): Labels {
  if (!isRecord(value)) return noLabels
  let labels: Record<string, string> | null = null
  for (const key of Object.keys(value)) {
    const label = value[key]
    if (typeof label !== 'string') continue
    labels ??= Object.create(null) as Record<string, string>
    labels[key] = interner.text(label)
  }
  return labels ?? noLabels
}

/** Null where the object has no selector at all, which means something else than an empty one. */
export function readSelector(value: unknown, interner: Interner): LabelSelector | null {
  if (!isRecord(value)) return null
  return {
    matchLabels: readLabels(value.matchLabels, interner),
    matchExpressions: readRequirements(value.matchExpressions),
  }
}

/** For selectors of labels and of nodes alike. */
export function readRequirements(value: unknown): readonly LabelSelectorRequirement[] {
  return records(value, (item: Raw) => ({
    key: text(item.key),
    operator: text(item.operator),
    values: texts(item.values),
  }))
}
