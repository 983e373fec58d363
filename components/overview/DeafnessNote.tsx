'use client'

import { EarOff } from 'lucide-react'
import Link from 'next/link'
import { useFreshness, useStatus } from '../live/use-status.ts'

/** What this page can't know: kinds that aren't heard yet, or that RBAC or a fault keeps away. */
export function DeafnessNote() {
  const status = useStatus()
  const freshness = useFreshness()
  if (!status || freshness.state === 'stale') return null
  const forbidden = status.kinds.filter((kind) => kind.state === 'forbidden').map((kind) => kind.kind)
  const waiting = status.kinds.filter((kind) => kind.state === 'waiting' || kind.state === 'listing')
  if (status.state === 'connecting') {
    return (
      <Note severity="progress">
        Still reading the cluster: {status.kinds.length - waiting.length} of {status.kinds.length} kinds of object are
        in. What you see is not complete yet.
      </Note>
    )
  }
  if (forbidden.length === 0) return null
  return (
    <Note severity="warning">
      Plumbline may not read {listWords(forbidden)}: what depends on them isn’t judged.{' '}
      <Link href="/status" className="link font-semibold">
        The rule to add
      </Link>
    </Note>
  )
}

function Note({
  severity,
  children,
}: {
  readonly severity: 'progress' | 'warning'
  readonly children: React.ReactNode
}) {
  return (
    <p
      data-severity={severity}
      className="flex items-center gap-2.5 rounded-lg border border-s-line bg-s-soft px-4 py-2"
    >
      <EarOff size={17} aria-hidden="true" className="shrink-0 text-s" />
      <span>{children}</span>
    </p>
  )
}

function listWords(words: readonly string[]): string {
  return new Intl.ListFormat('en-GB').format(words)
}
