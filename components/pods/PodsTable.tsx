'use client'

import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState } from 'react'
import type { PodsPage } from '../../domain/live/protocol.ts'
import { useRecord } from '../live/use-record.ts'
import { useRooms } from '../live/use-room.ts'
import { useMedia } from '../ui/use-media.ts'
import { usePointerOver } from '../ui/use-pointer-over.ts'
import { columns } from './columns.ts'
import { PodsHead } from './PodsHead.tsx'
import { PodsPageRows } from './PodsPageRows.tsx'
import { type PodsFilter, podsPageRoom, rowsPerRoom } from './pods-url.ts'

const rowHeight = 40
const cardHeight = 108
const settleMilliseconds = 120
/** Rows drawn before the first page has said how many there are. */
const unknownRows = 20

/** The rows that are seen, out of as many as match. Rooms are joined for the pages in sight, once scrolling rests. */
export function PodsTable({
  filter,
  pending,
  change,
}: {
  readonly filter: PodsFilter
  readonly pending: boolean
  readonly change: (changes: Readonly<Record<string, string>>) => void
}) {
  const cards = useMedia('(max-width: 639px)')
  const wall = useMedia('(min-width: 1800px) and (min-height: 900px)')
  const body = useRef<HTMLUListElement & HTMLTableSectionElement>(null)
  const [top, setTop] = useState(0)
  const [pages, setPages] = useState<readonly number[]>([0])
  const first = useRecord<PodsPage>(podsPageRoom(filter, pages[0] ?? 0), 'page')
  const [matched, setMatched] = useState(unknownRows)
  if (first && first.matched !== matched) setMatched(first.matched)
  const height = Math.round((cards ? cardHeight : rowHeight) * (wall ? 1.125 : 1))

  const virtualizer = useWindowVirtualizer({
    count: matched,
    estimateSize: () => height,
    overscan: 12,
    scrollMargin: top,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured again whenever the row height changes
  useEffect(() => virtualizer.measure(), [height])
  useEffect(() => {
    const element = body.current
    if (!element) return
    const observer = new ResizeObserver(() => setTop(element.getBoundingClientRect().top + window.scrollY))
    observer.observe(document.body)
    return () => observer.disconnect()
  }, [])

  const items = virtualizer.getVirtualItems()
  const inSight = [...new Set(items.map((item) => Math.floor(item.index / rowsPerRoom)))]
  const wanted = inSight.length === 0 ? '0' : inSight.join(',')
  useEffect(() => {
    const timer = setTimeout(() => setPages(wanted.split(',').map(Number)), settleMilliseconds)
    return () => clearTimeout(timer)
  }, [wanted])
  useRooms(pages.map((page) => podsPageRoom(filter, page)))

  const steady = usePointerOver(body)
  const shape = { height, cards, top, steady }
  const rows = inSight.map((page) => (
    <PodsPageRows
      key={page}
      room={podsPageRoom(filter, page)}
      offset={page * rowsPerRoom}
      items={items.filter((item) => Math.floor(item.index / rowsPerRoom) === page)}
      shape={shape}
      matched={matched}
    />
  ))
  const busy = pending || !first
  const dimmed = `transition-opacity ${pending ? 'opacity-60' : ''}`
  const size = { height: virtualizer.getTotalSize() }
  if (cards) {
    return (
      <ul ref={body} aria-label="Pods" aria-busy={busy} className={`relative ${dimmed}`} style={size}>
        {rows}
      </ul>
    )
  }
  return (
    <table
      aria-label="Pods"
      aria-busy={busy}
      aria-rowcount={first ? matched + 1 : -1}
      aria-colcount={columns.length}
      className={`panel block ${dimmed}`}
    >
      <PodsHead filter={filter} change={change} />
      <tbody ref={body} className="relative block" style={size}>
        {rows}
      </tbody>
    </table>
  )
}
