import { io, type Socket } from 'socket.io-client'
import type { ClientToServer, ServerToClient } from '../../domain/live/protocol.ts'
import { LiveStore, type LiveTransport } from './live-store.ts'
import { ServerClock } from './server-clock.ts'
import { ServerHearing } from './server-hearing.ts'

const joinAnswerMilliseconds = 8_000
/** The server let this browser go, perhaps because it was slow: it waits a moment. */
const comeBackMilliseconds = 1_000

/** The browser's end of the river: one socket, one store, one clock a page. */
export interface LiveConnection {
  readonly store: LiveStore
  readonly clock: ServerClock
  readonly hearing: ServerHearing
}

let connection: LiveConnection | null = null

/** Connects at the first call. On the server, where pages are only drawn, nothing is ever connected. */
export function liveConnection(): LiveConnection {
  connection ??= typeof window === 'undefined' ? deafConnection() : openConnection()
  return connection
}

function openConnection(): LiveConnection {
  const socket: Socket<ServerToClient, ClientToServer> = io({
    path: '/socket.io',
    transports: ['websocket'],
    reconnectionDelay: 500,
    reconnectionDelayMax: 4_000,
    // A server that takes no notice is tried again sooner than the library would.
    timeout: 5_000,
  })
  const transport: LiveTransport = {
    join: (room, from, answer, lost) => {
      socket.timeout(joinAnswerMilliseconds).emit('join', room, from, (fault: Error | null, error: string | null) => {
        if (fault === null) answer(error)
        else if (socket.connected) lost()
      })
    },
    leave: (room) => socket.emit('leave', room),
  }
  const store = new LiveStore(transport)
  const clock = new ServerClock()
  const hearing = new ServerHearing(clock, Date.now())
  socket.on('connect', () => store.connected())
  socket.on('disconnect', (reason) => {
    store.disconnected()
    hearing.lose(Date.now())
    // The one parting after which socket.io doesn't come back by itself.
    if (reason === 'io server disconnect') setTimeout(() => socket.connect(), comeBackMilliseconds)
  })
  socket.on('status', (status) => hearing.hear(status, Date.now()))
  socket.on('snapshot', (snapshot) => store.receiveSnapshot(snapshot))
  socket.on('delta', (delta) => store.receiveDelta(delta))
  // A laptop that wakes up shouldn't wait for the next turn of the back-off.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && !socket.connected) socket.connect()
  })
  return { store, clock, hearing }
}

function deafConnection(): LiveConnection {
  const store = new LiveStore({ join: () => {}, leave: () => {} })
  const clock = new ServerClock()
  return { store, clock, hearing: new ServerHearing(clock, 0) }
}
