import type { ObjectMeta, OwnerReference } from '../model/object-meta.ts'
import type { Interner } from './interner.ts'
import { readLabels } from './labels.ts'
import { isRecord, list, type Raw, record, text } from './raw.ts'
import { timestamp } from './timestamp.ts'

/** The common part of every object; null where uid or name is missing, for then it can't be told from others. */
export function readObjectMeta(raw: Raw, interner: Interner): ObjectMeta | null {
  const metadata = record(raw.metadata)
  const { uid, name } = metadata
  if (typeof uid !== 'string' || uid === '' || typeof name !== 'string' || name === '') return null
  const owner = readOwner(metadata.ownerReferences, interner)
  return {
    uid,
    namespace: interner.text(text(metadata.namespace)),
    name,
    resourceVersion: text(metadata.resourceVersion),
    labels: interner.labels(owner?.uid ?? '', readLabels(metadata.labels, interner)),
    createdAt: timestamp(metadata.creationTimestamp) ?? 0,
    deletedAt: timestamp(metadata.deletionTimestamp),
    owner,
  }
}

function readOwner(value: unknown, interner: Interner): OwnerReference | null {
  const owner = list(value).find((each): each is Raw => isRecord(each) && each.controller === true)
  if (!owner || typeof owner.uid !== 'string') return null
  const { apiVersion, kind, name, uid } = owner
  return interner.owner({ apiVersion: text(apiVersion), kind: text(kind), name: text(name), uid })
}
