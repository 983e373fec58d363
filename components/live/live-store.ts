import type { RoomDelta, RoomSnapshot } from '../../domain/live/protocol.ts'
import { RoomWatch } from './room-watch.ts'

/** The way to the server; the store doesn't know that it is a socket. */
export interface LiveTransport {
  join(
    room: string,
    from: { epoch: string; seq: number } | null,
    answer: (error: string | null) => void,
    lost: () => void,
  ): void
  leave(room: string): void
}

type Message =
  | { readonly type: 'snapshot'; readonly snapshot: RoomSnapshot }
  | { readonly type: 'delta'; readonly delta: RoomDelta }

/** A room that nobody shows stays joined for this long: going back to a page finds it warm. */
const lingerMilliseconds = 15_000
/** The server gives a browser a few rooms only; scrolling through a long table must not use them up. */
const lingeringRooms = 4
/** Animation frames rest in hidden tabs, where messages mustn't pile up for hours. */
const hiddenFlushMilliseconds = 1_000

/**
 * Everything the browser knows of the cluster, outside React. Messages are gathered and applied at
 * most once per animation frame; then only the listeners of touched keys are told.
 */
export class LiveStore {
  readonly #watches = new Map<string, RoomWatch>()
  readonly #transport: LiveTransport
  #connected = false
  #queue: Message[] = []
  #flushTimer: ReturnType<typeof setTimeout> | null = null

  constructor(transport: LiveTransport) {
    this.#transport = transport
  }

  watch(room: string): RoomWatch {
    let watch = this.#watches.get(room)
    if (!watch) {
      watch = new RoomWatch()
      this.#watches.set(room, watch)
    }
    return watch
  }

  /** Keeps the room joined until the returned function is called. */
  hold(room: string): () => void {
    const watch = this.watch(room)
    watch.holders += 1
    if (watch.leaveTimer) clearTimeout(watch.leaveTimer)
    else if (watch.holders === 1) this.#join(room, watch)
    watch.leaveTimer = null
    let held = true
    return () => {
      if (!held) return
      held = false
      watch.holders -= 1
      if (watch.holders === 0) this.#linger(room, watch)
    }
  }

  /** The connection is there (again): every room says where it stands and gets what it missed. */
  connected(): void {
    this.#connected = true
    for (const [room, watch] of this.#watches) {
      if (watch.holders > 0 || watch.leaveTimer) this.#join(room, watch)
    }
  }

  disconnected(): void {
    this.#connected = false
    for (const watch of this.#watches.values()) watch.joining = false
  }

  receiveSnapshot(snapshot: RoomSnapshot): void {
    if (!this.#watches.has(snapshot.room)) return
    this.#enqueue({ type: 'snapshot', snapshot })
  }

  receiveDelta(delta: RoomDelta): void {
    if (!this.#watches.has(delta.room)) return
    this.#enqueue({ type: 'delta', delta })
  }

  /** Applies what has come in since the last frame. */
  flush(): void {
    if (!this.#flushTimer) return
    clearTimeout(this.#flushTimer)
    this.#flushTimer = null
    const queue = this.#queue
    this.#queue = []
    const touched = new Map<RoomWatch, Set<string>>()
    for (const message of queue) this.#apply(message, touched)
    for (const [watch, keys] of touched) {
      watch.becomeReady()
      watch.tell(keys)
    }
  }

  #apply(message: Message, touched: Map<RoomWatch, Set<string>>): void {
    const room = message.type === 'snapshot' ? message.snapshot.room : message.delta.room
    const watch = this.#watches.get(room)
    if (!watch) return
    const keys =
      message.type === 'snapshot' ? watch.room.applySnapshot(message.snapshot) : watch.room.applyDelta(message.delta)
    if (keys === 'misfit') {
      // While an answer is on its way nothing else fits either: one request is enough.
      if (!watch.joining) {
        watch.room.epoch = null
        this.#join(room, watch)
      }
      return
    }
    watch.joining = false
    const all = touched.get(watch)
    if (!all) touched.set(watch, keys)
    else for (const key of keys) all.add(key)
  }

  #join(room: string, watch: RoomWatch): void {
    if (!this.#connected) return
    watch.joining = true
    const { epoch, seq } = watch.room
    this.#transport.join(
      room,
      epoch === null ? null : { epoch, seq },
      (error) => {
        watch.joining = false
        if (error !== null) watch.fail(error)
      },
      () => {
        if (this.#watches.get(room) === watch && watch.joining) this.#join(room, watch)
      },
    )
  }

  #linger(room: string, watch: RoomWatch): void {
    watch.leaveTimer = setTimeout(() => this.#leave(room, watch), lingerMilliseconds)
    // A Map keeps its order: moved to the end, the rooms that have waited longest come first.
    this.#watches.delete(room)
    this.#watches.set(room, watch)
    for (const [name, each] of this.#watches) {
      if (each.holders === 0 && !each.leaveTimer && !each.listened) this.#watches.delete(name)
    }
    const lingering = [...this.#watches].filter(([, each]) => each.leaveTimer !== null)
    for (const [name, each] of lingering.slice(0, -lingeringRooms)) this.#leave(name, each)
  }

  #leave(room: string, watch: RoomWatch): void {
    if (watch.leaveTimer) clearTimeout(watch.leaveTimer)
    watch.leaveTimer = null
    if (watch.holders > 0) return
    if (this.#connected) this.#transport.leave(room)
    // Whoever still listens is told, and hears again when the room is joined anew.
    if (watch.listened) watch.reset()
    else this.#watches.delete(room)
  }

  #enqueue(message: Message): void {
    this.#queue.push(message)
    if (this.#flushTimer) return
    this.#flushTimer = setTimeout(() => this.flush(), hiddenFlushMilliseconds)
    requestAnimationFrame(() => this.flush())
  }
}
