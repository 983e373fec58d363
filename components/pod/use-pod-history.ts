'use client'

import { useEffect, useRef, useState } from 'react'
import { type PodHistoryRecord, readPodHistory } from './pod-history.ts'

export type PodHistoryState =
  | { readonly state: 'loading' }
  | { readonly state: 'none'; readonly message: string }
  | { readonly state: 'ready'; readonly history: PodHistoryRecord }

const refreshMilliseconds = 30_000

/** What happens must be written before it can be read. */
const writeMilliseconds = 2_000

/**
 * The pod's past from the server's database; asked again from time to time while the page is looked
 * at, and when `sign` changes: something has happened.
 */
export function usePodHistory(uid: string, sign: number): PodHistoryState {
  const [known, setKnown] = useState<{ readonly uid: string; readonly state: PodHistoryState }>({
    uid,
    state: { state: 'loading' },
  })
  const first = useRef(true)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the sign is there to ask again
  useEffect(() => {
    const abort = new AbortController()
    const load = async () => {
      const next = await fetchHistory(uid, abort.signal)
      // A refresh that fails doesn't take away what is already shown.
      setKnown((last) =>
        next.state === 'none' && last.uid === uid && last.state.state === 'ready' ? last : { uid, state: next },
      )
    }
    const loadQuietly = () => {
      if (document.visibilityState === 'visible') load().catch(() => {})
    }
    const soon = setTimeout(loadQuietly, first.current ? 0 : writeMilliseconds)
    first.current = false
    const timer = setInterval(loadQuietly, refreshMilliseconds)
    return () => {
      abort.abort()
      clearTimeout(soon)
      clearInterval(timer)
    }
  }, [uid, sign])
  return known.uid === uid ? known.state : loading
}

const loading: PodHistoryState = { state: 'loading' }

async function fetchHistory(uid: string, signal: AbortSignal): Promise<PodHistoryState> {
  try {
    const response = await fetch(`/api/v1/history/pods/${encodeURIComponent(uid)}`, { signal })
    if (response.status === 404) return { state: 'none', message: 'The history has nothing of this pod.' }
    if (!response.ok) return { state: 'none', message: 'No history: it is switched off or can’t be read now.' }
    return { state: 'ready', history: readPodHistory(await response.json()) }
  } catch (fault) {
    if (signal.aborted) throw fault
    return { state: 'none', message: 'No history: the server didn’t answer.' }
  }
}
