import type { ClusterObject } from '../../domain/model/cluster-object.ts'
import { readClusterObject } from '../../domain/read/cluster-object.ts'
import { Interner } from '../../domain/read/interner.ts'

const interner = new Interner()

/** An object of the model from the parts of an API object that a test cares about; its uid is its kind and name. */
export function modelObject(
  kind: ClusterObject['kind'],
  name: string,
  parts: { metadata?: object; [part: string]: unknown } = {},
): ClusterObject {
  const { metadata, ...rest } = parts
  const raw = {
    metadata: { uid: `${kind}-${name}`, namespace: 'shop', name, resourceVersion: '1', ...metadata },
    ...rest,
  }
  const object = readClusterObject(kind, raw, interner)
  if (!object) throw new Error(`not a ${kind}`)
  return object
}

export function ownedBy(kind: string, name: string): object {
  return { ownerReferences: [{ apiVersion: 'apps/v1', kind, name, uid: `${kind}-${name}`, controller: true }] }
}
