import type { Metadata } from 'next'
import { Suspense } from 'react'
import { PodsView } from '../../components/pods/PodsView.tsx'
import { PageSkeleton } from '../../components/ui/PageSkeleton.tsx'

export const metadata: Metadata = { title: 'Pods · Plumbline' }

export default function PodsPage() {
  return (
    <Suspense fallback={<PageSkeleton title="Pods" />}>
      <PodsView />
    </Suspense>
  )
}
