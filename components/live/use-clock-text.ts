import { useSyncExternalStore } from 'react'
import { liveConnection } from './live-connection.ts'

function subscribe(listener: () => void): () => void {
  return liveConnection().clock.subscribe(listener)
}

function ignore(): () => void {
  return () => {}
}

/**
 * Text made from the server's time. The component draws again only when the text changes, not every
 * second. Where `ticking` is false it doesn't listen: nobody sees it.
 */
export function useClockText(textAt: (now: number) => string, ticking = true): string {
  return useSyncExternalStore(
    ticking ? subscribe : ignore,
    () => {
      const { now } = liveConnection().clock
      return now === 0 ? '' : textAt(now)
    },
    () => '',
  )
}

/**
 * The server's time, ms, cut to whole steps; 0 before the first word from it. What is drawn to a
 * scale of minutes needn't be laid out again every second.
 */
export function useServerNow(stepMilliseconds = 1_000): number {
  return useSyncExternalStore(
    subscribe,
    () => Math.floor(liveConnection().clock.now / stepMilliseconds) * stepMilliseconds,
    () => 0,
  )
}
