'use client'

import type { VirtualItem } from '@tanstack/react-virtual'
import { useState } from 'react'
import type { PodsPage } from '../../domain/live/protocol.ts'
import { useRecord } from '../live/use-record.ts'
import { PodCard } from './PodCard.tsx'
import { PodLine } from './PodLine.tsx'

export interface RowShape {
  readonly height: number
  readonly cards: boolean
  /** Where the table begins in the document, px. */
  readonly top: number
  /** The reader is aiming at a row: the order waits. */
  readonly steady: boolean
}

/** The rows in sight that belong to one room. The order comes from its page, each row draws itself. */
export function PodsPageRows({
  room,
  offset,
  items,
  shape,
  matched,
}: {
  readonly room: string
  readonly offset: number
  readonly items: readonly VirtualItem[]
  readonly shape: RowShape
  readonly matched: number
}) {
  const latest = useRecord<PodsPage>(room, 'page')
  const [page, setPage] = useState(latest)
  if (page !== latest && (!shape.steady || !page)) setPage(latest)
  const Row = shape.cards ? PodCard : PodLine
  return items.map((item) => {
    const uid = page?.order[item.index - offset]
    return (
      <Row
        key={uid ?? `row-${item.index}`}
        room={room}
        uid={uid ?? null}
        index={item.index}
        top={item.start - shape.top}
        height={shape.height}
        matched={matched}
      />
    )
  })
}
