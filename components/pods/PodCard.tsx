'use client'

import Link from 'next/link'
import { memo } from 'react'
import type { PodsRow } from '../../domain/live/protocol.ts'
import { podAddress } from '../kube/addresses.ts'
import { RestartsText } from '../kube/RestartsText.tsx'
import { SeverityGlyph } from '../kube/SeverityGlyph.tsx'
import { Words } from '../kube/Words.tsx'
import { Age } from '../live/Age.tsx'
import { useRecord } from '../live/use-record.ts'
import type { RowProps } from './PodLine.tsx'

/** One pod as a card, for phones. Of fixed height like a row, so that long lists stay cheap. */
export const PodCard = memo(function PodCard({ room, uid, index, top, height, matched }: RowProps) {
  const row = useRecord<PodsRow>(room, `row/${uid}`)
  return (
    <li
      aria-posinset={index + 1}
      aria-setsize={matched}
      data-severity={row?.severity ?? 'none'}
      className="absolute inset-x-0 top-0 pb-2"
      style={{ height, transform: `translateY(${top}px)` }}
    >
      <div className="panel relative flex h-full flex-col justify-center gap-1 border-l-4 border-l-s-fill px-3">
        {row ? <CardContent row={row} /> : <span className="skeleton h-4 w-2/3" />}
      </div>
    </li>
  )
})

function CardContent({ row }: { readonly row: PodsRow }) {
  return (
    <>
      <Link
        href={podAddress(row.namespace, row.name)}
        prefetch={false}
        className="block font-semibold after:absolute after:inset-0"
      >
        <Words text={row.name} clip />
      </Link>
      <p className="flex min-w-0 items-center gap-1.5 text-sm">
        <SeverityGlyph severity={row.severity} label={false} size="0.9375rem" />
        <Words text={row.status} clip className="font-semibold text-s" />
        <span className="ml-auto shrink-0 text-ink-2">
          {row.ready} ready, <Age at={row.createdAt} />
        </span>
      </p>
      <p className="flex min-w-0 gap-2 text-ink-3 text-xs">
        <Words text={row.namespace} clip className="max-w-[45%] shrink-0" />
        <Words text={row.node ?? 'no node'} clip />
        <span className="ml-auto shrink-0 whitespace-nowrap">
          <RestartsText restarts={row.restarts} lastRestartAt={row.lastRestartAt} /> restarts
        </span>
      </p>
    </>
  )
}
