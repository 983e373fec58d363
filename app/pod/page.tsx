import type { Metadata } from 'next'
import { Suspense } from 'react'
import { PodView } from '../../components/pod/PodView.tsx'
import { PageSkeleton } from '../../components/ui/PageSkeleton.tsx'

export const metadata: Metadata = { title: 'Pod · Plumbline' }

export default function PodPage() {
  return (
    <Suspense fallback={<PageSkeleton title="Pod" />}>
      <PodView />
    </Suspense>
  )
}
