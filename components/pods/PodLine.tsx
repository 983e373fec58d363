'use client'

import Link from 'next/link'
import { memo } from 'react'
import type { PodsRow } from '../../domain/live/protocol.ts'
import { podAddress, workloadAddress } from '../kube/addresses.ts'
import { RestartsText } from '../kube/RestartsText.tsx'
import { SeverityGlyph } from '../kube/SeverityGlyph.tsx'
import { Words } from '../kube/Words.tsx'
import { Age } from '../live/Age.tsx'
import { useRecord } from '../live/use-record.ts'
import { rowGrid } from './columns.ts'

export interface RowProps {
  readonly room: string
  /** Null while the row's page is on its way. */
  readonly uid: string | null
  readonly index: number
  readonly top: number
  readonly height: number
  readonly matched: number
}

/** One pod as a table row, with the words of `kubectl get pods -o wide`. */
export const PodLine = memo(function PodLine({ room, uid, index, top, height }: RowProps) {
  const row = useRecord<PodsRow>(room, `row/${uid}`)
  const style = { height, transform: `translateY(${top}px)` }
  if (!row) return <UnknownLine index={index} style={style} />
  return (
    <tr
      aria-rowindex={index + 2}
      data-severity={row.severity}
      className={`${rowGrid} absolute inset-x-0 top-0 border-line border-b text-sm hover:bg-sunken/70`}
      style={style}
    >
      <td aria-colindex={1} className="flex min-w-0 items-center gap-2">
        <SeverityGlyph severity={row.severity} size="0.9375rem" />
        <Words text={row.status} clip className={row.severity === 'ok' ? 'text-ink-2' : 'font-semibold text-s'} />
      </td>
      <td aria-colindex={2} className="min-w-0">
        <Link
          href={podAddress(row.namespace, row.name)}
          prefetch={false}
          className="block font-medium text-ink after:absolute after:inset-0 hover:text-accent"
        >
          <Words text={row.name} clip />
        </Link>
      </td>
      <td aria-colindex={3} className="min-w-0 text-ink-2">
        <Words text={row.namespace} clip />
      </td>
      <td aria-colindex={4} className="text-ink-2">
        {row.ready}
      </td>
      <td aria-colindex={5} className="whitespace-nowrap text-ink-2">
        <RestartsText restarts={row.restarts} lastRestartAt={row.lastRestartAt} />
      </td>
      <td aria-colindex={6} className="min-w-0 text-ink-2 max-lg:hidden">
        {row.node === null ? <None /> : <Words text={row.node} clip />}
      </td>
      <td aria-colindex={7} className="min-w-0 text-ink-2 max-lg:hidden">
        {row.zone === null ? <None /> : <Words text={row.zone} clip />}
      </td>
      <td aria-colindex={8} className="min-w-0 text-ink-2 max-xl:hidden">
        {row.workload === null ? (
          <None />
        ) : (
          <Link
            href={workloadAddress(row.namespace, row.workload)}
            prefetch={false}
            className="relative z-10 block hover:text-accent"
          >
            <Words text={`${row.workload.kind} ${row.workload.name}`} clip />
          </Link>
        )}
      </td>
      <td aria-colindex={9} className="text-ink-2">
        <Age at={row.createdAt} />
      </td>
    </tr>
  )
})

function None() {
  return <span className="text-ink-3">–</span>
}

function UnknownLine({ index, style }: { readonly index: number; readonly style: React.CSSProperties }) {
  return (
    <tr aria-rowindex={index + 2} className={`${rowGrid} absolute inset-x-0 top-0 border-line border-b`} style={style}>
      <td className="col-span-full flex gap-6">
        <span className="sr-only">on its way</span>
        <span aria-hidden="true" className="skeleton h-3.5 w-28" />
        <span aria-hidden="true" className="skeleton h-3.5 w-1/3" />
        <span aria-hidden="true" className="skeleton h-3.5 w-20" />
      </td>
    </tr>
  )
}
