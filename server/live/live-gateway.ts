import { randomUUID } from 'node:crypto'
import type { Server as HttpServer, IncomingMessage } from 'node:http'
import { Server, type Socket } from 'socket.io'
import { z } from 'zod'
import type { AnalysisChanges } from '../../domain/analysis/cluster-analysis.ts'
import type { ClientToServer, ServerStatus, ServerToClient } from '../../domain/live/protocol.ts'
import { Room } from './room.ts'
import type { RoomCatalogue } from './room-catalogue.ts'

const fromSchema = z.object({ epoch: z.string().max(64), seq: z.number().int().min(0) }).nullable()

/** A browser looks at one page; the pods table at a few of its own. */
const roomsPerClient = 16
/** A room that nobody looks at is kept this long, ms, for clients that reconnect. */
const emptyRoomKept = 60_000
/** More bytes than this on the way to one client: it is slow, and is left out until they are gone. */
const slowAt = 256 * 1024
/** A client that takes nothing for this long, ms, is let go; it will come back when it can. */
const stalledAfter = 30_000
const statusEvery = 2_000

type LiveSocket = Socket<ClientToServer, ServerToClient>

interface Member {
  readonly socket: LiveSocket
  /** Where the client stands, by room. */
  readonly rooms: Map<string, number>
  slowSince: number | null
}

export interface LiveGatewayOptions {
  readonly http: HttpServer
  readonly catalogue: RoomCatalogue
  /** Whether a handshake may pass: origin, host and token. Null: yes; else why not. */
  readonly refuse: (request: IncomingMessage) => string | null
  readonly status: () => ServerStatus
  /** Publishes what is pending, so that a room begins at the present and not between two of its changes. */
  readonly flush: () => void
  /** Monotonic ms. */
  readonly now: () => number
}

/** Browsers: who looks at what, and what each still has to be told. */
export class LiveGateway {
  readonly epoch = randomUUID()
  readonly #options: LiveGatewayOptions
  readonly #io: Server<ClientToServer, ServerToClient>
  readonly #rooms = new Map<string, Room>()
  readonly #emptySince = new Map<string, number>()
  readonly #members = new Map<string, Member>()
  readonly #timers: NodeJS.Timeout[]
  #seq = 0
  /** Deltas and snapshots sent, and turns in which a slow client was left out. */
  readonly counters = { snapshots: 0, deltas: 0, skipped: 0, dropped: 0 }

  constructor(options: LiveGatewayOptions) {
    this.#options = options
    this.#io = new Server(options.http, {
      path: '/socket.io',
      serveClient: false,
      // One transport: long polling would need its own back-pressure, and no browser of today needs it.
      transports: ['websocket'],
      pingInterval: 5_000,
      pingTimeout: 5_000,
      maxHttpBufferSize: 16 * 1024,
      destroyUpgrade: false,
      allowRequest: (request, answer) => {
        const refusal = options.refuse(request)
        answer(refusal, refusal === null)
      },
    })
    this.#io.on('connection', (socket) => this.#connected(socket))
    this.#timers = [setInterval(() => this.publishStatus(), statusEvery), setInterval(() => this.#tidy(), 10_000)]
  }

  get clients(): number {
    return this.#members.size
  }

  get rooms(): number {
    return this.#rooms.size
  }

  /** Brings all rooms up to date and tells those who look at them. Call it at most ten times a second. */
  publish(changes: AnalysisChanges): void {
    this.#seq += 1
    for (const room of this.#rooms.values()) room.update(changes, this.#seq)
    this.#deliver()
  }

  publishStatus(): void {
    if (this.#members.size === 0) return
    const status = this.#options.status()
    // A status is only worth its moment: for a client that can't take it now the next one is better.
    this.#io.volatile.emit('status', status)
    this.#deliver()
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer)
    await this.#io.close()
  }

  #connected(socket: LiveSocket): void {
    const member: Member = { socket, rooms: new Map(), slowSince: null }
    this.#members.set(socket.id, member)
    // The handshake's request would stay in memory for as long as the client does.
    delete (socket.conn as { request?: unknown }).request
    socket.emit('status', this.#options.status())
    socket.on('join', (name, from, answer) => {
      const error = this.#join(member, name, from)
      if (typeof answer === 'function') answer(error)
    })
    socket.on('leave', (name) => {
      if (typeof name === 'string') this.#leave(member, name)
    })
    socket.on('disconnect', () => {
      for (const name of [...member.rooms.keys()]) this.#leave(member, name)
      this.#members.delete(socket.id)
    })
  }

  #join(member: Member, asked: unknown, from: unknown): string | null {
    const found = this.#options.catalogue.find(asked)
    if ('error' in found) return found.error
    // The client is answered under the name that it used.
    const name = asked as string
    if (name !== found.name) return `room: write it as "${found.name}"`
    if (!member.rooms.has(name) && member.rooms.size >= roomsPerClient)
      return `room: at most ${roomsPerClient} at a time`
    const position = fromSchema.safeParse(from)
    if (!position.success) return 'from: must be null or { epoch, seq }'
    let room = this.#rooms.get(name)
    if (!room) {
      this.#options.flush()
      room = new Room(name, found.open(), this.#seq)
      this.#rooms.set(name, room)
    }
    this.#emptySince.delete(name)
    const resume = position.data
    const known = resume !== null && resume.epoch === this.epoch && resume.seq <= this.#seq
    const difference = known ? room.since(resume.seq) : null
    if (difference && resume) {
      member.socket.emit('delta', { room: name, epoch: this.epoch, since: resume.seq, seq: this.#seq, ...difference })
      this.counters.deltas += 1
    } else {
      this.#sendSnapshot(member, room)
    }
    member.rooms.set(name, this.#seq)
    return null
  }

  #sendSnapshot(member: Member, room: Room): void {
    member.socket.emit('snapshot', { room: room.name, epoch: this.epoch, seq: this.#seq, records: room.snapshot() })
    member.rooms.set(room.name, this.#seq)
    this.counters.snapshots += 1
  }

  #leave(member: Member, name: string): void {
    if (!member.rooms.delete(name)) return
    for (const other of this.#members.values()) if (other.rooms.has(name)) return
    this.#emptySince.set(name, this.#options.now())
  }

  /** Sends every client that can take it what it lacks. Clients that stand at the same point share one encoding. */
  #deliver(): void {
    const due = new Map<Room, Map<number, string[]>>()
    for (const member of this.#members.values()) {
      if (this.#isSlow(member)) continue
      for (const [name, at] of member.rooms) {
        const room = this.#rooms.get(name)
        if (!room || room.changedAt <= at) continue
        const bySeq = due.get(room) ?? new Map<number, string[]>()
        due.set(room, bySeq)
        const ids = bySeq.get(at)
        if (ids) ids.push(member.socket.id)
        else bySeq.set(at, [member.socket.id])
        member.rooms.set(name, this.#seq)
      }
    }
    for (const [room, bySeq] of due) {
      for (const [since, ids] of bySeq) {
        const difference = room.since(since)
        if (difference) {
          this.#io.to(ids).emit('delta', { room: room.name, epoch: this.epoch, since, seq: this.#seq, ...difference })
          this.counters.deltas += ids.length
        } else {
          for (const id of ids) {
            const member = this.#members.get(id)
            if (member) this.#sendSnapshot(member, room)
          }
        }
      }
    }
  }

  #isSlow(member: Member): boolean {
    const { conn } = member.socket
    const buffered =
      (conn.transport as { socket?: { bufferedAmount?: number } } | undefined)?.socket?.bufferedAmount ?? 0
    const waiting = (conn as unknown as { writeBuffer?: unknown[] }).writeBuffer?.length ?? 0
    if (buffered <= slowAt && waiting <= 32) {
      member.slowSince = null
      return false
    }
    const now = this.#options.now()
    member.slowSince ??= now
    this.counters.skipped += 1
    if (now - member.slowSince > stalledAfter) {
      this.counters.dropped += 1
      member.socket.disconnect(true)
    }
    return true
  }

  #tidy(): void {
    const now = this.#options.now()
    for (const [name, since] of this.#emptySince) {
      if (now - since < emptyRoomKept) continue
      this.#emptySince.delete(name)
      this.#rooms.delete(name)
    }
  }
}
