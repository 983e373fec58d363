'use client'

import { useMemo } from 'react'
import { compareProblemGroups } from '../../domain/health/problem-order.ts'
import type { OverviewProblem, OverviewSkew, OverviewSummary } from '../../domain/live/protocol.ts'
import { RoomGate } from '../live/RoomGate.tsx'
import { useRecord, useRecords } from '../live/use-record.ts'
import { useRoom } from '../live/use-room.ts'
import { DeafnessNote } from './DeafnessNote.tsx'
import { OutageStrip } from './OutageStrip.tsx'
import { OverviewSkeleton } from './OverviewSkeleton.tsx'
import { ProblemsPanel } from './ProblemsPanel.tsx'
import { InitStuckPanel, RestartLoopsPanel } from './ShortLists.tsx'
import { SkewPanel } from './SkewPanel.tsx'
import { useDocumentTitle } from './use-document-title.ts'
import { VerdictBanner } from './VerdictBanner.tsx'
import { ZoneBoard } from './ZoneBoard.tsx'

const room = 'overview'

/** The first page: is anything wrong, what, since when, and where in the zones it lies. */
export function OverviewView() {
  const phase = useRoom(room)
  const summary = useRecord<OverviewSummary>(room, 'summary')
  return (
    <RoomGate
      phase={phase.phase === 'ready' && !summary ? { phase: 'loading', error: '' } : phase}
      skeleton={<OverviewSkeleton />}
    >
      {summary && <Overview summary={summary} />}
    </RoomGate>
  )
}

function Overview({ summary }: { readonly summary: OverviewSummary }) {
  const records = useRecords<OverviewProblem>(room, 'group/')
  const skews = useRecords<OverviewSkew>(room, 'skew/')
  const groups = useMemo(() => records.map(([, group]) => group).sort(compareProblemGroups), [records])
  useDocumentTitle(summary)
  return (
    <div className="flex flex-col gap-4">
      <DeafnessNote />
      {/* Outages have a strip of their own: the banner then names what may be behind them. */}
      <VerdictBanner summary={summary} worst={groups.find(({ kind }) => kind !== 'service-down') ?? groups[0]} />
      <OutageStrip groups={groups} />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,5fr)_minmax(0,8fr)] lg:grid-rows-[auto_1fr] wall:grid-cols-[minmax(0,7fr)_minmax(0,12fr)_minmax(0,6fr)]">
        <ProblemsPanel groups={groups} summary={summary} room={room} />
        <ZoneBoard room={room} skews={skews} podCells={summary.podCells} />
        <div className="grid items-start gap-4 md:grid-cols-2 lg:col-start-2 wall:col-start-3 wall:row-start-1 wall:grid-cols-1">
          <RestartLoopsPanel groups={groups} total={summary.restartLoops} />
          <div className="flex min-w-0 flex-col gap-4">
            <InitStuckPanel groups={groups} total={summary.initStuck} />
            <SkewPanel skews={skews} summary={summary} />
          </div>
        </div>
      </div>
    </div>
  )
}
