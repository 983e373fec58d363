import { randomUUID } from 'node:crypto'
import type { DemoClock } from '../clock.ts'
import { Collection } from './collection.ts'
import { EventWindow } from './event-window.ts'
import { type KubernetesObject, type StoredObject, WholeObject, withResourceVersion } from './kubernetes-object.ts'
import { storedPlurals } from './resource.ts'

/** A copy of everything at one revision, as a backup of etcd is. */
export interface Backup {
  readonly revision: number
  readonly objects: ReadonlyMap<string, readonly StoredObject[]>
}

export interface ObjectStoreOptions {
  readonly clock: DemoClock
  /** resourceVersion of the empty cluster. */
  readonly revision: number
  /** Most changes that each collection keeps for watches (the watch cache of k8s grows to 102,400). */
  readonly windowLimit: number
  /** Age at which changes may leave the window, ms. */
  readonly windowMs: number
}

/** Everything the demo cluster's "etcd" holds, under one counter of resourceVersions. */
export class ObjectStore {
  readonly clock: DemoClock
  #revision: number
  readonly #collections = new Map<string, Collection>()

  constructor(options: ObjectStoreOptions) {
    this.clock = options.clock
    this.#revision = options.revision
    for (const plural of storedPlurals) {
      const window = new EventWindow(options.revision, options.windowLimit, options.windowMs)
      this.#collections.set(plural, new Collection(plural, window))
    }
  }

  get revision(): number {
    return this.#revision
  }

  get collections(): readonly Collection[] {
    return [...this.#collections.values()]
  }

  /** @throws RangeError for a resource that isn't kept */
  collection(plural: string): Collection {
    const collection = this.#collections.get(plural)
    if (!collection) throw new RangeError(`the demo cluster keeps no ${plural}`)
    return collection
  }

  nextRevision(): number {
    this.#revision += 1
    return this.#revision
  }

  get(plural: string, namespace: string, name: string): KubernetesObject | undefined {
    return this.collection(plural).get(namespace, name)?.object()
  }

  /**
   * Stores a new object, filling in uid, creationTimestamp and resourceVersion where the key is absent
   * (so that a test can leave them null on purpose).
   * @throws Error when the name is taken
   */
  create(plural: string, object: object): KubernetesObject {
    const whole = this.#complete(object)
    const { namespace = '', name } = whole.metadata
    if (this.collection(plural).get(namespace, name)) throw new Error(`${plural} "${name}" already exists`)
    return this.#put(plural, whole)
  }

  /** Stores the next version of an object; the whole object is replaced and the uid kept where none is given. */
  replace(plural: string, object: object): KubernetesObject {
    const given = object as KubernetesObject
    const known = this.get(plural, given.metadata.namespace ?? '', given.metadata.name)
    if (!known) return this.create(plural, object)
    const { uid, creationTimestamp } = known.metadata
    return this.#put(plural, {
      ...given,
      metadata: { ...(uid && { uid }), ...(creationTimestamp && { creationTimestamp }), ...given.metadata },
    })
  }

  /** Merges into `status` on the first level, as a controller's patch of the status does. */
  patchStatus(plural: string, namespace: string, name: string, status: object): KubernetesObject {
    const known = this.get(plural, namespace, name)
    if (!known) throw new Error(`${plural} "${name}" not found`)
    return this.#put(plural, { ...known, status: { ...(known.status as object | null), ...status } })
  }

  /** Removes an object at once. Returns its last state; undefined where there was none. */
  delete(plural: string, namespace: string, name: string): KubernetesObject | undefined {
    const collection = this.collection(plural)
    const known = collection.get(namespace, name)
    if (!known) return undefined
    const last = known.at(this.nextRevision())
    collection.remove(last, this.clock.now())
    return last.object()
  }

  backup(): Backup {
    return {
      revision: this.#revision,
      objects: new Map(this.collections.map((collection) => [collection.plural, [...collection.values()]])),
    }
  }

  restore(backup: Backup): void {
    this.#revision = backup.revision
    for (const collection of this.collections) {
      collection.restore(backup.objects.get(collection.plural) ?? [], backup.revision)
    }
  }

  /** Forgets the past up to `revision` (default: now), as etcd's compaction does: older watches and pages get 410. */
  compact(revision = this.#revision): void {
    for (const collection of this.collections) collection.compact(revision)
  }

  #put(plural: string, object: KubernetesObject): KubernetesObject {
    const revision = this.nextRevision()
    const { kind: _kind, apiVersion: _apiVersion, ...rest } = withResourceVersion(object, revision)
    const stored = new WholeObject(rest, revision)
    this.collection(plural).put(stored, this.clock.now())
    return stored.object()
  }

  #complete(object: object): KubernetesObject {
    const given = object as KubernetesObject
    const name = (given.metadata as Partial<KubernetesObject['metadata']> | undefined)?.name
    if (typeof name !== 'string') throw new Error('an object needs metadata.name')
    return {
      ...given,
      metadata: { uid: randomUUID(), creationTimestamp: timestamp(this.clock.now()), ...given.metadata },
    }
  }
}

/** meta/v1 Time: RFC 3339 to the second. */
export function timestamp(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`
}

/** meta/v1 MicroTime. */
export function microTimestamp(at: number): string {
  return `${new Date(at).toISOString().slice(0, 23)}000Z`
}
