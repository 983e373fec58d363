import type { Metadata } from 'next'
import { Suspense } from 'react'
import { OverviewSkeleton } from '../components/overview/OverviewSkeleton.tsx'
import { OverviewView } from '../components/overview/OverviewView.tsx'

export const metadata: Metadata = { title: 'Overview · Plumbline' }

export default function OverviewPage() {
  return (
    <Suspense fallback={<OverviewSkeleton />}>
      <OverviewView />
    </Suspense>
  )
}
