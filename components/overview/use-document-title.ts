import { useEffect } from 'react'
import type { OverviewSummary } from '../../domain/live/protocol.ts'
import { verdictOf } from './verdict-words.ts'

/** The verdict in the tab's title, so that a tab in the background tells it too. */
export function useDocumentTitle(summary: OverviewSummary): void {
  const { headline } = verdictOf(summary, false)
  useEffect(() => {
    const before = document.title
    document.title = `${headline} · Plumbline`
    return () => {
      document.title = before
    }
  }, [headline])
}
