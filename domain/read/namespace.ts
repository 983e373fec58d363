import type { Namespace } from '../model/namespace.ts'
import type { Interner } from './interner.ts'
import { readObjectMeta } from './object-meta.ts'
import { type Raw, record, text } from './raw.ts'

export function readNamespace(raw: Raw, interner: Interner): Namespace | null {
  const meta = readObjectMeta(raw, interner)
  return meta && { kind: 'Namespace', ...meta, phase: interner.text(text(record(raw.status).phase)) }
}
