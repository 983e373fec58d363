import type { Metadata } from 'next'
import { Suspense } from 'react'
import { PlacementView } from '../../components/placement/PlacementView.tsx'
import { PageSkeleton } from '../../components/ui/PageSkeleton.tsx'

export const metadata: Metadata = { title: 'Placement · Plumbline' }

export default function PlacementPage() {
  return (
    <Suspense fallback={<PageSkeleton title="Placement" />}>
      <PlacementView />
    </Suspense>
  )
}
