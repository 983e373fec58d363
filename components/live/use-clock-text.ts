import { useSyncExternalStore } from 'react'
import { liveConnection } from './live-connection.ts'

function subscribe(listener: () => void): () => void {
  return liveConnection().clock.subscribe(listener)
}

/** Text made from the server's time. The component draws again only when the text changes, not every second. */
export function useClockText(textAt: (now: number) => string): string {
  return useSyncExternalStore(
    subscribe,
    () => {
      const { now } = liveConnection().clock
      return now === 0 ? '' : textAt(now)
    },
    () => '',
  )
}

/** The server's time, ms, once a second; 0 before the first word from it. Only for what must move every second. */
export function useServerNow(): number {
  return useSyncExternalStore(
    subscribe,
    () => liveConnection().clock.now,
    () => 0,
  )
}
