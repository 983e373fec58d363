'use client'

import { EarOff } from 'lucide-react'
import Link from 'next/link'
import type { ClusterObjectKind } from '../../domain/model/cluster-object.ts'
import { useStatusPart } from './use-status.ts'

/** Says that a kind of object isn't heard, and what therefore can't be told here; nothing while it is. */
export function KindNote({ kind, without }: { readonly kind: ClusterObjectKind; readonly without: string }) {
  const state = useStatusPart((status) => status.kinds.find((each) => each.kind === kind)?.state)
  if (state === undefined || state === 'live' || state === 'absent') return null
  const forbidden = state === 'forbidden'
  return (
    <p data-severity={forbidden ? 'warning' : 'progress'} className="flex gap-2 text-ink-2 text-sm">
      <EarOff size={15} aria-hidden="true" className="mt-0.5 shrink-0 text-s" />
      <span>
        {forbidden ? `Plumbline may not read objects of kind ${kind}` : `Objects of kind ${kind} aren’t heard now`}:{' '}
        {without}{' '}
        {forbidden && (
          <Link href="/status" className="link">
            The rule to add
          </Link>
        )}
      </span>
    </p>
  )
}
