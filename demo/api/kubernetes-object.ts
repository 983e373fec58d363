import type { ByteSink } from './byte-sink.ts'

/** An object as the API serves it. Only what the server itself must read is typed; the rest may be anything at all. */
export interface KubernetesObject {
  readonly metadata: ObjectMetadata
  readonly [field: string]: unknown
}

export interface ObjectMetadata {
  readonly name: string
  readonly namespace?: string
  readonly uid?: string
  readonly resourceVersion?: string
  readonly creationTimestamp?: string
  readonly deletionTimestamp?: string
  readonly deletionGracePeriodSeconds?: number
  readonly generation?: number
  readonly generateName?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
  readonly ownerReferences?: readonly OwnerReference[]
  readonly [field: string]: unknown
}

export interface OwnerReference {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
  readonly uid: string
  readonly controller: boolean
  readonly blockOwnerDeletion: boolean
}

/** One version of one object, never changed once it is stored: snapshots and the event window share it. */
export interface StoredObject {
  readonly namespace: string
  readonly name: string
  /** Empty where the object has none. */
  readonly uid: string
  readonly revision: number
  /** The object as parsed JSON, without `kind` and `apiVersion` (as in the items of a list). */
  object(): KubernetesObject
  /** Writes its JSON text without the opening brace (kind and apiVersion may come first). */
  writeRest(sink: ByteSink): void
  /** The same object under another resourceVersion, as a DELETED event carries it. */
  at(revision: number): StoredObject
}

/** A stored object that is kept whole. */
export class WholeObject implements StoredObject {
  readonly namespace: string
  readonly name: string
  readonly uid: string
  readonly revision: number
  readonly #object: KubernetesObject

  /** @param object must not be changed afterwards; its resourceVersion is `revision` already */
  constructor(object: KubernetesObject, revision: number) {
    this.namespace = object.metadata.namespace ?? ''
    this.name = object.metadata.name
    this.uid = object.metadata.uid ?? ''
    this.revision = revision
    this.#object = object
  }

  object(): KubernetesObject {
    return this.#object
  }

  writeRest(sink: ByteSink): void {
    sink.text(JSON.stringify(this.#object).slice(1))
  }

  at(revision: number): StoredObject {
    return new WholeObject(withResourceVersion(this.#object, revision), revision)
  }
}

export function withResourceVersion(object: KubernetesObject, revision: number): KubernetesObject {
  return { ...object, metadata: { ...object.metadata, resourceVersion: String(revision) } }
}

/** The key under which etcd would keep it; lists are in the order of these keys. */
export function keyOf(namespace: string, name: string): string {
  return namespace === '' ? name : `${namespace}/${name}`
}
