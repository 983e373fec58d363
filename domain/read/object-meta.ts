import type { ObjectMeta, OwnerReference } from '../model/object-meta.ts'
import type { Interner } from './interner.ts'
import { readLabels } from './labels.ts'
import { isRecord, list, type Raw, text } from './raw.ts'
import { timestamp } from './timestamp.ts'

/** Null where the object can't be told from others: without uid or name. */
export function readObjectMeta(metadata: Raw, interner: Interner): ObjectMeta | null {
  const { uid, name } = metadata
  if (typeof uid !== 'string' || uid === '' || typeof name !== 'string' || name === '') return null
  const owner = readOwner(metadata.ownerReferences, interner)
  return {
    uid,
    namespace: interner.text(text(metadata.namespace)),
    name,
    resourceVersion: text(metadata.resourceVersion),
    labels: interner.labels(owner?.uid ?? '', (like) => readLabels(metadata.labels, like)),
    createdAt: timestamp(metadata.creationTimestamp) ?? 0,
    deletedAt: timestamp(metadata.deletionTimestamp),
    owner,
  }
}

/** The reference that has `controller: true`; at most one may (metav1.GetControllerOf). */
function readOwner(references: unknown, interner: Interner): OwnerReference | null {
  for (const reference of list(references)) {
    if (!isRecord(reference) || reference.controller !== true) continue
    const uid = text(reference.uid)
    const name = text(reference.name)
    if (uid === '' || name === '') continue
    const apiVersion = text(reference.apiVersion)
    const kind = text(reference.kind)
    return interner.owner(uid, (like) =>
      like && like.uid === uid && like.name === name && like.kind === kind && like.apiVersion === apiVersion
        ? like
        : { apiVersion: interner.text(apiVersion), kind: interner.text(kind), name, uid },
    )
  }
  return null
}
