'use client'

import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useRef, useState } from 'react'

/** A long list in the page's own scroll, drawn only where it is seen. Rows may be of any height and change it. */
export function WindowList<T extends { readonly id: string }>({
  items,
  rowHeight,
  open,
  draw,
}: {
  readonly items: readonly T[]
  /** About so high is a row, px. */
  readonly rowHeight: number
  /** The item that is unfolded; a link to it brings it into sight. */
  readonly open: string
  readonly draw: (item: T) => ReactNode
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
    count: items.length,
    estimateSize: () => rowHeight,
    getItemKey: (index) => items[index]?.id ?? index,
    overscan: 8,
    scrollMargin: top,
  })
  useShowOpen(virtualizer, items, open, top > 0)
  return (
    <ul ref={list} className="panel relative" style={{ height: virtualizer.getTotalSize() + 2 }}>
      {virtualizer.getVirtualItems().map((row) => {
        const item = items[row.index]
        if (!item) return null
        return (
          <li
            key={row.key}
            ref={virtualizer.measureElement}
            data-index={row.index}
            aria-posinset={row.index + 1}
            aria-setsize={items.length}
            className="absolute inset-x-0 top-0 border-line border-b last:border-b-0"
            style={{ transform: `translateY(${row.start - top}px)` }}
          >
            {draw(item)}
          </li>
        )
      })}
    </ul>
  )
}

/** A link to an item brings it into sight, once: not again at every change of the list. */
function useShowOpen(
  virtualizer: { scrollToIndex(index: number, options: { align: 'center' | 'start' }): void },
  items: readonly { readonly id: string }[],
  open: string,
  measured: boolean,
): void {
  const shown = useRef('')
  useEffect(() => {
    if (!measured || open === '' || shown.current === open) return
    const index = items.findIndex((item) => item.id === open)
    if (index === -1) return
    // What was opened by hand is in sight already; only a far one, come to by a link, needs the way.
    if (shown.current === '' && index > 4) virtualizer.scrollToIndex(index, { align: 'center' })
    shown.current = open
  }, [virtualizer, items, open, measured])
}
