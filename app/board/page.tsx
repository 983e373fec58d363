import type { Metadata } from 'next'
import { Suspense } from 'react'
import { BoardView } from '../../components/board/BoardView.tsx'
import { PageSkeleton } from '../../components/ui/PageSkeleton.tsx'

export const metadata: Metadata = { title: 'Board · Plumbline' }

export default function BoardPage() {
  return (
    <Suspense fallback={<PageSkeleton title="Board" />}>
      <BoardView />
    </Suspense>
  )
}
