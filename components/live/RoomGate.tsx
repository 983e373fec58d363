'use client'

import type { ReactNode } from 'react'
import { EmptyState } from '../ui/EmptyState.tsx'
import type { RoomPhase } from './room-watch.ts'

/** Draws `children` once the room has arrived, the skeleton before, and the server's refusal in words. */
export function RoomGate({
  phase,
  skeleton,
  children,
}: {
  readonly phase: RoomPhase
  readonly skeleton: ReactNode
  readonly children: ReactNode
}) {
  if (phase.phase === 'error') {
    return (
      <div className="panel" role="alert">
        <EmptyState page title="The server doesn’t give out this view">
          {phase.error}
        </EmptyState>
      </div>
    )
  }
  return phase.phase === 'loading' ? skeleton : children
}
