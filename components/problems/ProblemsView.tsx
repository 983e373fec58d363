'use client'

import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { ProblemGroup } from '../../domain/health/problem.ts'
import { compareProblemGroups } from '../../domain/health/problem-order.ts'
import { PlumbMark } from '../kube/PlumbMark.tsx'
import { ProblemItem } from '../kube/ProblemItem.tsx'
import { RoomGate } from '../live/RoomGate.tsx'
import { useRecords } from '../live/use-record.ts'
import { useRoom } from '../live/use-room.ts'
import { useUrlState } from '../live/use-url-state.ts'
import { countText } from '../ui/count-text.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { SkeletonRows } from '../ui/Skeleton.tsx'
import { ProblemFilters } from './ProblemFilters.tsx'
import { matchesProblem, problemFilterFromUrl } from './problem-filter.ts'

const room = 'problems'

/** The worst 2,000 groups of problems, filtered here. */
export function ProblemsView() {
  const phase = useRoom(room)
  const records = useRecords<ProblemGroup>(room, 'group/')
  const { parameters, change } = useUrlState()
  const query = parameters.toString()
  const filter = useMemo(() => problemFilterFromUrl(new URLSearchParams(query)), [query])
  const groups = useMemo(() => records.map(([, group]) => group).sort(compareProblemGroups), [records])
  const matching = useMemo(() => groups.filter((group) => matchesProblem(group, filter)), [groups, filter])
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <h1 className="font-semibold text-2xl tracking-tight">Problems</h1>
        <p role="status" className="text-ink-2">
          {phase.phase === 'ready' &&
            (matching.length === groups.length
              ? countText(groups.length, 'problem')
              : `${matching.length} of ${countText(groups.length, 'problem')}`)}
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
        {matching.length > 0 ? (
          <ProblemList groups={matching} />
        ) : (
          <div className="panel">
            {groups.length === 0 ? (
              <EmptyState title="Nothing is out of true" picture={<PlumbMark severity="ok" className="h-24" />}>
                Problems appear here by themselves, the worst first.
              </EmptyState>
            ) : (
              <EmptyState title="No problem fits these filters">
                <button
                  type="button"
                  className="field mt-2 px-3 font-medium"
                  onClick={() => change({ text: '', kind: '', severity: '', namespace: '' })}
                >
                  Clear the filters
                </button>
              </EmptyState>
            )}
          </div>
        )}
      </RoomGate>
    </div>
  )
}

function ProblemList({ groups }: { readonly groups: readonly ProblemGroup[] }) {
  const list = useRef<HTMLUListElement>(null)
  const [top, setTop] = useState(0)
  useEffect(() => {
    const element = list.current
    if (!element) return
    const observer = new ResizeObserver(() => setTop(element.getBoundingClientRect().top + window.scrollY))
    observer.observe(document.body)
    return () => observer.disconnect()
  }, [])
  const virtualizer = useWindowVirtualizer({
    count: groups.length,
    estimateSize: () => 84,
    getItemKey: (index) => groups[index]?.id ?? index,
    overscan: 8,
    scrollMargin: top,
  })
  return (
    <ul ref={list} className="panel relative" style={{ height: virtualizer.getTotalSize() + 2 }}>
      {virtualizer.getVirtualItems().map((item) => {
        const group = groups[item.index]
        if (!group) return null
        return (
          <li
            key={item.key}
            ref={virtualizer.measureElement}
            data-index={item.index}
            aria-posinset={item.index + 1}
            aria-setsize={groups.length}
            className="absolute inset-x-0 top-0 border-line border-b last:border-b-0"
            style={{ transform: `translateY(${item.start - top}px)` }}
          >
            <ProblemItem group={group} />
          </li>
        )
      })}
    </ul>
  )
}
