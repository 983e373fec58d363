'use client'

import { useUrlState } from '../live/use-url-state.ts'
import { AffinityView } from './AffinityView.tsx'
import { PendingView } from './PendingView.tsx'
import { PlacementTabs } from './PlacementTabs.tsx'
import { RisksView } from './RisksView.tsx'
import { SpreadView } from './SpreadView.tsx'

const views = { spread: SpreadView, pending: PendingView, affinity: AffinityView, risks: RisksView } as const

/** Where replicas lie: constraints, pods that find no place, affinity, and what one zone's loss would take. */
export function PlacementView() {
  const { parameters } = useUrlState()
  const asked = parameters.get('tab') ?? ''
  const tab = Object.hasOwn(views, asked) ? (asked as keyof typeof views) : 'spread'
  const View = views[tab]
  return (
    <div className="flex flex-col gap-3">
      <h1 className="font-semibold text-2xl tracking-tight">Placement</h1>
      <PlacementTabs here={tab} />
      <View />
    </div>
  )
}
