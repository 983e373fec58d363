'use client'

import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState } from 'react'
import type { PlacementGroup } from '../../domain/live/protocol.ts'
import { PlacementItem } from './PlacementItem.tsx'

/** Spread groups, drawn only where they are seen. One of them can be unfolded to its domains. */
export function PlacementTable({
  groups,
  open,
  onOpen,
}: {
  readonly groups: readonly PlacementGroup[]
  readonly open: string
  readonly onOpen: (group: string) => void
}) {
  const list = useRef<HTMLUListElement>(null)
  const [top, setTop] = useState(0)
  useEffect(() => {
    const element = list.current
    if (!element) return
    const observer = new ResizeObserver(() => setTop(element.getBoundingClientRect().top + window.scrollY))
    observer.observe(document.body)
    return () => observer.disconnect()
  }, [])
  const virtualizer = useWindowVirtualizer({
    count: groups.length,
    estimateSize: () => 92,
    getItemKey: (index) => groups[index]?.id ?? index,
    overscan: 6,
    scrollMargin: top,
  })
  useShowOpen(virtualizer, groups, open, top > 0)
  return (
    <ul ref={list} className="panel relative" style={{ height: virtualizer.getTotalSize() + 2 }}>
      {virtualizer.getVirtualItems().map((item) => {
        const group = groups[item.index]
        if (!group) return null
        return (
          <li
            key={item.key}
            ref={virtualizer.measureElement}
            data-index={item.index}
            aria-posinset={item.index + 1}
            aria-setsize={groups.length}
            className="absolute inset-x-0 top-0 border-line border-b last:border-b-0"
            style={{ transform: `translateY(${item.start - top}px)` }}
          >
            <PlacementItem group={group} open={group.id === open} onOpen={onOpen} />
          </li>
        )
      })}
    </ul>
  )
}

/** A link to a group brings it into sight, once: not again at every change of the list. */
function useShowOpen(
  virtualizer: { scrollToIndex(index: number, options: { align: 'center' }): void },
  groups: readonly PlacementGroup[],
  open: string,
  measured: boolean,
): void {
  const shown = useRef('')
  useEffect(() => {
    if (!measured || open === '' || shown.current === open) return
    const index = groups.findIndex((group) => group.id === open)
    if (index === -1) return
    // What was opened by hand is in sight already; only a far one, come to by a link, needs the way.
    if (shown.current === '' && index > 5) virtualizer.scrollToIndex(index, { align: 'center' })
    shown.current = open
  }, [virtualizer, groups, open, measured])
}
