import { LiveRoom } from './live-room.ts'

type Listener = () => void

/** What a view may know of a room: loading until the first snapshot; an error where the server refuses it. */
export interface RoomPhase {
  readonly phase: 'loading' | 'ready' | 'error'
  readonly error: string
}

/** One list of a room: all records whose keys start with a prefix. */
interface Collection {
  readonly listeners: Set<Listener>
  records: readonly (readonly [key: string, record: unknown])[] | null
}

const loading: RoomPhase = { phase: 'loading', error: '' }
const ready: RoomPhase = { phase: 'ready', error: '' }

/** A room together with who looks at it. Listeners hear of their own key, list or phase only. */
export class RoomWatch {
  readonly room = new LiveRoom()
  /** Views that hold the room. */
  holders = 0
  /** True from asking for the room until it answers with a snapshot or delta that fits. */
  joining = false
  leaveTimer: ReturnType<typeof setTimeout> | null = null
  #phase: RoomPhase = loading
  readonly #phaseListeners = new Set<Listener>()
  readonly #keyListeners = new Map<string, Set<Listener>>()
  readonly #collections = new Map<string, Collection>()

  get phase(): RoomPhase {
    return this.#phase
  }

  /** Somebody draws from it, be it joined or not. */
  get listened(): boolean {
    return (
      this.#phaseListeners.size > 0 ||
      this.#keyListeners.size > 0 ||
      [...this.#collections.values()].some((collection) => collection.listeners.size > 0)
    )
  }

  /** The room was left: what it held is out of date from now on. */
  reset(): void {
    this.tell(this.room.clear())
    this.#changePhase(loading)
  }

  becomeReady(): void {
    this.#changePhase(ready)
  }

  fail(error: string): void {
    this.#changePhase({ phase: 'error', error })
  }

  onPhase(listener: Listener): () => void {
    this.#phaseListeners.add(listener)
    return () => this.#phaseListeners.delete(listener)
  }

  onKey(key: string, listener: Listener): () => void {
    const listeners = this.#keyListeners.get(key) ?? new Set()
    this.#keyListeners.set(key, listeners)
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0) this.#keyListeners.delete(key)
    }
  }

  onPrefix(prefix: string, listener: Listener): () => void {
    const { listeners } = this.#collection(prefix)
    listeners.add(listener)
    return () => listeners.delete(listener)
  }

  /** The list keeps its identity until one of its records changes; sorted by nothing but arrival. */
  list(prefix: string): readonly (readonly [key: string, record: unknown])[] {
    const collection = this.#collection(prefix)
    collection.records ??= [...this.room.records].filter(([key]) => key.startsWith(prefix))
    return collection.records
  }

  tell(touched: ReadonlySet<string>): void {
    if (touched.size === 0) return
    for (const [prefix, collection] of this.#collections) {
      for (const key of touched) {
        if (!key.startsWith(prefix)) continue
        collection.records = null
        for (const listener of collection.listeners) listener()
        break
      }
    }
    for (const key of touched) {
      const listeners = this.#keyListeners.get(key)
      if (listeners) for (const listener of [...listeners]) listener()
    }
  }

  #collection(prefix: string): Collection {
    let collection = this.#collections.get(prefix)
    if (!collection) {
      collection = { listeners: new Set(), records: null }
      this.#collections.set(prefix, collection)
    }
    return collection
  }

  #changePhase(phase: RoomPhase): void {
    if (phase.phase === this.#phase.phase && phase.error === this.#phase.error) return
    this.#phase = phase
    for (const listener of [...this.#phaseListeners]) listener()
  }
}
