import type { Namespace } from '../model/namespace.ts'
import type { Interner } from './interner.ts'
import { readObjectMeta } from './object-meta.ts'
import { type Raw, record, text } from './raw.ts'

/** core/v1 Namespace. */
export function readNamespace(raw: Raw, interner: Interner): Namespace | null {
  const meta = readObjectMeta(record(raw.metadata), interner)
  if (!meta) return null
  return { kind: 'Namespace', ...meta, name: interner.text(meta.name), phase: text(record(raw.status).phase) }
}
