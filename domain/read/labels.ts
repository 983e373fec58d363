import type { LabelSelector, Labels } from '../model/labels.ts'
import type { Interner } from './interner.ts'
import { isRecord, records, text, texts } from './raw.ts'

export const noLabels: Labels = Object.freeze(Object.create(null))

/** String entries of a record, without its prototype: `__proto__` is a key like any other. */
export function readLabels(value: unknown, interner: Interner): Labels {
  if (!isRecord(value)) return noLabels
  const labels: Record<string, string> = Object.create(null)
  let any = false
  for (const key of Object.keys(value)) {
    const each = value[key]
    if (typeof each !== 'string') continue
    labels[key] = interner.text(each)
    any = true
  }
  return any ? labels : noLabels
}

/** Null where there is no selector at all, which means something else than an empty one. */
export function readLabelSelector(value: unknown, interner: Interner): LabelSelector | null {
  if (!isRecord(value)) return null
  return {
    matchLabels: readLabels(value.matchLabels, interner),
    matchExpressions: records(value.matchExpressions, (each) => ({
      key: text(each.key),
      operator: text(each.operator),
      values: texts(each.values),
    })),
  }
}
