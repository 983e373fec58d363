import { useCallback, useSyncExternalStore } from 'react'
import { liveConnection } from './live-connection.ts'

const noRecords: readonly never[] = []

/** One record of a joined room. The component draws again when this record is replaced, and only then. */
export function useRecord<T>(room: string, key: string): T | undefined {
  const subscribe = useCallback(
    (listener: () => void) => liveConnection().store.watch(room).onKey(key, listener),
    [room, key],
  )
  return useSyncExternalStore(
    subscribe,
    () => liveConnection().store.watch(room).room.records.get(key) as T | undefined,
    () => undefined,
  )
}

/** All records whose keys start with `prefix`, as entries; a new array when any of them changes. */
export function useRecords<T>(room: string, prefix: string): readonly (readonly [key: string, record: T])[] {
  const subscribe = useCallback(
    (listener: () => void) => liveConnection().store.watch(room).onPrefix(prefix, listener),
    [room, prefix],
  )
  return useSyncExternalStore(
    subscribe,
    () => liveConnection().store.watch(room).list(prefix) as readonly (readonly [string, T])[],
    () => noRecords,
  )
}
