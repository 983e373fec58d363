import type { Metadata } from 'next'
import { Suspense } from 'react'
import { ProblemsView } from '../../components/problems/ProblemsView.tsx'
import { PageSkeleton } from '../../components/ui/PageSkeleton.tsx'

export const metadata: Metadata = { title: 'Problems · Plumbline' }

export default function ProblemsPage() {
  return (
    <Suspense fallback={<PageSkeleton title="Problems" />}>
      <ProblemsView />
    </Suspense>
  )
}
