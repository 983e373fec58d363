'use client'

import { useSearchParams } from 'next/navigation'
import { useCallback } from 'react'

/** The page's query as the place of its state: what is on the screen can be sent as a link. */
export function useUrlState(): {
  readonly parameters: URLSearchParams
  /** Sets or, with an empty string, removes parameters; replaces the history entry. */
  readonly change: (changes: Readonly<Record<string, string>>) => void
} {
  const parameters = useSearchParams()
  const change = useCallback((changes: Readonly<Record<string, string>>) => {
    const next = new URLSearchParams(window.location.search)
    for (const [key, value] of Object.entries(changes)) {
      if (value === '') next.delete(key)
      else next.set(key, value)
    }
    const query = next.toString()
    window.history.replaceState(null, '', query === '' ? window.location.pathname : `?${query}`)
  }, [])
  return { parameters, change }
}
