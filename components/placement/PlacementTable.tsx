'use client'

import type { PlacementGroup } from '../../domain/live/protocol.ts'
import { WindowList } from '../ui/WindowList.tsx'
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
  return (
    <WindowList
      items={groups}
      rowHeight={92}
      open={open}
      draw={(group) => <PlacementItem group={group} open={group.id === open} onOpen={onOpen} />}
    />
  )
}
