import { useCallback, useEffect, useSyncExternalStore } from 'react'
import { liveConnection } from './live-connection.ts'
import type { RoomPhase } from './room-watch.ts'

const notYet: RoomPhase = { phase: 'loading', error: '' }

/** Joins a room for as long as the component is there; several components share one membership. */
export function useRoom(room: string): RoomPhase {
  useEffect(() => liveConnection().store.hold(room), [room])
  return useRoomPhase(room)
}

/** Joins all of these rooms. */
export function useRooms(rooms: readonly string[]): void {
  const names = rooms.join('\n')
  useEffect(() => {
    if (names === '') return
    const releases = names.split('\n').map((room) => liveConnection().store.hold(room))
    return () => {
      for (const release of releases) release()
    }
  }, [names])
}

/** How a room is doing, without joining it. */
export function useRoomPhase(room: string): RoomPhase {
  const subscribe = useCallback((listener: () => void) => liveConnection().store.watch(room).onPhase(listener), [room])
  return useSyncExternalStore(
    subscribe,
    () => liveConnection().store.watch(room).phase,
    () => notYet,
  )
}
