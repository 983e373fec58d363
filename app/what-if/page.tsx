import type { Metadata } from 'next'
import { Suspense } from 'react'
import { PageSkeleton } from '../../components/ui/PageSkeleton.tsx'
import { WhatIfView } from '../../components/what-if/WhatIfView.tsx'

export const metadata: Metadata = { title: 'What if · Plumbline' }

export default function WhatIfPage() {
  return (
    <Suspense fallback={<PageSkeleton title="What if" />}>
      <WhatIfView />
    </Suspense>
  )
}
