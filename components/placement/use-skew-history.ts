import { useEffect, useState } from 'react'
import { readSkewHistory, type SkewHistoryRecord } from './skew-history.ts'

export type SkewHistoryState =
  | { readonly state: 'loading' }
  | { readonly state: 'none'; readonly message: string }
  | { readonly state: 'ready'; readonly history: SkewHistoryRecord }

const refreshMilliseconds = 20_000

/** How the skews of a workload's constraints were in the last `span` ms; asked again from time to time while it is looked at. */
export function useSkewHistory(namespace: string, kind: string, name: string, span: number): SkewHistoryState {
  const [known, setKnown] = useState<{ readonly key: string; readonly state: SkewHistoryState } | null>(null)
  const key = `${namespace}/${kind}/${name} ${span}`
  useEffect(() => {
    const abort = new AbortController()
    const load = () => {
      if (document.visibilityState !== 'visible') return
      fetchSkewHistory({ namespace, kind, name }, span, abort.signal).then(
        // A refresh that fails doesn't take away what is already shown.
        (state) =>
          setKnown((last) =>
            state.state === 'none' && last?.key === key && last.state.state === 'ready' ? last : { key, state },
          ),
        () => {},
      )
    }
    load()
    const timer = setInterval(load, refreshMilliseconds)
    return () => {
      abort.abort()
      clearInterval(timer)
    }
  }, [namespace, kind, name, span, key])
  return known?.key === key ? known.state : loading
}

const loading: SkewHistoryState = { state: 'loading' }

async function fetchSkewHistory(
  which: Readonly<Record<string, string>>,
  span: number,
  signal: AbortSignal,
): Promise<SkewHistoryState> {
  try {
    // The range ends at the server's present, which its own clock knows best.
    const present = await fetch(`/api/v1/history/skew?${new URLSearchParams(which)}`, { signal })
    if (!present.ok) return { state: 'none', message: 'No history: it is switched off or can’t be read now.' }
    const day = readSkewHistory(await present.json())
    if (span === dayMilliseconds) return { state: 'ready', history: day }
    const range = new URLSearchParams({ ...which, from: String(day.to - span), to: String(day.to) })
    const response = await fetch(`/api/v1/history/skew?${range}`, { signal })
    if (!response.ok) return { state: 'none', message: 'No history: it is switched off or can’t be read now.' }
    return { state: 'ready', history: readSkewHistory(await response.json()) }
  } catch (fault) {
    if (signal.aborted) throw fault
    return { state: 'none', message: 'No history: the server didn’t answer.' }
  }
}

export const dayMilliseconds = 86_400_000
