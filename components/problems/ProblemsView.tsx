'use client'

import { useMemo } from 'react'
import type { ProblemGroup } from '../../domain/health/problem.ts'
import { compareProblemGroups } from '../../domain/health/problem-order.ts'
import { PlumbMark } from '../kube/PlumbMark.tsx'
import { RoomGate } from '../live/RoomGate.tsx'
import { useRecords } from '../live/use-record.ts'
import { useRoom } from '../live/use-room.ts'
import { useUrlState } from '../live/use-url-state.ts'
import { ProblemRow } from '../story/ProblemRow.tsx'
import { useOpenId } from '../story/use-open-id.ts'
import { countText, numberText } from '../ui/count-text.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { SkeletonRows } from '../ui/Skeleton.tsx'
import { WindowList } from '../ui/WindowList.tsx'
import { ProblemFilters } from './ProblemFilters.tsx'
import { matchesProblem, noProblemFilter, problemFilterFromUrl } from './problem-filter.ts'

const room = 'problems'
/** As many as the room holds (domain/live/problems-source.ts). */
const most = 2_000

/** The worst 2,000 groups of problems, filtered here. One of them can be unfolded; the address keeps it. */
export function ProblemsView() {
  const phase = useRoom(room)
  const records = useRecords<ProblemGroup>(room, 'group/')
  const { parameters, change } = useUrlState()
  const query = parameters.toString()
  const filter = useMemo(() => problemFilterFromUrl(new URLSearchParams(query)), [query])
  const { open, toggle } = useOpenId('id')
  const groups = useMemo(() => records.map(([, group]) => group).sort(compareProblemGroups), [records])
  const matching = useMemo(
    () => groups.filter((group) => group.id === open || matchesProblem(group, filter)),
    [groups, filter, open],
  )
  const isGone = open !== '' && phase.phase === 'ready' && !groups.some((group) => group.id === open)
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <h1 className="font-semibold text-2xl tracking-tight">Problems</h1>
        <p role="status" className="text-ink-2">
          {phase.phase === 'ready' &&
            (matching.length === groups.length
              ? countText(groups.length, 'problem')
              : `${numberText(matching.length)} of ${countText(groups.length, 'problem')}`)}
        </p>
      </div>
      <ProblemFilters filter={filter} groups={groups} change={change} />
      <RoomGate
        phase={phase}
        skeleton={
          <div className="panel p-4">
            <SkeletonRows rows={10} label="Problems are on their way" />
          </div>
        }
      >
        {isGone && <GoneProblem forget={() => toggle(open)} />}
        {matching.length > 0 ? (
          <WindowList
            items={matching}
            rowHeight={84}
            open={open}
            draw={(group) => <ProblemRow group={group} room={room} open={group.id === open} onOpen={toggle} />}
          />
        ) : (
          <div className="panel">
            {groups.length === 0 ? (
              <EmptyState title="No problems" picture={<PlumbMark severity="ok" className="h-24" />}>
                What goes wrong appears here by itself, the worst first.
              </EmptyState>
            ) : (
              <EmptyState title="No problem fits these filters">
                <button type="button" className="field mt-2 px-3 font-medium" onClick={() => change(noProblemFilter)}>
                  Clear the filters
                </button>
              </EmptyState>
            )}
          </div>
        )}
        {groups.length >= most && (
          <p className="text-ink-3 text-sm">
            These are the worst {numberText(most)}; <code className="font-mono">GET /api/v1/problems</code> gives all.
          </p>
        )}
      </RoomGate>
    </div>
  )
}

/** The link led to a problem that isn't there: good news, and said so. */
function GoneProblem({ forget }: { readonly forget: () => void }) {
  return (
    <div
      data-severity="ok"
      className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg border border-s-line bg-s-soft px-4 py-2.5"
    >
      <p className="flex-1">
        <strong className="font-semibold text-s">The problem of this link is over</strong>, or it has become another
        one: what it was about may be in the list below.
      </p>
      <button type="button" className="link" onClick={forget}>
        Hide this
      </button>
    </div>
  )
}
