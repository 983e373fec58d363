'use client'

import { useEffect, useState } from 'react'
import { type PodHistoryRecord, readPodHistory } from './pod-history.ts'

export type PodHistoryState =
  | { readonly state: 'loading' }
  | { readonly state: 'none'; readonly message: string }
  | { readonly state: 'ready'; readonly history: PodHistoryRecord }

const refreshMilliseconds = 30_000

/** The pod's past from the server's database; asked again from time to time while the page is looked at. */
export function usePodHistory(uid: string): PodHistoryState {
  const [state, setState] = useState<PodHistoryState>({ state: 'loading' })
  useEffect(() => {
    const abort = new AbortController()
    setState({ state: 'loading' })
    const load = async () => {
      const next = await fetchHistory(uid, abort.signal)
      // A refresh that fails doesn't take away what is already shown.
      setState((last) => (next.state === 'none' && last.state === 'ready' ? last : next))
    }
    const loadQuietly = () => {
      if (document.visibilityState === 'visible') load().catch(() => {})
    }
    loadQuietly()
    const timer = setInterval(loadQuietly, refreshMilliseconds)
    return () => {
      abort.abort()
      clearInterval(timer)
    }
  }, [uid])
  return state
}

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
