import type { Metadata } from 'next'
import { Suspense } from 'react'
import { PageSkeleton } from '../../components/ui/PageSkeleton.tsx'
import { WorkloadView } from '../../components/workload/WorkloadView.tsx'

export const metadata: Metadata = { title: 'Workload · Plumbline' }

export default function WorkloadPage() {
  return (
    <Suspense fallback={<PageSkeleton title="Workload" />}>
      <WorkloadView />
    </Suspense>
  )
}
