import type { Metadata } from 'next'
import { Suspense } from 'react'
import { StatusView } from '../../components/status/StatusView.tsx'
import { PageSkeleton } from '../../components/ui/PageSkeleton.tsx'

export const metadata: Metadata = { title: 'Status · Plumbline' }

export default function StatusPage() {
  return (
    <Suspense fallback={<PageSkeleton title="Status" />}>
      <StatusView />
    </Suspense>
  )
}
