import { useSyncExternalStore } from 'react'
import type { ServerStatus } from '../../domain/live/protocol.ts'
import type { Freshness } from './freshness.ts'
import { liveConnection } from './live-connection.ts'

const beforeAll: Freshness = { state: 'connecting', reason: 'server' }

function subscribe(listener: () => void): () => void {
  return liveConnection().hearing.subscribe(listener)
}

/** What the server last said of itself and the cluster; null before the first word. */
export function useStatus(): ServerStatus | null {
  return useSyncExternalStore(
    subscribe,
    () => liveConnection().hearing.status,
    () => null,
  )
}

/**
 * One thing drawn from the status. Give a selector that returns a primitive or a part of the
 * status itself: the component draws again only when that changes.
 */
export function useStatusPart<T extends string | number | boolean | null | undefined>(
  select: (status: ServerStatus) => T,
): T | undefined {
  return useSyncExternalStore(
    subscribe,
    () => {
      const { status } = liveConnection().hearing
      return status ? select(status) : undefined
    },
    () => undefined,
  )
}

export function useFreshness(): Freshness {
  return useSyncExternalStore(
    subscribe,
    () => liveConnection().hearing.freshness,
    () => beforeAll,
  )
}

/** True once the server runs another build than the one this page came from. */
export function useOutdated(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => liveConnection().hearing.outdated,
    () => false,
  )
}
